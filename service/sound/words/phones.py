"""Spoken German → words → phones, by the rules of phones.tsv.

Rough is enough: the sound decides where a word begins, the phones only say what to look for.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from service.domain import SPOKEN_WORD

SILENCE = "_"
MARKS = frozenset(",;:.!?…–—")  # where a voice pauses

_CLASSES = {"C": "[bcdfghjklmnpqrstvwxzß]", "V": "[aeiouyäöü]"}
_LONGEST_SPELLED = 3  # capitals: USA, EU, SPD; longer ones with vowels are words: NATO
_VOWELS = frozenset("aeiouyäöü")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzäöüß")
_UNKNOWN = ("@",)  # what stands for a word in an alphabet that no rule knows


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of spoken text that holds a letter or a digit.

    `start` and `end` are its place in the text, marks around it left out or not as they stand;
    `phones` is never empty; `pause` tells whether a mark follows.
    """

    start: int
    end: int
    phones: tuple[str, ...]
    pause: bool


def words(spoken: str) -> tuple[Word, ...]:
    """The words of a spoken sentence, in order; none where nothing can be said."""
    return tuple(
        Word(word.start(), word.end(), phones(word[0]), word[0][-1] in MARKS)
        for word in SPOKEN_WORD.finditer(spoken)
    )


@cache
def inventory() -> tuple[str, ...]:
    """Every phone that a rule can name, silence first; the order of the acoustic table."""
    named = {phone for rules in _rules().values() for _, _, sounds in rules for phone in sounds}
    return (SILENCE, *sorted(named))


@lru_cache(maxsize=8192)
def phones(word: str) -> tuple[str, ...]:
    """How a word sounds, part by part where hyphens divide it."""
    sounds = [phone for part in re.split(r"[\W_]+", word) for phone in _part(part)]
    return tuple(sounds) or _UNKNOWN


def _part(part: str) -> list[str]:
    plain = _in_german_letters(part)
    if _is_spelled(part, plain):
        return [phone for letter in plain for phone in _by_rules(letter)]
    return _by_rules(plain)


def _in_german_letters(part: str) -> str:
    """In small German letters; accents that German does not know are dropped."""
    small = unicodedata.normalize("NFC", part).lower()
    return "".join(
        letter
        for char in small
        for letter in (char if char in _LETTERS else unicodedata.normalize("NFD", char)[:1])
        if letter in _LETTERS
    )


def _is_spelled(part: str, plain: str) -> bool:
    has_vowel = any(letter in _VOWELS for letter in plain)
    return not has_vowel or (part.isupper() and len(plain) <= _LONGEST_SPELLED)


def _by_rules(letters: str) -> list[str]:
    text, place = f"#{letters}#", 1
    sounds: list[str] = []
    while place <= len(letters):
        for pattern, length, phones_of_it in _rules()[text[place]]:
            if pattern.match(text, place):
                sounds += phones_of_it
                place += length
                break
        else:
            raise AssertionError(f"phones.tsv has no rule for “{text[place]}”")
    return sounds


@cache
def _rules() -> dict[str, list[tuple[re.Pattern[str], int, tuple[str, ...]]]]:
    """The rules for a stretch that begins with that letter, in the table's order."""
    table = resources.files(__package__).joinpath("phones.tsv").read_text("utf-8")
    rules = defaultdict(list)
    for line in table.splitlines()[1:]:
        before, letters, behind, sounds, _ = line.split("\t")
        pattern = re.compile(f"(?<={_meant(before)}){letters}(?={_meant(behind)})")
        rules[letters[0]].append((pattern, len(letters), tuple(sounds.split())))
    return rules


def _meant(context: str) -> str:
    return "".join(_CLASSES.get(sign, sign) for sign in context)
