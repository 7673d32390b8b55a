"""Boxes on a page that are no part of the text: by their names, and by what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from service.codes import Reason
from service.domain import Kind
from service.reading import captions, prompts, teasers
from service.reading.blocks import Block
from service.reading.headline import level
from service.reading.places import HIDDEN, Place
from service.reading.sizes import Finder, Sizes
from service.reading.text import is_prose, letters

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MOST = 0.3  # of the letters on the page; what holds more is no box beside the text
_WHOLE = 0.5  # of the letters on the page; what holds more of them holds the article
_ARTICLE = 800  # letters; what holds a headline and as many is no box beside the text
_FEW_LINKS = 0.3  # share of letters
# A paragraph's own class names may tell what follows it; these are believed of boxes alone.
_OF_BOXES = frozenset(
    [
        Reason.ADVERTISING,
        Reason.COMMENTS,
        Reason.COUNTER,
        Reason.PLAYER,
        Reason.KEYWORDS,
    ]
)
_FINDERS = (captions.finder, prompts.finder, teasers.finder)


def with_boxes(lines: Sequence[Block], page: Element, *, title: str) -> list[Block]:
    """The lines; those that stand in such a box have it for their place.

    `title` is what the page tells of its headline: a box that holds it is not one of these.
    """
    sizes = Sizes(lines, _headlines(lines, title))
    named = [_by_name(line, sizes) for line in lines]
    finders = [finder(page, named, sizes) for finder in _FINDERS]
    marked = []
    for line in named:
        box_place = None if line.element in sizes.headed else _first(finders, line)
        place = replace(line.place or box_place, is_certain=True) if box_place else line.place
        marked.append(replace(line, place=place))
    return marked


def _first(finders: Sequence[Finder], line: Block) -> Place | None:
    return next((place for finder in finders if (place := finder(line))), None)


def _headlines(lines: Sequence[Block], title: str) -> list[Block]:
    """The largest headings; where there are none, those that are the headline."""
    headings = [line for line in lines if line.kind is Kind.HEADING]
    first = [line for line in headings if level(line) == 1]
    key = letters(title)
    return first or [line for line in headings if key and key in letters(line.text)]


def _by_name(line: Block, sizes: Sizes) -> Block:
    """The line, its place certain in a small box, and none in what holds the whole article."""
    if line.place is None or line.box is None:
        return line
    size = sizes.of(line.box)
    is_hidden = line.place is HIDDEN
    if line.box in sizes.headed or is_hidden:
        most = _WHOLE * sizes.page
        is_whole = size > most if is_hidden else size > min(most, _ARTICLE)
        is_wrapper = is_whole and (is_hidden or not line.place.is_certain)
        return replace(line, place=None, box=None) if is_wrapper else line
    is_box = size <= min(line.place.most, _MOST * sizes.page)
    if line.place.reason in _OF_BOXES and _is_paragraph(line):
        return replace(line, place=None, box=None)
    is_certain = is_box if line.place.most else line.place.is_certain
    return replace(line, place=replace(line.place, is_certain=is_certain))


def _is_paragraph(line: Block) -> bool:
    """Whether a class name is a paragraph's own."""
    return line.box is line.element and is_prose(line.text) and line.linked < _FEW_LINKS
