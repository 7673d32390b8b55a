"""Clock times, durations, scores: 14:30 Uhr, 8–12 Uhr, 2:45 Std., 2:1, 3:2 n. V."""

from __future__ import annotations

import re

from service.spoken.cases import case_at, ein
from service.spoken.context import of_numbers, words_before
from service.spoken.numbers import cardinal, digits, number, ordinal

_TO = r"\s?(?:[-–—]|bis)\s?"
_HOUR, _MINUTE = r"([01]?\d|2[0-4])", r"([0-5]\d)"
_CLOCK_RANGE = re.compile(
    rf"(?<![\d.,:]){_HOUR}(?:[.:]{_MINUTE})?(\sUhr)?{_TO}{_HOUR}(?:[.:]{_MINUTE})?\s?(?:Uhr|h)\b"
)
_RANGES = re.compile(  # “9.00–12.00 und 14.00–18.00 Uhr”
    rf"(?<![\d.,:]){_HOUR}[.:]{_MINUTE}(\sUhr)?{_TO}{_HOUR}[.:]{_MINUTE}"
    rf"(?=(?:,| und| sowie|,? oder) {_HOUR}[.:]{_MINUTE}{_TO}{_HOUR}[.:]{_MINUTE}\s?Uhr\b)"
)
_CLOCKS = re.compile(
    rf"(?<![\d.,:]){_HOUR}[.:]{_MINUTE}(?=(?:, {_HOUR}[.:]{_MINUTE})*,? (?:und|oder|sowie) "
    rf"{_HOUR}[.:]{_MINUTE}\s?Uhr\b)"
)
_CLOCK = re.compile(
    rf"(?<![\d.,:]){_HOUR}(?:[.:]{_MINUTE}(?:[.:]([0-5]\d))?)?\s?Uhr\b(?:\s([0-5]?\d)\b(?!\.|\s?[A-Z%€]))?"
)
_GLUED = re.compile(rf"(?<![\d.,:]){_HOUR}(?:\s?h(?:\s?{_MINUTE})?|[.:]{_MINUTE}\s?h)\b(?![-/])")
_EVENTS = "Abfahrt|Ankunft|Anpfiff|Anstoß|Beginn|Einlass|Ende|Start"
_DOTTED = re.compile(
    rf"(?P<lead>\b(?:[uU]m (?:Punkt )?|(?:{_EVENTS}):? )"
    r"|^(?=\d\d\.\d[05] (?:[A-ZÄÖÜ„]|d(?:as|er|ie) ))"
    r"|(?:\b(?:Mo|Di|Mi|Do|Fr|Sa|So)\.?|[a-z]tag|[mM]ittwoch),? (?=\d\d?\.(?:00|1[3-9]|[2-5])))"
    rf"(?P<hour>[01]?\d|2[0-4])\.(?P<minute>[0-5]\d)"
    r"(?![\d%€:]|[.,]\d|\.\s?\d|\s?(?:[%€]|Mio|Mrd|Prozent|Euro|Franken|Meter))"
)
_DURATION = re.compile(
    r"(?<![\d.,:])(\d{1,3}):([0-5]\d)(?::([0-5]\d))?[\s-]?"
    r"(Std|Stunden?|h|[mM]in|Minuten?|Sek|Sekunden)\b\.?"
)
_STOPWATCH = re.compile(r"(?<![\d.,:])(\d{1,2}):([0-5]\d):([0-5]\d)(?:[,.](\d+))?(?![\d:])")
_SPLIT = re.compile(
    r"(?<![\d.,:])(\d{1,2}):([0-5]\d)[,.](\d{1,2})(?:\s?(?:Min|Minuten|min)\b\.?)?(?![\d:])"
)
_PAIR = re.compile(
    r"(?<![\d.,:])(\d{1,3})\s?:\s?(\d{1,3}(?:[. ]\d{3})*)(?!\d|:\d|,\d)(?P<hyphen>-(?=[^\W\d]))?"
)
_SHARES = re.compile(r"(?<=\d,\d)\s?:\s?(?=\d{1,3},\d)")
_MINUTE_OF_PLAY = r"\d{1,3}\.(?:\s?\+\s?\d{1,2}\.?)?(?:/\w{1,9})?"
_MINUTES = re.compile(
    rf"(?<=\w\s)\(({_MINUTE_OF_PLAY}(?:(?:,| und) {_MINUTE_OF_PLAY}){{0,5}})(, [A-ZÄÖÜ][\w-]+)?\)"
)
_SURELY_TIME = frozenset(
    """
    ab abfahrt abpfiff ankunft anpfiff beginn bis einlass gegen mondaufgang seit sonnenaufgang
    sonnenuntergang spielbeginn start uhrzeit um zwischen
    """.split()
)
_TIMES_OF_DAY = frozenset("abfahrtszeit ankunftszeit startzeit tatzeit unfallzeit".split())
_PERHAPS_TIME = frozenset(
    """
    abends anstoß dienstag donnerstag erst freitag früh heute kurz mittags mittwoch montag
    montags morgen morgens nach nachmittags nachts samstag sonntag täglich uhr vor vormittags
    """.split()
)
_TOLD_BEFORE = re.compile(r"\b(?:[uU]m|[aA]b|[gG]egen) \d\d?[:.]\d\d\b|\d Uhr\b|[a-zü] Uhr\b")
_DATE_BEFORE = re.compile(  # “Do., 5. 12., 20 h”
    r"(?:\d\. ?\d{1,2}\.(?:\d\d){0,2}|\d\. [A-ZÄÖÜ]\w+(?: \d{4})?|\b(?:Mo|Di|Mi|Do|Fr|Sa|So)\.?"
    r"|[a-z]tag),? $"
)
_SCORE = re.compile(r"\d\s?:\s?\d")
_DATED = re.compile(r"\b(?:19|20)\d\d(?:,| um| -| –| \|)? $")  # “20. Februar 2026, 19:22”
_AFTER_SCORE = (
    (re.compile(r"\bn\. ?V\."), "nach Verlängerung"),
    (re.compile(r"\bi\. ?E\."), "im Elfmeterschießen"),
    (re.compile(r"\bn\. ?E\."), "nach Elfmeterschießen"),
    (re.compile(r"\bn\. ?P\."), "nach Penaltyschießen"),
    (re.compile(r"\bn\. ?S\."), "nach Siebenmeterschießen"),
)


