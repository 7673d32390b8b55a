"""Fractions: 1/3, 2 ½, a 2/3-Mehrheit, 4/5 Sterne."""

from __future__ import annotations

import re

from service.spoken.cases import case_at, ein, half
from service.spoken.context import lead, of_numbers
from service.spoken.numbers import cardinal, number, year
from service.spoken.units import UNIT, UNITS

_VULGAR = re.compile(r"(\d)?\s?([½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅒])")
_VULGARS = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5",
    "⅗": "3/5", "⅘": "4/5", "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8",
    "⅞": "7/8", "⅒": "1/10",
}  # fmt: skip
_FRACTION = re.compile(
    r"(?<![\w.,/])(?P<minus>(?<!\w)[-−–])?(?:(?P<whole>\d{1,3})\s)?(?P<upper>\d{1,2})"
    r"/(?P<lower>\d{1,3}(?:\.\d{3})+|\d{1,4})"
    rf"(?![\w/]|,\d)(?:-(?P<noun>[^\W\d][\w-]*)|\s?(?P<unit>{UNIT})(?![\w²³/]))?"
)
_RATED = re.compile(r"\s(?:(?:Stern|Punkt|Tor|Spiel|Herz)en?|Zählern?|Fragen)\b")
# “Folge 4/6” is the fourth of six, “Zimmer 4/6” neither that nor a fraction.
_OF_SEVERAL = frozenset(
    "band episode etappe folge kapitel lektion runde seite staffel tag teil".split()
)
_NAMED = frozenset(
    """
    absatz ausgabe az haus hausnummer heft nr nummer raum saal saison straße weg wohnung zelle
    zimmer
    """.split()
)
_OF = re.compile(r"\s(?:de[rs]|aller|davon|von|ihre[rs]|seine[rs]|unsere[rs])\b")
_SECOND = re.compile(r"\s(?:Sekunden?\b|Sek\.)")  # “1/125 Sekunde”
_NOUN = re.compile(r"\s([A-ZÄÖÜ][\w-]*)")
_ARTICLES = frozenset("ein eine einen einem einer eines".split())
_ROUND = frozenset([24, 25, 30, 32, 40, 48, 50, 60, 64, 100, 1000])
_DATES = frozenset([(9, 11), (24, 7)])
_MEASURES = frozenset("Gramm Jahr Kilo Liter Meter Million Milliarde Pfund Stunde Zoll".split())


@of_numbers
def say_fractions(text: str) -> str:
    """The text with its fractions in words, halves by gender and case."""
    if any(sign in text for sign in _VULGARS):
        text = _VULGAR.sub(_written_out, text)
    return _FRACTION.sub(_fraction, text)


def _written_out(match: re.Match[str]) -> str:
    """½ as 1/2, apart from the number or word before it."""
    blank = " " if match[1] or match[0][0].isspace() else ""
    return f"{match[1] or ''}{blank}{_VULGARS[match[2]]}"


def _fraction(match: re.Match[str]) -> str:
    if match["minus"]:
        return "minus " + _unsigned(match)
    return _unsigned(match)


def _unsigned(match: re.Match[str]) -> str:
    upper, lower = int(match["upper"]), int(match["lower"].replace(".", ""))
    if two := _as_two_numbers(match, upper, lower):
        return two
    is_second = match["unit"] == "s" or _SECOND.match(match.string, match.end())
    if lower >= 10 and not match["whole"] and is_second:
        article = ein("Sekunde", case_at(match.string, match.start()))
        unit = " Sekunde" if match["unit"] else ""
        return f"{article if upper == 1 else cardinal(upper)} {part_name(lower).lower()}{unit}"
    is_round = lower < 21 or lower in _ROUND or (lower <= 100 and match["noun"])
    is_part = is_round or "." in match["lower"] or (upper == 1 and lead(match) not in _NAMED)
    if not is_part:
        return _no_parts(match, upper, lower)
    return (_compound if match["noun"] else _free)(match, upper, lower)


