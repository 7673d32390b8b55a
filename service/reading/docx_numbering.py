"""How the lists of a Word document are numbered, item by item (ECMA-376, 17.9)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from service.reading.docx_styles import attribute

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LETTERS = {"lowerLetter": "a", "upperLetter": "A"}
_UNNUMBERED = frozenset({"bullet", "none", ""})


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list is numbered: its kind of number, and the first one."""

    kind: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The lists' definitions, and how far their items have been counted.

    Lists of one definition are counted on, unless a list begins anew.
    """

    definitions: dict[str, dict[int, Level]]
    lists: dict[str, str]  # list → definition
    restarts: dict[tuple[str, int], int]  # list and level → its own first number
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def is_numbered(self, list_id: str, level: int) -> bool:
        """Whether the items of a level have numbers or letters."""
        return self._level(list_id, level).kind not in _UNNUMBERED

    def kind(self, list_id: str, level: int) -> dict[str, str]:
        """HTML's attributes for the list of such items."""
        letter = _LETTERS.get(self._level(list_id, level).kind)
        return {"type": letter} if letter else {}

    def next(self, list_id: str, level: int) -> int:
        """The number of the next item; the levels below begin anew."""
        definition = self.lists.get(list_id, "")
        restart = self.restarts.pop((list_id, level), None)
        before = self._counts.get((definition, level), self._level(list_id, level).start - 1)
        number = before + 1 if restart is None else restart
        self._counts = {
            (other, deep): count
            for (other, deep), count in self._counts.items()
            if other != definition or deep < level
        }
        self._counts[definition, level] = number
        return number

    def _level(self, list_id: str, level: int) -> Level:
        return self.definitions.get(self.lists.get(list_id, ""), {}).get(level, Level())


def read_numbering(root: Element | None) -> Numbering:
    """The numbering part of a document; without one no list has numbers."""
    if root is None:
        return Numbering({}, {}, {})
    lists = list(root.iterchildren("{*}num"))
    return Numbering(
        definitions={
            attribute(abstract, "abstractNumId"): dict(map(_level, abstract.iterchildren("{*}lvl")))
            for abstract in root.iterchildren("{*}abstractNum")
        },
        lists={
            attribute(source, "numId"): attribute(source.find("{*}abstractNumId"), "val")
            for source in lists
        },
        restarts={
            (attribute(source, "numId"), _int(attribute(level, "ilvl"))): _int(start)
            for source in lists
            for level in source.iterchildren("{*}lvlOverride")
            if (start := attribute(level.find("{*}startOverride"), "val"))
        },
    )


def _level(source: Element) -> tuple[int, Level]:
    start = attribute(source.find("{*}start"), "val")
    kind = attribute(source.find("{*}numFmt"), "val")
    return _int(attribute(source, "ilvl")), Level(kind, _int(start) if start else 1)


def _int(written: str) -> int:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 6 else 0
