"""Postal codes, digit by digit: 50667 Köln, D-12345 Musterstadt, in 8004 Zürich."""

from __future__ import annotations

import re

from service.spoken.nouns import all_nouns, is_listed, is_plural
from service.spoken.numbers import digits

_CODE = re.compile(
    r"(?<![\w.,'’/:-])(?P<land>(?:D|A|L|CH|FL)-)?(?P<code>[1-9]\d{3}|\d{5})(?![\w'’/:-]|[.,]\d)"
)
_TOWN = re.compile(r" (?P<town>[A-ZÄÖÜ][a-zäöüß]+)(?![a-zäöü])")
_ALONE = re.compile(r" [A-ZÄÖÜ][\w-]+(?: [\w(/.)-]+){0,2}$")  # a line of an address
_STREET = re.compile(
    r" [A-ZÄÖÜ][\w-]+, [A-ZÄÖÜ][\w-]*(?:[sS]tr\.|[sS]traße|[wW]eg|[pP]latz|[aA]llee)"
)
_HOUSE = re.compile(r"\d\w?, $")
_HOUSE_BARE = re.compile(r"[a-zäöüß.] \d{1,2} $")
_NAMED = re.compile(r"\b(?:PLZ|Postleitzahl) $")
_WHERE = re.compile(r"\b(?:[Ii]n|[Aa]us|[Nn]ach) $")
_BARE = str.maketrans("äöü", "aou")  # of a plural: “Fällen” is of “Fall”


def say_postal(text: str) -> str:
    """The text with its postal codes in words; years and counts are left."""
    return _CODE.sub(
        lambda m: f"{m['land'] or ''}{digits(m['code'])}" if _is_code(m) else m[0], text
    )


def _is_code(match: re.Match[str]) -> bool:
    """By what stands before it, or by the town behind it that is no plural: “in 12350 Fällen”."""
    text, start, end = match.string, match.start(), match.end()
    behind = _TOWN.match(text, end)
    town = behind["town"] if behind else ""
    near = max(0, start - 16)
    if match["land"] or _NAMED.search(text, near, start):
        return bool(town or not match["land"])
    if len(match["code"]) == 4 and match["code"][:2] in {"19", "20"}:
        return False
    if _HOUSE.search(text, near, start):
        return len(match["code"]) == 5 or bool(town)
    if _WHERE.search(text, near, start):
        return bool(town) and match["code"][-2:] != "00" and not _is_counted(town)
    return len(match["code"]) == 5 and _stands_in_an_address(match, town)


def _stands_in_an_address(match: re.Match[str], town: str) -> bool:
    text, start, end = match.string, match.start(), match.end()
    if not start and _ALONE.match(text, end):
        return not _is_counted(town) and town.lower() not in all_nouns()
    is_behind_house = bool(town) and bool(_HOUSE_BARE.search(text, max(0, start - 8), start))
    return is_behind_house or bool(_STREET.match(text, end))


def _is_counted(word: str) -> bool:
    """Whether a word is the plural of a known noun, and so no town."""
    single = word.translate(_BARE)
    known = {single, *(single.removesuffix(end) for end in ("n", "e", "en", "er", "s"))}
    return is_plural(word) and any(map(is_listed, known)) and not single.endswith(("bad", "stadt"))
