"""A Word document (WordprocessingML, ECMA-376 part 1) → article."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from service.codes import Reason
from service.domain import Article, LeftOut
from service.errors import UnreadableSource
from service.reading.archive import Archive
from service.reading.docx_numbering import Numbering, read_numbering
from service.reading.docx_styles import Styles, attribute, is_on, read_styles
from service.reading.office import article_of_page, line_block
from service.reading.tree import tag_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAIN_PART = "word/document.xml"
_NUMBERING = "word/numbering.xml"
_NOTES = {"footnotereference": "word/footnotes.xml", "endnotereference": "word/endnotes.xml"}
_SIGNS = {"tab": " ", "ptab": " ", "nobreakhyphen": "-", "softhyphen": "\xad"}
_SKIPPED = frozenset(
    "ppr rpr tblpr trpr tcpr tblgrid sectpr sdtpr instrtext deltext fallback footnoteref endnoteref"
    " annotationref bookmarkstart bookmarkend commentrangestart commentrangeend prooferr docpr"
    " cnvpr posoffset".split()
)
_UNREAD = {"del": Reason.STRUCK, "movefrom": None}
_RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_FIGURE = re.compile(r"\d")


@dataclass(slots=True)
class _PageBuilder:
    """A page of HTML's elements as it is put together from Word's."""

    styles: Styles
    numbering: Numbering
    body: Element
    notes: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    open_paragraph: Element | None = None
    lists: list[tuple[str, int, Element]] = field(default_factory=list)

    def add(self, source: Element, target: Element) -> None:
        """Puts the content of an element into HTML's."""
        for child in source:
            tag = tag_of(child)
            if tag in _UNREAD or (tag == "sdt" and _is_contents(child)):
                self._leave(child, _UNREAD.get(tag, Reason.TABLE_OF_CONTENTS))
            elif tag in {"omath", "omathpara"}:
                _append(target, _formula(child))
            elif tag in _HANDLED:
                _HANDLED[tag](self, child, target)
            elif tag not in _SKIPPED:
                self.add(child, target)

    def _leave(self, source: Element, why: Reason | None) -> None:
        text = "".join(part.text or "" for part in source.iter("{*}t", "{*}delText")).strip()
        if why and text:
            self.left_out.append(LeftOut(text, why))

    def _paragraph(self, source: Element, target: Element) -> None:
        made = self.open_paragraph
        self.open_paragraph = None
        if made is None:
            made = self._opened(source, target)
        self.add(source, made)
        mark = source.find("{*}pPr/{*}rPr/{*}del")
        if mark is not None:
            self.open_paragraph = made  # its end is deleted: the next one goes on with it

    def _opened(self, source: Element, target: Element) -> Element:
        look = self.styles.paragraph(source)
        if look.list_id and look.tag == "p":
            return self._item(look.list_id, look.level, target)
        self.lists.clear()
        if look.is_line and text_of(source).strip():
            return etree.SubElement(line_block(target), "p")
        outer = etree.SubElement(target, look.outer) if look.outer else target
        return etree.SubElement(outer, look.tag)

    def _item(self, list_id: str, level: int, target: Element) -> Element:
        """A new item in its list, which may stand in an item of another."""
        while self.lists and self.lists[-1][1] > level:
            self.lists.pop()
        if not self.lists or self.lists[-1][1] < level or self.lists[-1][0] != list_id:
            around = self.lists[-1][2][-1] if self.lists and self.lists[-1][1] < level else target
            tag = "ol" if self.numbering.is_numbered(list_id, level) else "ul"
            made = etree.SubElement(around, tag, self.numbering.kind(list_id, level))
            self.lists.append((list_id, level, made))
        number = {"value": str(self.numbering.next(list_id, level))}
        return etree.SubElement(self.lists[-1][2], "li", number)

    def _table(self, source: Element, target: Element) -> None:
        self.lists.clear()
        table = etree.SubElement(target, "table")
        rows = list(source.iterchildren("{*}tr"))
        heads = [is_on(row.find("{*}trPr"), "tblHeader") for row in rows]
        if rows and not any(heads):
            heads[0] = _is_headed(rows)
        for row, is_head in zip(rows, heads, strict=True):
            made = etree.SubElement(table, "tr")
            for cell in row.iterdescendants("{*}tc"):
                if next(cell.iterancestors("{*}tr"), None) is row:
                    span = attribute(cell.find("{*}tcPr/{*}gridSpan"), "val")
                    how = {"colspan": span} if span.isdigit() else {}
                    self.add(cell, etree.SubElement(made, "th" if is_head else "td", how))
        self.lists.clear()

    def _run(self, source: Element, target: Element) -> None:
        how = source.find("{*}rPr")
        style = self.styles.run(how)
        if is_on(how, "vanish") or style.is_hidden:
            self._leave(source, Reason.HIDDEN)
        elif is_on(how, "strike") or is_on(how, "dstrike"):
            self._leave(source, Reason.STRUCK)
        else:
            height = attribute(None if how is None else how.find("{*}vertAlign"), "val")
            is_bold = is_on(how, "b") or style.is_bold
            self._letters(source, etree.SubElement(target, "b") if is_bold else target, height)

    def _letters(self, source: Element, target: Element, height: str) -> None:
        for child in source:
            tag = tag_of(child)
            if tag == "t":
                _append(target, _at_height(child.text or "", height))
            elif tag in {"br", "cr"}:
                if attribute(child, "type") != "page":
                    etree.SubElement(target, "br")
            elif tag in _SIGNS:
                _append(target, _SIGNS[tag])
            elif tag in _NOTES:
                self._note(tag, attribute(child, "id"), target)
            elif tag not in _SKIPPED:
                self._drawing(child, target)

    def _note(self, tag: str, number: str, target: Element) -> None:
        self.notes.append((_NOTES[tag], number))
        mark = etree.SubElement(target, "sup")
        link = etree.SubElement(mark, "a", href=f"#{_note_id(_NOTES[tag], number)}")
        link.text = str(len(self.notes))

    def _drawing(self, source: Element, target: Element) -> None:
        """What a picture shows, and the text in a drawing, which stands beside the text."""
        properties = next(source.iterdescendants("{*}docPr"), None)
        if shown := attribute(properties, "descr"):
            etree.SubElement(target, "img", alt=shown)
        self.add(source, self.body)


