"""Text as every engine takes it."""

from __future__ import annotations

import re
import unicodedata

LONGEST_WORD = 60  # espeak drops the rest of words of some 160 bytes; German ones end before 50
_QUICKEST_LETTERS_PER_S = 30.0  # newsreaders speak 12 to 16
_SHORT_LETTERS = 4  # may go by in no time
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")


def one_line(text: str) -> str:
    """`text` in one line, NFC, with nothing unprintable and no endless words."""
    composed = unicodedata.normalize("NFC", text)
    printable = "".join(char if char.isprintable() else " " for char in composed)
    return _LONG_WORD.sub(r"\g<0> ", " ".join(printable.split()))


def is_speakable(text: str) -> bool:
    """Whether a letter or digit is in it."""
    return any(map(str.isalnum, text))


def shortest_s(text: str) -> float:
    """The time in which nobody can have said the whole of `text`, zero for the shortest."""
    letters = sum(map(str.isalnum, text)) - _SHORT_LETTERS
    return max(0, letters) / _QUICKEST_LETTERS_PER_S
