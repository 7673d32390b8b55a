"""Pauses in a text: <break time="1s"/>, [pause 1s], and the ends of verses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_PAUSE_MS = 10_000
VERSE_MS = 250  # shorter than the breath between sentences: a line of a poem or of an address
_STRENGTHS_MS = {
    "none": 0, "x-weak": 100, "weak": 250, "medium": 500, "strong": 750, "x-strong": 1000,
}  # fmt: skip
_PLAIN_MS = 500  # where no time is given, as SSML's “medium”
_PAUSE = re.compile(
    r"<break\b(?P<how>[^<>]*?)/?>(?:\s*</break\s*>)?"
    r"|\[\s*(?:pause|Pause)(?::?\s*(?P<count>\d{1,6}(?:[.,]\d{1,3})?)\s*(?P<unit>ms|s|sec|sek|Sek\.?|Sekunden?)?)?\s*\]"
    r"|(?P<verse>\s*\n\s*)"
)
_TIME = re.compile(r"\btime\s*=\s*[\"']?\s*\+?(\d{0,6}(?:\.\d{1,3})?)\s*(ms|s)\b")
_STRENGTH = re.compile(r"\bstrength\s*=\s*[\"']?\s*([\w-]+)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A text up to its next pause: as written, without the mark of the pause, and how long it is.

    `pause_ms` is None at the text's end.
    """

    written: str
    text: str
    pause_ms: int | None


def stretches(text: str) -> Iterator[Stretch]:
    """The text cut at its pauses; what was written joins to it again."""
    start = 0
    for match in _PAUSE.finditer(text):
        yield Stretch(text[start : match.end()], text[start : match.start()], _length_ms(match))
        start = match.end()
    if start < len(text):
        yield Stretch(text[start:], text[start:], None)


def without_pauses(text: str) -> str:
    """The text with a blank for every pause."""
    return _PAUSE.sub(" ", text)


def _length_ms(match: re.Match[str]) -> int:
    """Between none and ten seconds."""
    if match["verse"]:
        return VERSE_MS
    if match["count"]:
        return _within(match["count"].replace(",", "."), match["unit"] or "s")
    how = match["how"] or ""
    if found := _TIME.search(how):
        return _within(found[1] or "0", found[2])
    strength = _STRENGTH.search(how)
    return _STRENGTHS_MS.get(strength[1], _PLAIN_MS) if strength else _PLAIN_MS


def _within(count: str, unit: str) -> int:
    length_ms = float(count) * (1 if unit == "ms" else 1000)
    return round(min(length_ms, LONGEST_PAUSE_MS))
