"""Text as every engine takes it."""

from __future__ import annotations

import re
import unicodedata

LONGEST_WORD = 60  # espeak drops the rest of words of some 160 bytes; German ones end before 50
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")


def plain(text: str) -> str:
    """`text` in one line, NFC, with nothing unprintable and no endless words."""
    composed = unicodedata.normalize("NFC", text)
    printable = "".join(char if char.isprintable() else " " for char in composed)
    return _LONG_WORD.sub(r"\g<0> ", " ".join(printable.split()))


def is_speakable(text: str) -> bool:
    """Whether a letter or digit is in it."""
    return any(map(str.isalnum, text))
