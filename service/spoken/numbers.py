"""Numbers in words, by the CLDR's German spell-out rules (unicode-rbnf)."""

from __future__ import annotations

from functools import lru_cache

from unicode_rbnf import FormatPurpose, RbnfEngine

# A number as written: with thousands set off by dot, blank or apostrophe, with decimals, plain.
NUMBER = r"(?:[1-9]\d{0,2}(?:\.\d{3})+(?!\d)|[1-9]\d{0,2}(?:[ '’]\d{3})+(?!\d)|\d+)(?:,\d+)?"
DIGITS = ("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")

MOST_DIGITS = 15  # above that, digit by digit
_RULES = RbnfEngine.for_language("de")
_ENDED_ONE = {
    "eins": "spellout-numbering",
    "ein": "spellout-cardinal-masculine",
    "eine": "spellout-cardinal-feminine",
    "einen": "spellout-cardinal-n",
    "einer": "spellout-cardinal-r",
    "eines": "spellout-cardinal-s",
    "einem": "spellout-cardinal-m",
}


@lru_cache(maxsize=4096)
def cardinal(number: int, *, one: str = "eins") -> str:
    """“einundzwanzig”; `one` is the form that a final 1 takes, as in “einen”."""
    if number < 0:
        return f"minus {cardinal(-number, one=one)}"
    words = _RULES.format_number(number).text_by_ruleset
    return words[_ENDED_ONE[one]].replace("\u00ad", "")


@lru_cache(maxsize=4096)
def ordinal(number: int, *, ending: str = "e") -> str:
    """“siebzehnte” with the ending e, en, er, es or em."""
    words = _RULES.format_number(number, FormatPurpose.ORDINAL).text_by_ruleset
    return words["spellout-ordinal"].replace("\u00ad", "") + ending[1:]


@lru_cache(maxsize=256)
def english_ordinal(number: int) -> str:
    """“third”, “twenty-first”."""
    rules = RbnfEngine.for_language("en").format_number(number, FormatPurpose.ORDINAL)
    return rules.text_by_ruleset["spellout-ordinal"].replace("\u00ad", "")


@lru_cache(maxsize=512)
def year(number: int) -> str:
    """“neunzehnhundertachtundneunzig”, “zweitausenddrei”."""
    if 1100 <= number < 2000:
        rest = cardinal(number % 100) if number % 100 else ""
        return f"{cardinal(number // 100)}hundert{rest}"
    return cardinal(number)


def digits(text: str) -> str:
    """Every digit by its name, with a blank between; other characters are left out."""
    return " ".join(DIGITS[int(letter)] for letter in text if letter in "0123456789")


def number(written: str, *, one: str = "eins") -> str:
    """A number as it is written, in words: thousands marks, decimals, leading zeros."""
    whole, _, decimals = written.partition(",")
    whole = "".join(letter for letter in whole if letter.isdecimal())
    if len(whole) > MOST_DIGITS or (len(whole) > 1 and whole[0] == "0"):
        words = digits(whole)
    else:
        words = cardinal(int(whole), one="eins" if decimals else one)
    return f"{words} Komma {digits(decimals)}" if decimals else words


def value(written: str) -> float:
    """What the written number is worth."""
    whole, _, decimals = written.partition(",")
    whole = "".join(letter for letter in whole if letter.isdecimal())
    return float(f"{whole or 0}.{decimals or 0}")
