"""Roman numerals: Elisabeth II., Kapitel IV, im XIX. Jahrhundert, der II. Weltkrieg."""

from __future__ import annotations

import re

from service.spoken.cases import is_object
from service.spoken.context import is_last, noun_after, words_before
from service.spoken.endings import ordinal_ending
from service.spoken.government import PREPOSITIONS, Case, government
from service.spoken.numbers import cardinal, ordinal, year
from service.spoken.tables import words

_ROMAN_NUMBER = r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_ADJECTIVE = re.compile(rf"(?<![\w.])({_ROMAN_NUMBER})\.(?=\s[A-ZÄÖÜ][a-zäöü])")
_WITH_ARTICLE = re.compile(
    rf"(?<=\b(?:[dD]er|[dD]em|[dD]en|[dD]es|[dD]ie) )(?P<roman>{_ROMAN_NUMBER})\.(?=\s[a-zäöü]|,|$)"
)
_SERIES = re.compile(
    rf"(?<![\w.-])(?P<first>{_ROMAN_NUMBER})(?P<to>\.?(?:\s?[–/-]\s?|, | und | oder | bis ))"
    rf"(?=[IVX]{{2,5}}\b|V\b)"
)
_REGNAL = re.compile(
    rf"(?P<name>\b[A-ZÄÖÜ][\w’-]*[a-zäöüß](?P<owns>['’])?)\s(?P<roman>{_ROMAN_NUMBER})(?P<dot>\.?)(?![\w-])"
)
_BARE = re.compile(rf"(?<![\w.])({_ROMAN_NUMBER})(?P<dot>\.?)(?![\w.])")
_ANY_ROMAN = re.compile(r"\b[IVXLCDM]+\b")
_COUNTED = frozenset(
    """
    kapitel teil band akt buch stufe sekundarstufe klasse phase abschnitt typ gruppe artikel
    hartz liga bundesliga anlage anhang tafel abteilung variante serie version kategorie
        klassen absatz satz titel mark rocky wars episode rambo staffel klassen teile bände
        szenen stufen akte abschnitte bücher szene station bezirk diabetes
    apollo modell zone block reihe schicht ebene welle los geschoss eta tier säule
    senat kammer saal raum halle zimmer münchen
    """.split()
)
_RULERS = words("rulers.tsv")
_QUEENS = words("rulers.tsv", marked="queen")
_GOVERNORS = PREPOSITIONS | {"den", "der", "des"}
_SIBILANTS = ("s", "ß", "x", "z")
_ARTICLES: tuple[dict[Case, str], dict[Case, str]] = (
    {"nominative": "der", "genitive": "des", "dative": "dem", "accusative": "den"},
    {"nominative": "die", "genitive": "der", "dative": "der", "accusative": "die"},
)
_SIZES = frozenset(["XL", "LI", "LX", "XX"])  # “Größe XL”: letters, if no ruler's number
_NAME_WORD = re.compile(r"[\w’-]+[,.]?")
_FIRST = re.compile(r"\b[a-zäöü]+(?:st|t|ritt)(e[nrs]?) (?:und|bis|oder) $")
_VERB_AND_TWO = re.compile(r"\b[a-zäöüß]+ der [A-ZÄÖÜ][\w-]+ [A-ZÄÖÜ][\w-]+ $")
_CAPITAL_BEFORE = re.compile(r"[A-ZÄÖÜ][\w’-]* $")


_WORTH = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_LONG_ROMAN = re.compile(
    r"(?<![\w.-])(?=[IVXLCDM]{4,}\b)"
    r"(M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?!\w)"
)


def say_romans(text: str) -> str:
    """The text with its Roman numerals in words."""
    if not _ANY_ROMAN.search(text):
        return text
    text = _SERIES.sub(_series, text)
    text = _ADJECTIVE.sub(_adjective, text)
    text = _LONG_ROMAN.sub(_long, text)
    text = _WITH_ARTICLE.sub(_with_article, text)
    text = _REGNAL.sub(_regnal, text)
    return _BARE.sub(_bare, text)


def roman(written: str) -> int:
    """The worth of a Roman numeral."""
    worth = [_WORTH[letter] for letter in written]
    return sum(-a if a < b else a for a, b in zip(worth, [*worth[1:], 0], strict=True))


def _adjective(match: re.Match[str]) -> str:
    before = re.search(r"([\w’-]+)\s+$", match.string[: match.start()])
    name = before[1] if before else ""
    if name[:1].isupper() and {name.lower(), name.lower().removesuffix("s")} & _RULERS:
        return match[0]
    ending = _ending_of_first(match) or ordinal_ending(match.string, match.start(), match.end())
    spoken = ordinal(roman(match[1]), ending=ending)
    return spoken.capitalize() if noun_after(match.string, match.end()) == "Weltkrieg" else spoken


