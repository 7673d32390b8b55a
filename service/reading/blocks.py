"""A page's tree → its lines of text, in reading order: what each is, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from service.domain import Kind
from service.reading.language import tag_in
from service.reading.lines import BREAK, Fragment, lines_of
from service.reading.numbering import ItemMark, marks_of
from service.reading.places import Place, place_of
from service.reading.tables import is_data, rows
from service.reading.text import resolved
from service.reading.tree import HEADINGS, INLINE, UNREAD, XML_LANG, collapsed, tag_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_KINDS = dict.fromkeys(HEADINGS, Kind.HEADING) | {
    "dt": Kind.LIST_ITEM,
    "dd": Kind.LIST_ITEM,
    "blockquote": Kind.QUOTE,
}
_LABELS = frozenset("a address b label small span strong time".split())
_FEW = 3  # elements in a label
_UNMARKED = ItemMark()
_PAGE = frozenset(["html", "body"])  # what their template says of the language is no news


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a page.

    `place` says why it may not be part of the article, `box` is the element that says so;
    `element` is the one it stands in, `cells` what a table's row is made of; `linked` and `bold`
    are shares of its letters, `number` is a list item's.
    """

    kind: Kind
    text: str
    element: Element
    language: str | None = None
    place: Place | None = None
    box: Element | None = None
    linked: float = 0.0
    bold: float = 0.0
    number: int | None = None
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Around:
    """What holds for everything inside an element."""

    element: Element
    kind: Kind = Kind.TEXT
    language: str | None = None
    place: Place | None = None
    box: Element | None = None
    item: Element | None = None
    is_link: bool = False
    is_bold: bool = False
    is_sectioned: bool = False


def blocks(root: Element) -> Iterator[Block]:
    """Every line of text below `root`, each once."""
    stack = [_Around(root)]
    fragments: list[Fragment] = []
    marks: dict[Element | None, ItemMark] = {**marks_of(root)}
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = tag_of(element)
        is_start = event == "start"
        if is_start:
            stack.append(_within(stack[-1], element, tag))
        if tag not in INLINE and tag not in UNREAD:
            yield from _finished(fragments, stack[-2 if is_start else -1], marks)
        if not is_start:
            stack.pop()
            fragments.append(_fragment(_between(element, tag) + collapsed(element.tail), stack[-1]))
        elif tag in UNREAD:
            walk.skip_subtree()
        elif tag == "table" and is_data(element):
            yield from _table(element, stack[-1])
            walk.skip_subtree()
        else:
            fragments.append(
                _fragment(BREAK if tag == "br" else collapsed(element.text), stack[-1])
            )


def _fragment(text: str, around: _Around) -> Fragment:
    return Fragment(resolved(text), around.language, is_link=around.is_link, is_bold=around.is_bold)


def _finished(
    fragments: list[Fragment], around: _Around, marks: dict[Element | None, ItemMark]
) -> Iterator[Block]:
    """The blocks that are whole now; their fragments are taken, and the mark of their item."""
    taken, fragments[:] = list(fragments), []
    for line in lines_of(taken, is_whole=around.kind is Kind.HEADING):
        is_item = around.kind is Kind.LIST_ITEM and around.item is not None
        mark = marks.pop(around.item, _UNMARKED) if is_item else _UNMARKED
        yield Block(
            kind=Kind.LIST_ITEM if line.is_listed else around.kind,
            text=mark.letter + line.text,
            number=mark.number,
            element=around.element,
            language=line.language,
            place=around.place,
            box=around.box,
            linked=line.linked,
            bold=line.bold,
        )


def _within(around: _Around, element: Element, tag: str) -> _Around:
    is_inline = tag in INLINE
    language = None if tag in _PAGE else tag_in(element.get("lang") or element.get(XML_LANG))
    place, box = (around.place, around.box) if is_inline else _place(element, tag, around)
    return _Around(
        element=around.element if is_inline else element,
        kind=_kind(tag, around) or around.kind,
        language=language or around.language,
        place=place,
        box=box,
        item=element if tag == "li" else around.item,
        is_link=around.is_link or (tag == "a" and "href" in element.attrib),
        is_sectioned=_is_sectioned(element, tag, around),
        is_bold=around.is_bold or tag in {"b", "strong"},
    )


def _kind(tag: str, around: _Around) -> Kind | None:
    """The kind that an element gives its text; a list of whole sections is none."""
    if tag == "li":
        return Kind.TEXT if around.is_sectioned else Kind.LIST_ITEM
    return _KINDS.get(tag)


def _is_sectioned(element: Element, tag: str, around: _Around) -> bool:
    """Whether it is, or is in, a list of whole sections with headings."""
    if tag not in {"ol", "ul"}:
        return around.is_sectioned and tag not in HEADINGS
    return any(tag_of(inner) in HEADINGS for inner in element.iterdescendants())


def _between(element: Element, tag: str) -> str:
    """The gap between two links, or two labels, that stand side by side."""
    following = element.getnext()
    if tag not in _LABELS or element.tail or tag_of(following) not in _LABELS:
        return ""
    if tag == "a" and tag_of(following) == "a":
        return " "
    last, first = _text_of_few(element)[-1:], _text_of_few(following)[:1]
    is_anew = first.isupper() or first.isdecimal()
    return " " if is_anew and (last.islower() or last.isdecimal() or last in {".", ")"}) else ""


def _text_of_few(element: Element | None) -> str:
    """The text of a label; "" for what holds more than that."""
    is_label = element is not None and len(element) <= _FEW
    return "".join(element.itertext()) if is_label and element is not None else ""


def _place(element: Element, tag: str, around: _Around) -> tuple[Place | None, Element | None]:
    """The element's own place, else the one around it, and which element it is.

    The running text's wrapper has none.
    """
    if tag == "main" or element.get("role") == "main" or element.get("itemprop") == "articleBody":
        return None, None
    own = place_of(element, tag)
    is_freer = own and around.place and _certainty(around.place) > _certainty(own)
    return (around.place, around.box) if is_freer or not own else (own, element)


def _certainty(place: Place) -> int:
    return 2 if place.is_certain else 1 if place.most else 0


def _table(table: Element, around: _Around) -> Iterator[Block]:
    for row in rows(table):
        yield Block(
            kind=Kind.TEXT if row.is_caption else Kind.LIST_ITEM,
            text=row.text,
            element=table,
            language=around.language,
            place=around.place or row.place,
            box=around.box,
            cells=row.cells,
        )
