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
_CLOSING = ",.;:!?…"
_PLAIN_MS = 500  # where no time is given, as SSML's “medium”
_MARK = re.compile(
    r"<break\b(?P<how>[^<>]*?)/?>(?:\s*</break\s*>)?"
    r"|\[\s*[pP]ause(?::?\s*(?P<count>\d{1,6}(?:[.,]\d{1,3})?)\s*(?P<unit>ms|s|sec|sek|Sek\.?|Sekunden?)?)?\s*\]"
)
_NAMELESS = re.sub(r"\(\?P<\w+>", "(?:", _MARK.pattern)
_PAUSE = re.compile(rf"(?<!\s)\s*(?:(?:(?:{_NAMELESS})\s*)+|\n\s*)")
_TIME = re.compile(r"\btime\s*=\s*[\"']?\s*\+?(\d{0,6}(?:\.\d{1,3})?)\s*(ms|s)\b")
_STRENGTH = re.compile(r"\bstrength\s*=\s*[\"']?\s*([\w-]+)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A text up to its next pause, what is shown between it and the next, and the pause.

    Marks are not shown, the end of a verse is. `pause_ms` is None at the text's end.
    """

    text: str
    gap: str = ""
    pause_ms: int | None = None


def stretches(text: str) -> Iterator[Stretch]:
    """The text cut at its pauses; texts and gaps join to what is shown of it."""
    start = 0
    for match in _PAUSE.finditer(text):
        yield Stretch(text[start : match.start()], _gap(match), _run_ms(match[0]))
        start = match.end()
    if start < len(text):
        yield Stretch(text[start:])


def shown(text: str) -> str:
    """The text without the marks of its pauses."""
    return "".join(stretch.text + stretch.gap for stretch in stretches(text))


def _gap(match: re.Match[str]) -> str:
    """What is left where marks stood: a verse's end, or a blank between words."""
    run, text = match[0], match.string
    blanks = _MARK.sub("", run)
    if blanks == run:
        return run
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    if not before or not after or after in _CLOSING:
        return ""
    if "\n" in blanks:
        return "\n"
    is_apart = bool(blanks) or (after.isalnum() and (before.isalnum() or before in _CLOSING))
    return " " if is_apart else ""


def _run_ms(run: str) -> int:
    """The pauses of marks that follow each other, and of the verse that ends there."""
    verse_ms = VERSE_MS if "\n" in _MARK.sub("", run) else 0
    return verse_ms + sum(map(_length_ms, _MARK.finditer(run)))


def _length_ms(match: re.Match[str]) -> int:
    """Between none and ten seconds."""
    if match["count"]:
        return _within(match["count"].replace(",", "."), match["unit"] or "s")
    how = match["how"] or ""
    if time := _TIME.search(how):
        return _within(time[1] or "0", time[2])
    strength = _STRENGTH.search(how)
    return _STRENGTHS_MS.get(strength[1], _PLAIN_MS) if strength else _PLAIN_MS


def _within(count: str, unit: str) -> int:
    length_ms = float(count) * (1 if unit == "ms" else 1000)
    return round(min(length_ms, LONGEST_PAUSE_MS))