_HOURS_MINUTES = re.compile(r"(?<![\d.,:])(\d{1,3})\s?h\s(\d{1,2})\s?min\b\.?")


@of_numbers
def say_times(text: str) -> str:
    """The text with clock times, durations and scores in words."""
    text = _HOURS_MINUTES.sub(
        lambda match: f"{_count(match[1], 'Stunde')} {_count(match[2], 'Minute')}", text
    )
    text = _DURATION.sub(_duration, text)
    text = _RANGES.sub(_clock_range, text)
    text = _CLOCK_RANGE.sub(_clock_range, text)
    text = _CLOCKS.sub(lambda match: clock(match[1], match[2]), text)
    text = _CLOCK.sub(_clock, text)
    text = _GLUED.sub(_glued, text)
    text = _DOTTED.sub(lambda m: m["lead"] + clock(m["hour"], m["minute"]), text)
    text = _MINUTES.sub(_minute_of_play, text)
    if not _SCORE.search(text):
        return text
    text = _SHARES.sub(" zu ", text)
    text = _STOPWATCH.sub(_stopwatch, text)
    text = _SPLIT.sub(_split_time, text)
    for pattern, words in _AFTER_SCORE:
        text = pattern.sub(words, text)
    return _PAIR.sub(_pair, text)


def clock(hour: str, minute: str | None) -> str:
    """“vierzehn Uhr dreißig”."""
    hours = f"{cardinal(int(hour), one='ein')} Uhr"
    return f"{hours} {cardinal(int(minute))}" if minute and int(minute) else hours


def _clock(match: re.Match[str]) -> str:
    time = clock(match[1], match[2] or match[4])
    seconds = f" und {_count(match[3], 'Sekunde')}" if match[3] and int(match[3]) else ""
    return time + seconds


