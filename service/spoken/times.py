"""Clock times, durations, scores: 14:30 Uhr, 8–12 Uhr, 2:45 Std., 2:1, 3:2 n. V."""

from __future__ import annotations

import re

from service.spoken.endings import words_before
from service.spoken.numbers import cardinal

_TO = r"\s?(?:[-–—]|bis)\s?"
_HOUR, _MINUTE = r"([01]?\d|2[0-4])", r"([0-5]\d)"
_CLOCK_RANGE = re.compile(
    rf"(?<![\d.,:]){_HOUR}(?:[.:]{_MINUTE})?(?:\sUhr)?{_TO}{_HOUR}(?:[.:]{_MINUTE})?\s?Uhr\b"
)
_CLOCK = re.compile(
    rf"(?<![\d.,:]){_HOUR}(?:[.:]{_MINUTE}(?::[0-5]\d)?)?\s?Uhr\b(?:\s([0-5]?\d)\b(?!\.))?"
)
_GLUED = re.compile(rf"(?<![\d.,:])([01]?\d|2[0-4])\s?h\s?{_MINUTE}?\b(?![-/])")
_DURATION = re.compile(
    r"(?<![\d.,:])(\d{1,3}):([0-5]\d)(?::([0-5]\d))?[\s-]?(Std|Stunden|h|Min|Minuten)\b\.?"
)
_STOPWATCH = re.compile(r"(?<![\d.,:])(\d{1,2}):([0-5]\d):([0-5]\d)(?:,(\d+))?(?![\d:])")
_PAIR = re.compile(r"(?<![\d.,:])(\d{1,3})\s?:\s?(\d{1,3})(?![\d:]|,\d)(-)?")
_OF_TIME = frozenset(
    ["um", "ab", "gegen", "bis", "von", "vor", "nach", "seit", "zwischen", "uhrzeit"]
)
_AFTER_SCORE = (
    (re.compile(r"\bn\. ?V\."), "nach Verlängerung"),
    (re.compile(r"\bi\. ?E\."), "im Elfmeterschießen"),
    (re.compile(r"\bn\. ?E\."), "nach Elfmeterschießen"),
    (re.compile(r"\bn\. ?P\."), "nach Penaltyschießen"),
)


def say_times(text: str) -> str:
    """The text with clock times, durations and scores in words."""
    text = _DURATION.sub(_duration, text)
    text = _CLOCK_RANGE.sub(_clock_range, text)
    text = _CLOCK.sub(_clock, text)
    text = _GLUED.sub(_glued, text)
    text = _STOPWATCH.sub(_stopwatch, text)
    for pattern, words in _AFTER_SCORE:
        text = pattern.sub(words, text)
    return _PAIR.sub(_pair, text)


def clock(hour: str, minute: str | None) -> str:
    """“vierzehn Uhr dreißig”."""
    said = f"{cardinal(int(hour), one='ein')} Uhr"
    return f"{said} {cardinal(int(minute))}" if minute and int(minute) else said


def _clock(match: re.Match[str]) -> str:
    return clock(match[1], match[2] or match[3])


def _clock_range(match: re.Match[str]) -> str:
    first = clock(match[1], match[2])
    if not match[2] or not int(match[2]):
        first = (
            first.removesuffix(" Uhr").replace("ein", "eins")
            if match[1] in {"1", "01"}
            else (first.removesuffix(" Uhr"))
        )
    return f"{first} bis {clock(match[3], match[4])}"


def _glued(match: re.Match[str]) -> str:
    lead = next(iter(words_before(match.string, match.start())), "")
    if match[2] or lead in _OF_TIME - {"nach", "vor", "seit"}:
        return clock(match[1], match[2])
    return match[0]


def _duration(match: re.Match[str]) -> str:
    if match[4] in {"Min", "Minuten"}:
        return f"{_count(match[1], 'Minute')} {_count(match[2], 'Sekunde')}"
    said = f"{_count(match[1], 'Stunde')} {_count(match[2], 'Minute')}"
    return f"{said} {_count(match[3], 'Sekunde')}" if match[3] else said


def _stopwatch(match: re.Match[str]) -> str:
    parts = [_count(match[1], "Stunde"), _count(match[2], "Minute"), _count(match[3], "Sekunde")]
    return " ".join(parts)


def _count(number: str, unit: str) -> str:
    return f"{cardinal(int(number), one='eine')} {unit}{'n' * (int(number) != 1)}"


def _pair(match: re.Match[str]) -> str:
    first, second = match[1], match[2]
    joint = "-" if match[3] else " "
    lead = next(iter(words_before(match.string, match.start())), "")
    is_clock = len(second) == 2 and int(first) < 25 and int(second) < 60 and not match[3]
    if is_clock and (
        lead in _OF_TIME or (len(second) == 2 and int(second) % 5 == 0 and len(first) == 2)
    ):
        return clock(first, second)
    return f"{cardinal(int(first))}{joint}zu{joint}{cardinal(int(second))}{'-' if match[3] else ''}"
