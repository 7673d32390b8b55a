"""A FictionBook (FB2 2.1) → article, or its chapters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.codes import Reason
from service.domain import Article, LeftOut
from service.errors import EmptyArticle, UnreadableSource
from service.reading.archive import MOST_PARTS, Archive
from service.reading.blocks import Block, blocks
from service.reading.chapters import GONE, About, Chapter, articles, joined
from service.reading.charset import decode_page
from service.reading.language import language_of
from service.reading.marks import without_marks
from service.reading.origin import moment
from service.reading.text import letters
from service.reading.tree import parse_xml, tag_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TAGS = {
    "section": "div",
    "title": "h2",
    "subtitle": "h3",
    "epigraph": "blockquote",
    "cite": "blockquote",
    "text-author": "p",
    "poem": "div",
    "stanza": "p",
    "emphasis": "em",
    "strikethrough": "del",
    "style": "span",
    "date": "p",
}


def read_fb2(
    raw: bytes, *, title: str | None = None, language: str | None = None
) -> tuple[Article, ...]:
    """The chapters of a FictionBook. Raises UnreadableSource, EmptyArticle."""
    root = _root(raw)
    about = root.find("{*}description/{*}title-info")
    found, notes = [Chapter("")], []
    for body in root.iterchildren("{*}body"):
        if body.get("name") in {"notes", "comments", "footnotes"}:
            notes += [LeftOut(text_of(one), Reason.FOOTNOTE) for one in body.iterchildren()]
        else:
            found += _chapters(body)
    chapters = joined(found)
    chapters[-1].left_out += [note for note in notes if note.text]
    text = " ".join(line.text for chapter in chapters for line in chapter.lines)
    if not letters(text):
        raise EmptyArticle("book-without-text")
    told = language_of(text, told=_told(about, "lang"), asked=language)
    book = title or _told(about, "book-title") or None
    date = moment(_told(about, "date"))
    return articles(chapters, About(book, told, _authors(about), date))


def _root(raw: bytes) -> Element:
    if raw.startswith(b"PK"):
        archive = Archive(raw)
        raw = archive.read(next(name for name in archive.names if name.endswith(".fb2")))
    if raw.count(b"<") > MOST_PARTS:
        raise UnreadableSource("file-too-many-parts", most=MOST_PARTS)
    text = decode_page(raw)
    if "<!ENTITY" in text:
        raise UnreadableSource("file-entities", part="FictionBook")
    root = parse_xml(text)
    if root is None or tag_of(root) != "fictionbook":
        raise UnreadableSource("document-damaged")
    return root


def _chapters(body: Element) -> list[Chapter]:
    """A chapter for each section of the body; what stands before the first is one of its own."""
    found = [Chapter("")]
    for part in list(body):
        if tag_of(part) == "title":
            found[-1].left_out.append(LeftOut(text_of(part), Reason.TITLE_PAGE))
            continue
        if tag_of(part) == "section":
            found.append(Chapter(text_of(part.find("{*}title"))))
        _as_html(part)
        found[-1].left_out += without_marks(part)
        for line in blocks(part):
            if line.place and line.place.is_certain:
                found[-1].left_out.append(line.place.left_out(line.text))
            else:
                found[-1].lines.append(_light(line))
    return found


def _light(line: Block) -> Block:
    return Block(line.kind, line.text, GONE, language=line.language, bold=line.bold)


def _as_html(part: Element) -> None:
    """Gives the elements the names that HTML has for them; marks of notes are none."""
    for element in list(part.iter("*")):
        tag = tag_of(element)
        if tag == "a" and element.get("type") == "note":
            element.tag, element.text = "sup", ""
        elif tag == "v":
            element.tag = "span"
            element.tail = " "
        else:
            element.tag = _TAGS.get(tag, tag)


def _told(about: Element | None, name: str) -> str | None:
    found = None if about is None else about.find(f"{{*}}{name}")
    if found is None:
        return None
    return found.get("value") or text_of(found) or None


def _authors(about: Element | None) -> str | None:
    found = [] if about is None else about.iterfind("{*}author")
    names = [
        " ".join(
            text_of(part)
            for name in ("first-name", "middle-name", "last-name")
            for part in author.iterchildren(f"{{*}}{name}")
        )
        for author in found
    ]
    return ", ".join(" ".join(name.split()) for name in names if name.strip()) or None
