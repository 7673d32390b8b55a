"""How the lists of an OpenDocument text are numbered (ODF 1.3, part 3, 5.3 and 16.30)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from service.reading.tree import tag_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element as Element

_LETTERS = frozenset({"a", "A"})


@dataclass(slots=True)
class Lists:
    """The lists' styles, which lists are open, and how far each style has been counted."""

    formats: dict[str, dict[int, tuple[str, int]]]  # style → level → format, first number
    _open: list[str] = field(default_factory=list)
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def begin(self, source: Element) -> tuple[str, dict[str, str]]:
        """HTML's tag and attributes for a list that begins; `end` closes it."""
        style = attribute(source, "style-name") or (self._open[-1] if self._open else "")
        self._open.append(style)
        form, start = self._format()
        if not form:
            return "ul", {}
        if attribute(source, "continue-numbering") != "true" and not self._continues(source):
            self._counts[self._key] = start - 1
        return "ol", {"type": form} if form in _LETTERS else {}

    def item(self, source: Element) -> dict[str, str]:
        """HTML's attributes for the next item of the innermost list."""
        if not self._format()[0]:
            return {}
        start = attribute(source, "start-value")
        self._counts[self._key] = _int(start) if start else self._counts.get(self._key, 0) + 1
        return {"value": str(self._counts[self._key])}

    @property
    def is_open(self) -> bool:
        """Whether there is a list around what is read now."""
        return bool(self._open)

    def end(self) -> None:
        """Closes the innermost list."""
        self._open.pop()

    @property
    def _key(self) -> tuple[str, int]:
        return self._open[-1], len(self._open)

    def _format(self) -> tuple[str, int]:
        return self.formats.get(self._open[-1], {}).get(len(self._open), ("", 1))

    def _continues(self, source: Element) -> bool:
        return bool(attribute(source, "continue-list")) and self._key in self._counts


def read_lists(roots: Iterable[Element]) -> Lists:
    """The styles of the lists in the parts of a document."""
    styles = [style for root in roots for style in root.iterdescendants("{*}list-style")]
    return Lists({attribute(style, "name"): dict(map(_level, style)) for style in styles})


def attribute(element: Element, name: str) -> str:
    """An attribute by its name without a namespace, "" when there is none."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return " ".join(value.split())
    return ""


def _level(source: Element) -> tuple[int, tuple[str, int]]:
    is_numbered = tag_of(source) == "list-level-style-number"
    form = attribute(source, "num-format") if is_numbered else ""
    return _int(attribute(source, "level")), (form, _int(attribute(source, "start-value") or "1"))


def _int(written: str) -> int:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 6 else 0
