"""Cutting text that is longer than an engine takes, where a reader would breathe."""

from __future__ import annotations

import re

# The end of a sentence, then of a clause, then of a word.
_PLACES = tuple(map(re.compile, (r"[.!?…][\"“”»«’)]*\s", r"[,;:–—][\"“”»«’)]*\s", r"\s")))


def pieces(text: str, longest: int) -> list[str]:
    """`text` in pieces of at most `longest` characters, none of them blank.

    The blanks at the cuts are gone, everything else is there in order. A word longer than
    `longest` is cut where it must be.
    """
    cut = []
    rest = text.strip()
    while len(rest) > longest:
        place = _place(rest[: longest + 1], longest)
        cut.append(rest[:place].rstrip())
        rest = rest[place:].lstrip()
    return [*cut, rest] if rest else cut


def _place(window: str, longest: int) -> int:
    """Where to cut: as late as possible, but never for the sake of a tiny first piece."""
    for pattern in _PLACES:
        places = [stop.end() for stop in pattern.finditer(window) if stop.end() > longest // 4]
        if places:
            return min(places[-1], longest)
    return longest
