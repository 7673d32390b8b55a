"""An OpenDocument text (ODF 1.3, part 3) → article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from service.codes import Reason
from service.domain import Article, LeftOut
from service.errors import UnreadableSource
from service.reading.archive import Archive
from service.reading.marks import NOTED
from service.reading.odt_lists import Lists, attribute, read_lists
from service.reading.office import article_of_page, is_of_lines, line_block
from service.reading.text import words
from service.reading.tree import tag_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MIMETYPE = "application/vnd.oasis.opendocument.text"
CONTENT = "content.xml"
_TAGS = {
    "list-item": "li",
    "list-header": "li",
    "table": "table",
    "table-row": "tr",
    "table-cell": "td",
    "span": "span",
    "section": "div",
    "text-box": "div",
    "frame": "div",
    "line-break": "br",
    "text": "div",
}
_SKIPPED = {
    "annotation": None,
    "annotation-end": None,
    "tracked-changes": Reason.STRUCK,
    "table-of-content": Reason.TABLE_OF_CONTENTS,
    "alphabetical-index": Reason.INDEX,
    "bibliography": Reason.REFERENCES,
    "sequence-decls": None,
    "variable-decls": None,
    "forms": None,
    "desc": None,
    "title": None,
    "hidden-text": Reason.HIDDEN,
    "hidden-paragraph": Reason.HIDDEN,
}
_STYLES = {  # what a style is called, in English as every file has it
    "title": "h1",
    "heading": "h2",
    "subtitle": "p",
    "quotations": "blockquote",
    "quote": "blockquote",
    "caption": "figcaption",
    "illustration": "figcaption",
    "figure": "figcaption",
}


@dataclass(slots=True)
class _PageBuilder:
    """A page as it is put together."""

    parents: dict[str, str]
    hidden: set[str]
    lists: Lists
    is_head: bool = False
    notes: list[Element] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def add(self, source: Element, target: Element) -> None:
        """Puts the content of an element into HTML's."""
        target.text = (target.text or "") + (source.text or "")
        for child in source:
            made = self._converted(child, target)
            if made is not None and child.tail:
                made.tail = (made.tail or "") + child.tail
            elif child.tail:
                _append(target, child.tail)

    def _converted(self, child: Element, target: Element) -> Element | None:
        tag, style = tag_of(child), attribute(child, "style-name")
        if tag in _SKIPPED or style in self.hidden:
            self._leave(child, _SKIPPED.get(tag, Reason.HIDDEN))
        elif tag == "note":
            self.notes.append(child)
            etree.SubElement(target, "span", {NOTED: _note_id(len(self.notes))})
        elif tag in {"s", "tab"}:
            _append(target, " ")
        elif tag == "table-header-rows":
            self.is_head = True
            self.add(child, target)
            self.is_head = False
        elif tag == "list":
            return self._list(child, target)
        else:
            return self._element(child, target)
        return None

    def _leave(self, child: Element, why: Reason | None) -> None:
        if why and (text := text_of(child)):
            self.left_out.append(LeftOut(text, why))

    def _element(self, child: Element, target: Element) -> Element:
        tag, style = tag_of(child), attribute(child, "style-name")
        if tag == "frame" and (shown := _shown(child)):
            etree.SubElement(target, "img", alt=shown)
        if tag == "p" and self._is_line(style) and text_of(child).strip():
            target = line_block(target)
        is_head = self.is_head and tag == "table-cell"
        how = self.lists.item(child) if tag == "list-item" and self.lists.is_open else {}
        made = etree.SubElement(target, "th" if is_head else self._tag(child, tag, style), how)
        self.add(child, made)
        return made

    def _list(self, child: Element, target: Element) -> Element:
        tag, how = self.lists.begin(child)
        made = etree.SubElement(target, tag, how)
        self.add(child, made)
        self.lists.end()
        return made

    def _tag(self, child: Element, tag: str, style: str) -> str:
        if tag == "h":
            level = attribute(child, "outline-level")
            return f"h{min(6, max(2, int(level) + 1))}" if level.isdigit() else "h2"
        if tag == "p":
            return self._paragraph(style)
        return _TAGS.get(tag, "span")

    def _paragraph(self, style: str) -> str:
        return next((_STYLES[name] for name in self._names(style) if name in _STYLES), "p")

    def _is_line(self, style: str) -> bool:
        return any(map(is_of_lines, self._names(style)))

    def _names(self, style: str) -> Iterator[str]:
        """What a style is called, and those that it stands on."""
        for _ in range(9):
            yield style.replace("_20_", " ").lower()
            style = self.parents.get(style, "")

    def finish(self, body: Element) -> None:
        """Puts the notes behind the text."""
        for number, note in enumerate(self.notes, 1):
            how = {"role": "doc-footnote", "id": _note_id(number)}
            aside = etree.SubElement(body, "aside", how)
            for part in note.iterchildren("{*}note-body"):
                self.add(part, etree.SubElement(aside, "p"))


def read_odt(raw: bytes, *, title: str | None = None, language: str | None = None) -> Article:
    """The article in an OpenDocument text. Raises UnreadableSource, EmptyArticle."""
    archive = Archive(raw)
    if archive.has("META-INF/manifest.xml"):
        manifest = archive.xml("META-INF/manifest.xml")
        if next(manifest.iterdescendants("{*}encryption-data"), None) is not None:
            raise UnreadableSource("document-locked")
    root = archive.xml(CONTENT)
    sources = [root, archive.xml("styles.xml")] if archive.has("styles.xml") else [root]
    styles = [style for source in sources for style in source.iterdescendants("{*}style")]
    page = _PageBuilder(
        parents={
            attribute(style, "name"): attribute(style, "parent-style-name") for style in styles
        },
        hidden={attribute(style, "name") for style in styles if _hides(style)},
        lists=read_lists(sources),
    )
    body = etree.Element("body")
    for text in root.iterfind("{*}body/{*}text"):
        page.add(text, body)
    page.finish(body)
    return article_of_page(body, title=title, language=language, left_out=page.left_out)


def _note_id(number: int) -> str:
    return f"footnote-{number}"


def _shown(frame: Element) -> str:
    """What a picture shows, by its description, else by its title."""
    texts = (frame.findtext(f"{{*}}{name}") for name in ("desc", "title"))
    return next(filter(None, map(words, filter(None, texts))), "")


def _hides(style: Element) -> bool:
    properties = style.iterchildren("{*}text-properties")
    return any(attribute(element, "display") == "none" for element in properties)


def _append(target: Element, text: str) -> None:
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text
