"""Boxes, headings and lists that lead to other articles: links as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from service.codes import Reason
from service.domain import Kind
from service.reading.blocks import Block
from service.reading.places import Place
from service.reading.sizes import Finder, Sizes, around
from service.reading.text import is_prose, letters
from service.reading.tree import tag_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TEASER = Place(Reason.OTHER_ARTICLES, is_certain=True)
_LINK = Place(Reason.NOT_PART, is_certain=True)
_MOST = 500  # letters in a teaser
_SHARE = 0.3  # of an article: what has more of it is the article
_LINKED = 0.9  # share of letters
_LIST = 0.5  # share of letters in links: a list of links
_LABEL = 80  # letters
_TOO_MUCH = frozenset("html body main".split())


def finder(page: Element, lines: Sequence[Block], sizes: Sizes) -> Finder:
    """What says of a line that it leads to another article."""
    boxes = {*_inner_articles(page, sizes), *_headed(lines, sizes)}
    listed = set(map(id, _link_lists(lines)))

    def find(line: Block) -> Place | None:
        is_teaser = id(line) in listed or any(element in boxes for element in around(line))
        is_link = _is_whole_link(line) or _is_labelled_link(line)
        return _TEASER if is_teaser else _LINK if is_link else None

    return find


def _inner_articles(page: Element, sizes: Sizes) -> Iterator[Element]:
    """The articles inside another, unless that is made of them."""
    for outer in page.iter("article"):
        if next(outer.iterancestors("article"), None) is not None:
            continue
        inner = [article for article in outer.iterdescendants("article") if _leads(article)]
        small = [article for article in inner if sizes.of(article) <= _MOST]
        if sum(map(sizes.of, inner)) <= _SHARE * sizes.of(outer):
            yield from small


def _leads(element: Element) -> bool:
    """Whether a link in it leads away from the page."""
    return any(leads_away(link) for link in element.iter("a"))


def leads_away(link: Element) -> bool:
    """Whether it leads to another page."""
    target = link.get("href", "").strip()
    return bool(target) and not target.startswith(("#", "mailto:", "tel:", "javascript:"))


def _headed(lines: Sequence[Block], sizes: Sizes) -> Iterator[Element]:
    """The boxes whose heading is a link, unless what they stand in is made of them."""
    boxes: dict[Element, int] = {}
    has_begun = False
    for line in lines:
        has_begun |= line.kind is Kind.TEXT and is_prose(line.text) and line.linked < _LIST
        is_heading = line.kind is Kind.HEADING and line.linked >= _LINKED
        is_label = has_begun and not line.place and _is_beside(line)
        is_link = is_heading or (is_label and line.linked >= _LIST)
        if is_link and not is_prose(line.text) and _leads_away(line):
            box = _own_box(line, sizes)
            is_most = box is not None and 2 * len(letters(line.text)) >= sizes.of(box)
            if box is not None and (is_heading or is_most):
                boxes[box] = sizes.of(box)
    within: dict[Element, int] = {}
    for box, size in boxes.items():
        parent = box.getparent()
        if parent is not None:
            within[parent] = within.get(parent, 0) + size
    for box in boxes:
        parent = box.getparent()
        if parent is not None and within[parent] <= _SHARE * sizes.of(parent):
            yield box


def _is_whole_link(line: Block) -> bool:
    """Whether a line of the text is no more than a link, and no sentence."""
    is_link = line.kind is Kind.TEXT and line.linked >= _LINKED and not is_prose(line.text)
    return is_link and _leads_away(line)


def _is_labelled_link(line: Block) -> bool:
    """Whether a line is a label and a link: “Auch lesenswert: Die Mole wird länger”."""
    is_link = line.kind is Kind.TEXT and line.linked >= _LIST and not is_prose(line.text)
    return is_link and ": " in line.text and _leads_away(line)


def _is_beside(line: Block) -> bool:
    return line.kind is Kind.TEXT and tag_of(line.element) != "p"


def _leads_away(line: Block) -> bool:
    links = [*line.element.iter("a"), *line.element.iterancestors("a")]
    return any(map(leads_away, links))


def _own_box(line: Block, sizes: Sizes) -> Element | None:
    """The largest box around a heading in which there is no other text but a teaser's."""
    box = None
    for element in sizes.boxes(line, most=_MOST):
        if tag_of(element) in _TOO_MUCH:
            break
        box = element
    return None if box is line.element else box  # a heading in the flow of the text


def _link_lists(lines: Sequence[Block]) -> Iterator[Block]:
    """The items of lists that are links, with the label right above each list."""
    before: Block | None = None
    for parent, group in groupby(lines, key=_list_of):
        items = list(group)
        if parent is not None and _is_link_list(items):
            yield from items
            if before and _is_label(before, parent):
                yield before
        before = items[-1]


def _list_of(line: Block) -> Element | None:
    """The list that an item is in."""
    if line.kind is not Kind.LIST_ITEM:
        return None
    return next(line.element.iterancestors("ul", "ol"), None)


def _is_link_list(items: Sequence[Block]) -> bool:
    linked = sum(len(letters(item.text)) * item.linked for item in items)
    total = sum(len(letters(item.text)) for item in items)
    has_links = all(item.linked > 0 for item in items)
    return has_links and linked > _LIST * total and not any(map(_is_sentence, items))


def _is_sentence(item: Block) -> bool:
    return is_prose(item.text) and item.linked < _LINKED


def _is_label(line: Block, listed: Element) -> bool:
    """Whether a short line above a list stands in the same box."""
    parent = listed.getparent()
    is_short = len(letters(line.text)) <= _LABEL and not is_prose(line.text)
    return is_short and line.kind is not Kind.LIST_ITEM and parent in line.element.iterancestors()
