"""Numbers that count an item or a chapter: “1. Öffnen Sie …”, and a heading's “2 Methode”."""

from __future__ import annotations

import re

from service.spoken.dates import is_month
from service.spoken.full_stops import STARTERS
from service.spoken.nouns import is_listed, is_plural
from service.spoken.numbers import cardinal, ordinal
from service.spoken.romans import roman
from service.spoken.tables import words
from service.spoken.units import UNIT_NAMES

_COUNTED = words("counted.tsv")
_ENDS = tuple(noun.lower() for noun in _COUNTED if len(noun) > 3)
_AMOUNTS = UNIT_NAMES | frozenset(
    """
    Billion Dollar Euro Frau Jahr Jahrhundert Jahrzehnt Kind Mann Mark Milliarde Million Monat
    Mensch Person Prozent Rezept Stück Tag Toter Tote Verletzter Woche
    """.split()
)
_WORD = r"(?P<word>[„»\"‚(]?[^\W\d_][\w’-]*)"
_AMOUNT = r"(?P<amount>(?:\d{1,3}(?:\.\d{3})+|[\d,½¼¾]+)(?= ?[^\W\d_]))"
_ITEM = re.compile(rf"(?P<number>\d{{1,2}})(?:\.\)|[.)])\s+(?:{_WORD}|{_AMOUNT})")
_LETTER = re.compile(r"(?:(?<=\s)|^)(?P<letter>[a-z])\)\s+(?=\S)")
_CHAPTER = re.compile(
    rf"(?P<number>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}|(?=[IVX])X{{0,2}}(?:IX|IV|V?I{{0,3}}))(?P<dot>[.)]?)\s+{_WORD}"
)


def list_number(number: int) -> str:
    """What is said before an item of a numbered list: “Erstens”, “Einundzwanzigstens”."""
    return f"{ordinal(number).capitalize()}ns"


def numbered(number: int, spoken: str) -> str:
    """An item as it is spoken with its number: “Erstens: Öffnen …”."""
    return f"{list_number(number)}: {spoken[0].upper()}{spoken[1:]}" if spoken else ""


def say_item(text: str) -> str:
    """The text with a list's number at its beginning: “Erstens: Öffnen …”, “d: Parks”.

    What is counted keeps its ordinal: “1. Bundesliga”, “3. Oktober”.
    """
    text = _LETTER.sub(_letter, text)
    item = _ITEM.match(text)
    if not item:
        return text
    if item["word"] and _is_counted(item["word"]) and ")" not in item[0]:
        return text
    return numbered(int(item["number"]), text[item.start(item.lastgroup or "word") :])


def _letter(match: re.Match[str]) -> str:
    """“a) …, b) …”; a bracket that was opened before is closed by it."""
    before = match.string[: match.start()]
    return match[0] if before.count("(") > before.count(")") else f"{match['letter']}: "


def say_chapter(text: str) -> str:
    """A heading with its number: “Eins: Der Anfang”, “Eins Punkt zwei: Umsatz”."""
    chapter = _CHAPTER.match(text)
    if not chapter or not _numbers_a_title(chapter):
        return text
    written = chapter["number"]
    parts = map(int, written.split(".")) if written[0].isdecimal() else [roman(written)]
    spoken = " Punkt ".join(map(cardinal, parts))
    return f"{spoken[0].upper()}{spoken[1:]}: {text[chapter.start('word') :]}"


def _numbers_a_title(chapter: re.Match[str]) -> bool:
    """Whether it is no ordinal (“2. Bundesliga”), no amount (“5 Tipps”), no letter (“I am”)."""
    word, number = chapter["word"], chapter["number"]
    if chapter["dot"] == ")" or "." in number:
        return True
    if chapter["dot"]:
        return not _is_counted(word)
    if not number[0].isdecimal():
        return len(number) > 1 and word[0].isupper()
    return word[0].isupper() and word not in _AMOUNTS and _is_no_amount(number, word)


def _is_no_amount(number: str, word: str) -> bool:
    return (number == "1" and not is_plural(word)) or (is_listed(word) and not is_plural(word))


def _is_counted(word: str) -> bool:
    """Whether a word behind “1.” makes it an ordinal: “FC”, “Hauptrunde”, “Mai”, “deutsche”."""
    bare = word.strip('„»"‚(')
    if bare[0].islower() or word != bare:
        return word == bare and word not in STARTERS  # “3. deutscher Meister”, “1. die Ordnung”
    return bare in _COUNTED or is_month(bare) or bare.lower().endswith(_ENDS)