def _as_two_numbers(match: re.Match[str], upper: int, lower: int) -> str:
    """What is no fraction: a year's issue, so many of so many, a ratio; else ""."""
    whole = f"{match['whole']} " if match["whole"] else ""
    joint = ""
    if 1900 <= lower < 2100 and "." not in match["lower"]:
        return f"{whole}{cardinal(upper)} {year(lower)}{_tail(match)}"
    is_rated = _RATED.match(match.string, match.end()) and not whole
    if is_rated or (lead(match) in _OF_SEVERAL and upper <= lower):
        return f"{cardinal(upper)} von {cardinal(lower)}"
    if (upper, lower) in _DATES or (lower == upper + 1 > 10 and not match["noun"]):
        joint = " "  # “9/11”, “Saison 23/24”
    elif lower < 2 or match["lower"][0] == "0" or (upper >= lower and lower not in {2, 4, 8, 16}):
        joint = " zu "
    return f"{whole}{cardinal(upper)}{joint}{cardinal(lower)}{_tail(match)}" if joint else ""


def _no_parts(match: re.Match[str], upper: int, lower: int) -> str:
    """Two numbers: “sechs siebenundvierzig”, “drei Schrägstrich hundertzwei”."""
    whole = f"{match['whole']} " if match["whole"] else ""
    joint = " Schrägstrich " if lower > 100 else " "
    return f"{whole}{cardinal(upper)}{joint}{cardinal(lower)}{_tail(match)}"


def _tail(match: re.Match[str]) -> str:
    if match["noun"]:
        return f"-{match['noun']}"
    return f" {UNITS[match['unit']][1]}" if match["unit"] else ""


def part_name(lower: int) -> str:
    """“Drittel”, “Sechzehntel”, “Zwanzigstel”, “Hundertstel”."""
    special = {2: "Halb", 3: "Drittel", 7: "Siebtel", 8: "Achtel"}.get(lower)
    name = cardinal(lower).removeprefix("ein") if lower in {100, 1000} else cardinal(lower)
    return special or f"{name}{'tel' if lower < 20 else 'stel'}".capitalize()


def _compound(match: re.Match[str], upper: int, lower: int) -> str:
    """“Zweidrittelmehrheit”, “Achtelfinale”, “eineinhalbjährig”."""
    noun, whole = match["noun"], match["whole"]
    first = "" if upper == 1 and not whole else cardinal(upper, one="ein")
    spoken = (number(whole, one="ein") if whole else "") + first + part_name(lower).lower()
    if noun[0].islower():
        return spoken + noun
    joined = f"-{noun}" if "-" in noun else noun.lower()
    return f"{spoken[0].upper()}{spoken[1:]}{joined}"


def _free(match: re.Match[str], upper: int, lower: int) -> str:
    """A fraction by itself or before its noun."""
    single, many = UNITS[match["unit"]] if match["unit"] else ("", "")
    if match["whole"]:
        spoken = _mixed(match["whole"], upper, lower)
        return f"{spoken} {many}" if many else spoken
    noun = single or _noun_after(match)
    if lower == 2:
        return f"{_half(match, noun)} {single}".rstrip()
    is_measured = noun in _MEASURES and lower == 4
    name = "viertel" if is_measured else part_name(lower)
    case = case_at(match.string, match.start())
    name += "n" * (upper > 1 and case == "dative" and not single)
    article = ein(noun if is_measured else "Drittel", case)
    count = cardinal(upper) if upper > 1 else "" if lead(match) in _ARTICLES else article
    return " ".join(part for part in (count, name, single) if part)


def _noun_after(match: re.Match[str]) -> str:
    following = _NOUN.match(match.string, match.end())
    noun = following[1] if following else ""
    return noun.removesuffix("n") if noun in {"Stunden", "Millionen"} else noun


def _mixed(whole: str, upper: int, lower: int) -> str:
    """“zweieinhalb”, “fünfdreiviertel”, “drei zwei Drittel”."""
    count = number(whole, one="ein")
    if lower == 2:
        return f"{count}einhalb"
    if lower == 4:
        return f"{count}{cardinal(upper, one='ein')}viertel"
    return f"{number(whole)} {cardinal(upper, one='ein')} {part_name(lower)}"


def _half(match: re.Match[str], noun: str) -> str:
    before, case = lead(match), case_at(match.string, match.start())
    if _OF.match(match.string, match.end()):
        return "der Hälfte" if case == "dative" else "die Hälfte"
    if not noun:
        return "ein halb"
    spoken = half(noun, "nominative" if before in {"ein", "eine"} else case)
    return spoken.partition(" ")[2] if before in _ARTICLES else spoken
