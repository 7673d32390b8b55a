"""Abbreviated adjectives with the ending that their noun asks for: kath. Kirche, monatl. Rate."""

from __future__ import annotations

import re

from service.spoken.context import ended, lead
from service.spoken.endings import ordinal_ending
from service.spoken.government import government
from service.spoken.nouns import is_plural
from service.spoken.short_forms import ADJECTIVES, LANGUAGES, SHORT_FORMS, in_full

ARTICLES = frozenset(
    """
    alle allen beim das dem den der des die diese diesem diesen dieser ein eine einem einen einer
    eines ihr ihre ihrem ihren ihrer im kein keine mein sein seine seinem seinen seiner vom zum zur
    """.split()
)
_ADJECTIVE = re.compile(
    r"(?<![\w.])(?P<short>(?=[^\W\d_]{1,20}\.)[^\W\d_]+|[ou]\.g)\.(?=\s[„\"»]?\w|[,;)]|\s*$)"
)
# “röm.-kath.”, “Reg.-Bez.”: a part that another follows
_PART = re.compile(r"(?<![\w.])(?P<short>[^\W\d_]{2,12})\.-(?=[^\W\d_])")
_PARTS = {
    row.written[:-1]: row.spoken
    for row in SHORT_FORMS
    if row.spoken and row.kind in {"", "adjective", "language", "name", "title"}
}
_BEFORE_WORD = re.compile(r"\s[„\"»]?\w")
_NOUN = re.compile(r"\s[„\"]?([A-ZÄÖÜ][\w-]*)")
_SEVERAL = re.compile(
    r"\d*[02-9]|zwei|drei|vier|fünf|sechs|sieben|acht|neun|\w*zehn|elf|zwölf|\w+zig|mehrere|viele"
    r"|einige|wenige"
)
_COUNTED_BEFORE = re.compile(r"\b\d{1,2}\. $")


def say_adjectives(text: str) -> str:
    """The text with its abbreviated adjectives in full, in chains of abbreviations too."""
    return _PART.sub(_part, _ADJECTIVE.sub(_adjective, text))


def _part(match: re.Match[str]) -> str:
    short = match["short"]
    spoken = _PARTS.get(short) or _PARTS.get(short.lower()) or in_full(short)
    spoken = spoken.capitalize() if short[0].isupper() else spoken
    return f"{spoken}-" if spoken else match[0]


def _adjective(match: re.Match[str]) -> str:
    """“die evangelische und die katholische Kirche”; as an adverb without ending."""
    low = match["short"].lower()
    spoken = ADJECTIVES.get(re.sub(r"\.(?=\S)", ". ", low)) or in_full(
        match["short"] if match.start() else low
    )
    if not spoken or (
        match["short"][0].isupper() and not _BEFORE_WORD.match(match.string, match.end())
    ):
        return match[0]
    spoken = spoken.capitalize() if match["short"][0].isupper() else spoken
    if low in LANGUAGES and match.string[: match.start()].endswith("("):
        return spoken  # “(lat. Ursus arctos)”
    return ended(match, spoken + _ending(match))


def _ending(match: re.Match[str]) -> str:
    """The ending before a noun or behind an article, else none."""
    before = lead(match)
    following = _NOUN.match(match.string, match.end())
    if not following and before not in ARTICLES:
        return ""
    if _SEVERAL.fullmatch(before):
        return "e"
    counted = _COUNTED_BEFORE.search(match.string, 0, match.start())  # “der 1. Vors.”
    start = counted.start() if counted else match.start()
    ending = ordinal_ending(match.string, start, match.end())
    if following and before not in ARTICLES and is_plural(following[1]):
        return "en" if government(before, "rank") == "dative" else "e"
    is_many = before in {"die", "diese", "alle", "keine"} and following and is_plural(following[1])
    return "en" if is_many else ending
