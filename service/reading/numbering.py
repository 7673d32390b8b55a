"""The numbers of a list's items, as its author gave them (HTML 4.4.5 and 4.4.8)."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.reading.names import names_of
from service.reading.tree import tag_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_UNSEEN = re.compile(r"list-style(?:-type)?\s*:\s*none", re.IGNORECASE)
_UNSEEN_NAMES = re.compile(r"(?:.*-)?(?:unstyled|list-none|no-numbers?|plain)(?:-.*)?")
_LARGEST = 9999


@dataclass(frozen=True, slots=True)
class ItemMark:
    """What stands before an item: its number, or a letter, which is a part of the text."""

    number: int | None = None
    letter: str = ""


def marks_of(root: Element) -> dict[Element, ItemMark]:
    """The mark of every item in a numbered list."""
    marks: dict[Element, ItemMark] = {}
    for listed in root.iter("ol", "{*}ol"):
        if not _is_seen(listed):
            continue
        items = [item for item in listed if tag_of(item) == "li"]
        is_reversed = "reversed" in listed.attrib
        number = _int(listed.get("start")) or (len(items) if is_reversed else 1)
        for item in items:
            number = _int(item.get("value")) or number
            marks[item] = _mark(number, listed.get("type", "1"))
            number += -1 if is_reversed else 1
    return marks


def _mark(number: int, kind: str) -> ItemMark:
    if kind in {"a", "A"} and 0 < number <= len(string.ascii_lowercase):
        letter = string.ascii_lowercase[number - 1]
        return ItemMark(letter=f"{letter if kind == 'a' else letter.upper()}) ")
    return ItemMark(number=number) if 0 < number <= _LARGEST else ItemMark()


def _is_seen(listed: Element) -> bool:
    if _UNSEEN.search(listed.get("style", "")) or listed.get("role") in {"presentation", "none"}:
        return False
    return not any(map(_UNSEEN_NAMES.fullmatch, names_of(listed)))


def _int(written: str | None) -> int | None:
    return int(written) if written and re.fullmatch(r"\s*-?\d{1,4}\s*", written) else None
