"""Boxes on a page that ask for an e-mail address: what stands in them is no part of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from service.codes import Reason
from service.reading.blocks import Block
from service.reading.places import Place
from service.reading.text import letters
from service.reading.tree import tag_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_PROMPT = Place(Reason.NEWSLETTER_PROMPT, is_certain=True)
_EMAIL = re.compile(r"e-?mail", re.IGNORECASE)
_LABEL = 24  # letters; a button or a label has fewer
_LARGEST = 300  # letters
_MOST = 0.25  # of the letters on the page
_TOO_MUCH = frozenset("html body main article".split())


def with_boxes(lines: Sequence[Block], page: Element) -> list[Block]:
    """The lines; those that stand in such a box have it for their place."""
    most = min(_LARGEST, _MOST * sum(len(letters(line.text)) for line in lines))
    fields = [field for field in page.iterdescendants("input") if _asks(field)]
    boxes = [box for box in map(_box, fields) if _size(box) <= most and _is_free(box)]
    inside = {element for box in boxes for element in box.iter()}
    return [_marked(line) if line.element in inside else line for line in lines]


def _marked(line: Block) -> Block:
    own = line.place or _PROMPT
    return replace(line, place=replace(own, is_certain=True))


def _asks(field: Element) -> bool:
    if field.get("type", "text").lower() not in {"email", "text"}:
        return False
    told = [field.get(name, "") for name in ("type", "name", "placeholder")]
    return any(map(_EMAIL.search, told))


def _box(field: Element) -> Element:
    """The innermost element around a field that says what it is for."""
    around = field.iterancestors()
    return next((one for one in around if _size(one) >= _LABEL), field)


def _size(element: Element) -> int:
    return len(letters(text_of(element)))


def _is_free(box: Element) -> bool:
    """Whether it holds neither the article nor a form for comments."""
    is_more = any(tag_of(one) in {"h1", "textarea"} for one in box.iter())
    return tag_of(box) not in _TOO_MUCH and not is_more