def _clock_range(match: re.Match[str]) -> str:
    """The first full hour goes without “Uhr” unless it is written."""
    is_bare = not match[3] and not int(match[2] or 0)
    first = cardinal(int(match[1])) if is_bare else clock(match[1], match[2])
    return f"{first} bis {clock(match[4], match[5])}"


def _glued(match: re.Match[str]) -> str:
    """“20h” behind “um” or “ab” is a time of day, else hours."""
    lead, *earlier = words_before(match.string, match.start()) or [""]
    if lead in {"ca", "circa", "etwa", "gegen", "rund"} and "um" in earlier:
        lead = "um"
    minute = match[2] or match[3]
    is_dated = _DATE_BEFORE.search(match.string, max(0, match.start() - 24), match.start())
    if (
        minute
        or is_dated
        or lead in _SURELY_TIME - {"seit"}
        or (lead == "von" and "an" in match.string)
    ):
        return clock(match[1], minute)
    return match[0]


def _duration(match: re.Match[str]) -> str:
    lead = next(iter(words_before(match.string, match.start())), "")
    is_of_day = lead in _SURELY_TIME - {"seit"} or lead in _TIMES_OF_DAY
    if match[4] == "h" and is_of_day and int(match[1]) < 25 and not match[3]:
        return clock(match[1], match[2])
    if match[4].startswith(("Min", "min", "Sek")) and not match[3]:
        return f"{_count(match[1], 'Minute', match)} {_count(match[2], 'Sekunde')}"
    duration = f"{_count(match[1], 'Stunde', match)} {_count(match[2], 'Minute')}"
    return f"{duration} {_count(match[3], 'Sekunde')}" if match[3] else duration


def _stopwatch(match: re.Match[str]) -> str:
    seconds = f"{cardinal(int(match[3]))} Komma {digits(match[4])}" if match[4] else ""
    parts = [
        _count(match[1], "Stunde", match),
        _count(match[2], "Minute"),
        f"{seconds} Sekunden" if seconds else _count(match[3], "Sekunde"),
    ]
    return " ".join(parts)


def _split_time(match: re.Match[str]) -> str:
    """“eine Minute zweiundzwanzig Komma vier Sekunden”."""
    seconds = f"{cardinal(int(match[2]))} Komma {digits(match[3])} Sekunden"
    return f"{_count(match[1], 'Minute', match)} {seconds}"


def _minute_of_play(match: re.Match[str]) -> str:
    """“(45., 90.+3)” behind a scorer or a score."""
    goals = re.findall(r"(\d{1,3})\.(?:\s?\+\s?(\d{1,2}))?", match[1])
    minutes = [
        ordinal(int(minute), ending="en") + (f" plus {cardinal(int(added))}" if added else "")
        for minute, added in goals
    ]
    before = f"{', '.join(minutes[:-1])} und " if minutes[1:] else ""
    return f"in der {before}{minutes[-1]} Minute{match[2] or ''}"


def _count(number: str, unit: str, match: re.Match[str] | None = None) -> str:
    if int(number) == 1:
        case = case_at(match.string, match.start()) if match else "nominative"
        return f"{ein(unit, case)} {unit}"
    return f"{cardinal(int(number))} {unit}n"


def _pair(match: re.Match[str]) -> str:
    """A score or a ratio, unless what stands before makes it a time of day."""
    first, second = match[1], match[2]
    joint = "-" if match["hyphen"] else " "
    if not match["hyphen"] and _is_clock(match, first, second):
        return clock(first, second)
    return f"{cardinal(int(first))}{joint}zu{joint}{number(second)}{'-' if match['hyphen'] else ''}"


def _is_clock(match: re.Match[str], first: str, second: str) -> bool:
    if len(second) != 2 or int(first) > 24 or int(second) > 59:
        return False
    lead = next(iter(words_before(match.string, match.start())), "")
    if _DATED.search(match.string, 0, match.start()):
        return True
    is_round = int(second) % 5 == 0
    is_short = not match.string[: match.start()].strip(" -–•*")
    if len(first) == 2 and _TOLD_BEFORE.search(match.string, 0, match.start()):
        return True
    return lead in _SURELY_TIME or (is_round and (lead in _PERHAPS_TIME or is_short))