_HANDLED = {
    "p": _PageBuilder._paragraph,  # noqa: SLF001
    "tbl": _PageBuilder._table,  # noqa: SLF001
    "r": _PageBuilder._run,  # noqa: SLF001
}


def read_docx(raw: bytes, *, title: str | None = None, language: str | None = None) -> Article:
    """The article in a Word document. Raises UnreadableSource, EmptyArticle."""
    archive = Archive(raw)
    body = archive.xml(MAIN_PART).find("{*}body")
    if body is None:
        raise UnreadableSource("document-damaged")
    numbering = archive.xml(_NUMBERING) if archive.has(_NUMBERING) else None
    page = _PageBuilder(read_styles(archive), read_numbering(numbering), etree.Element("body"))
    page.add(body, page.body)
    _add_notes(archive, page)
    return article_of_page(page.body, title=title, language=language, left_out=page.left_out)


def _add_notes(archive: Archive, page: _PageBuilder) -> None:
    """The notes that the text refers to, behind it."""
    for part in dict.fromkeys(name for name, _ in page.notes):
        root = archive.xml(part) if archive.has(part) else None
        known = {} if root is None else {attribute(note, "id"): note for note in root}
        for number in dict.fromkeys(number for name, number in page.notes if name == part):
            if number in known:
                how = {"role": "doc-footnote", "id": _note_id(part, number)}
                page.add(known[number], etree.SubElement(page.body, "aside", how))


def _note_id(part: str, number: str) -> str:
    kind = "endnote" if "endnote" in part else "footnote"
    return f"{kind}-{number}"


def _is_contents(block: Element) -> bool:
    kind = block.find("{*}sdtPr/{*}docPartObj/{*}docPartGallery")
    return "contents" in attribute(kind, "val").lower()


def _is_headed(rows: list[Element]) -> bool:
    """Whether the first row of a table names its columns: figures stand only below it."""
    cells = [[text_of(cell) for cell in row.iterchildren("{*}tc")] for row in rows]
    head, body = cells[0], cells[1:]
    if len(body) < 2 or len(head) < 2 or not all(head) or any(map(_FIGURE.search, head)):
        return False
    columns = [[row[at] for row in body if at < len(row)] for at in range(len(head))]
    return any(column and all(map(_FIGURE.search, column)) for column in columns)


def _at_height(text: str, height: str) -> str:
    if height == "superscript" and not text.translate(_RAISED).isascii():
        return text.translate(_RAISED)
    return text.translate(_LOWERED) if height == "subscript" else text


def _formula(source: Element) -> str:
    """A formula (Office Math) in a line."""
    tag = tag_of(source)
    parts = {tag_of(child): _formula(child) for child in source} if len(source) else {}
    if tag == "t":
        return source.text or ""
    if tag == "ssup":
        return parts.get("e", "") + _at_height(parts.get("sup", ""), "superscript")
    if tag == "ssub":
        return parts.get("e", "") + _at_height(parts.get("sub", ""), "subscript")
    if tag == "f":
        return f"{parts.get('num', '')}/{parts.get('den', '')}"
    if tag in {"rpr", "ctrlpr"} or tag.endswith("pr"):
        return ""
    return re.sub(r"\s*([=+])\s*", r" \1 ", "".join(_formula(child) for child in source))


def _append(target: Element, text: str) -> None:
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text
