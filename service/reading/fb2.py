"""A FictionBook (FB2 2.1) → article, or its chapters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.codes import Reason
from service.domain import Article, LeftOut
from service.errors import EmptyArticle, UnreadableSource
from service.reading.archive import MOST_PARTS, Archive
from service.reading.beside import Spots, parted
from service.reading.blocks import Block, blocks
from service.reading.chapters import GONE, About, Chapter, articles, joined
from service.reading.charset import decode_page
from service.reading.language import language_of
from service.reading.marks import NOTED, without_marks
from service.reading.origin import moment
from service.reading.text import letters
from service.reading.tree import parse_xml, tag_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OF_NOTES = frozenset({"notes", "comments", "footnotes"})
_HREF = "{http://www.w3.org/1999/xlink}href"
_TAGS = {
    "section": "div",
    "title": "h2",
    "subtitle": "h3",
    "epigraph": "blockquote",
    "cite": "blockquote",
    "text-author": "p",
    "poem": "div",
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
    bodies = list(root.iterchildren("{*}body"))
    aside = [body for body in bodies if body.get("name") in _OF_NOTES]
    notes = {note.get("id"): text_of(note) for body in aside for note in body.iterchildren()}
    parts = [chapter for body in bodies if body not in aside for chapter in _chapters(body, notes)]
    chapters = joined([Chapter(""), *parts])
    chapters[-1].left_out += [LeftOut(note, Reason.FOOTNOTE) for note in notes.values() if note]
    text = " ".join(line.text for chapter in chapters for line in chapter.lines)
    if not letters(text):
        raise EmptyArticle("book-without-text")
    spoken = language_of(text, declared=_field(about, "lang"), asked=language)
    book = title or _field(about, "book-title") or None
    date = moment(_field(about, "date"))
    return articles(chapters, About(book, spoken, _authors(about), date))


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


def _chapters(body: Element, notes: dict[str | None, str]) -> list[Chapter]:
    """A chapter for each section of the body; what stands before the first is one of its own.

    It takes the notes that its marks lead to.
    """
    chapters = [Chapter("")]
    for part in list(body):
        if tag_of(part) == "title":
            chapters[-1].left_out.append(LeftOut(text_of(part), Reason.TITLE_PAGE))
            continue
        if tag_of(part) == "section":
            chapters.append(Chapter(text_of(part.find("{*}title"))))
        _as_html(part)
        marks = without_marks(part)
        lines, left_out = parted(part, list(blocks(part)))
        chapters[-1].go_on([], marks)
        noted = Spots(part, lines, ()).notes()
        left_out += [
            LeftOut(text, Reason.FOOTNOTE, behind=behind)
            for note, behind in noted.items()
            if (text := notes.pop(note, ""))
        ]
        chapters[-1].go_on([_light(line) for line in lines], left_out)
    return chapters


def _light(line: Block) -> Block:
    return Block(line.kind, line.text, GONE, language=line.language, bold=line.bold)


def _as_html(part: Element) -> None:
    """Gives the elements the names that HTML has for them; marks of notes are none."""
    for element in list(part.iter("*")):
        tag = tag_of(element)
        if tag == "a" and element.get("type") == "note":
            element.set(NOTED, element.get(_HREF, "").lstrip("#"))
            element.tag, element.text = "sup", ""
        elif tag == "image":
            element.tag = "img"
        elif tag == "v":
            element.tag = "l"
        elif tag == "stanza":
            element.tag = "lg"
        else:
            element.tag = _TAGS.get(tag, tag)


def _field(about: Element | None, name: str) -> str | None:
    element = None if about is None else about.find(f"{{*}}{name}")
    if element is None:
        return None
    return element.get("value") or text_of(element) or None


def _authors(about: Element | None) -> str | None:
    authors = [] if about is None else about.iterfind("{*}author")
    names = [
        " ".join(
            text_of(part)
            for name in ("first-name", "middle-name", "last-name")
            for part in author.iterchildren(f"{{*}}{name}")
        )
        for author in authors
    ]
    return ", ".join(" ".join(name.split()) for name in names if name.strip()) or None