def _ending_of_first(match: re.Match[str]) -> str:
    """The second of “das neunzehnte und XX. Jahrhundert” takes the form of the first."""
    first = _FIRST.search(match.string, max(0, match.start() - 60), match.start())
    return first[1] if first else ""


def _regnal(match: re.Match[str]) -> str:
    name, written, dot = match["name"], match["roman"], match["dot"]
    bare = name.rstrip("'’")
    low = bare.lower()
    stop = "." if dot and is_last(match) else ""
    if low in _COUNTED or low.rpartition("-")[2] in _COUNTED:
        return f"{name} {cardinal(roman(written))}{stop}"
    stem = low.removesuffix("s")
    is_ruler = low in _RULERS or stem in _RULERS
    if written in _SIZES and not is_ruler:
        return match[0]
    if not is_ruler and not (dot and len(written) > 1):
        return match[0] if len(written) == 1 else f"{name} {cardinal(roman(written))}{stop}"
    return f"{_said_name(match, bare, stem)}{stop}"


def _said_name(match: re.Match[str], bare: str, stem: str) -> str:
    """The name with its article and number: “dem Zweiten”, “Leopolds des Ersten”."""
    is_queen = stem in _QUEENS or bare.lower() in _QUEENS
    is_owner = match["owns"] or (bare.lower() not in _RULERS and bare.lower().endswith("s"))
    case = "genitive" if is_owner else _case(match, is_queen=is_queen)
    is_short = case == "genitive" and not is_owner and not bare.endswith(_SIBILANTS)
    ends_in_n = case in {"genitive", "dative"} or (case == "accusative" and not is_queen)
    number = ordinal(roman(match["roman"]), ending="en" if ends_in_n else "e").capitalize()
    return f"{bare}{'s' * is_short} {_ARTICLES[is_queen][case]} {number}"


def _case(match: re.Match[str], *, is_queen: bool) -> Case:
    """By the preposition or article before the whole name, or the verb that it follows."""
    governor = _governor(match)
    if governed := government(governor, "name"):
        return governed
    if governor == "des" or (governor == "der" and is_queen):
        return "genitive"
    if governor == "der":
        return "accusative" if _is_met_by_another(match) else "nominative"
    return "accusative" if governor == "den" or _is_met(match) else "nominative"


def _governor(match: re.Match[str]) -> str:
    """The word before the whole name and its titles, in small letters; or one that starts."""
    before = match.string[max(0, match.start() - 80) : match.start()]
    for word in reversed(_NAME_WORD.findall(before)[-5:]):
        low = str(word).lower()
        if word[-1] in ",.":
            return ""
        if word[0].islower() or low in _GOVERNORS:
            return low
    return ""


def _long(match: re.Match[str]) -> str:
    """Four letters and more: an inscription's year, else a count; rulers are left to others."""
    before = words_before(match.string, match.start())
    if before and {before[0].rstrip("'’"), before[0].removesuffix("s")} & _RULERS:
        return match[0]
    number = roman(match[1])
    return year(number) if number >= 1000 else cardinal(number)


def _bare(match: re.Match[str]) -> str:
    written = match[1]
    lead = next(iter(words_before(match.string, match.start())), "")
    if len(written) < 2 and lead not in _COUNTED:
        return match[0]
    if written in _SIZES:
        return match[0]
    dot = "" if match.string[match.end() : match.end() + 1] == "-" else match["dot"]
    return f"{cardinal(roman(written))}{dot}"


def _is_met(match: re.Match[str]) -> bool:
    """Whether the name and its titles follow a verb that has its subject: “Er traf Karl III.”"""
    start = match.start()
    while before := _CAPITAL_BEFORE.search(match.string, max(0, start - 40), start):
        start = before.start()
    return start > 0 and is_object(match.string, start)


def _is_met_by_another(match: re.Match[str]) -> bool:
    """“Dort traf der Kaiser Papst Leo XIII.”: two titles behind a verb are two people."""
    return bool(_VERB_AND_TWO.search(match.string, max(0, match.start() - 60), match.start()))


def _with_article(match: re.Match[str]) -> str:
    ending = ordinal_ending(match.string, match.start(), match.end())
    return ordinal(roman(match["roman"]), ending=ending).capitalize()


def _series(match: re.Match[str]) -> str:
    """The first of “Kapitel I–III”, “XIX. und XX. Jahrhundert”."""
    to = match["to"].strip(" .")
    joint = {"–": " bis ", "-": " bis ", "/": " und ", ",": ", "}.get(to, f" {to} ")
    if not match["to"].startswith("."):
        return cardinal(roman(match["first"])) + joint
    ending = ordinal_ending(match.string, match.start(), match.end())
    return ordinal(roman(match["first"]), ending=ending) + joint
