"""Text as Supertonic's graphs take it: one number for each code point that its table knows.

Nothing that has a sound is dropped: letters and digits that the table lacks are transliterated,
and where nothing is left of a word the text is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from anyascii import anyascii

from service.errors import SpeechIncomplete

# What stands in German articles and not in the table, or is read aloud there as a tag.
_MARKS = str.maketrans(
    dict.fromkeys("„“”‟«»", '"')
    | dict.fromkeys("‚‘’‛‹›´`", "'")
    | dict.fromkeys("‐‑−", "-")
    | dict.fromkeys("<>[]{}|/\\_#~^*", " ")
)
_DASH = re.compile(r"\s*[–—―]\s*|\s+-\s+")  # between words it is a breath, as a comma
_BEFORE_MARK = re.compile(r"\s+(?=[,.;:!?])")
_MARKS_IN_A_ROW = re.compile(r"([,;:])(?:\s*[,;:])+|,\s*(?=[.!?])")
_ENDS = (".", "!", "?", "…", ":", ";", ",", '"', "'", ")")


def ids(text: str, table: Sequence[int], *, language: str = "de") -> list[int]:
    """The numbers of a text, in its language's tags; `table` has one for each code point or −1.

    Raises SpeechIncomplete for a letter or digit without a number.
    """
    tagged = f"<{language}>{known(text, table)}</{language}>"
    return [table[ord(char)] for char in tagged]


def known(text: str, table: Sequence[int]) -> str:
    """The text in letters and marks that the table knows, decomposed (NFKD), with a full stop."""
    line = _DASH.sub(", ", text).translate(_MARKS)
    words = (_word(word, table) for word in unicodedata.normalize("NFKD", line).split())
    line = " ".join(" ".join(words).split())
    line = _MARKS_IN_A_ROW.sub(r"\1", _BEFORE_MARK.sub("", line)).lstrip(",;:.!? ")
    return line if line.endswith(_ENDS) else f"{line}."


def _word(word: str, table: Sequence[int]) -> str:
    spoken = "".join(_char(char, table) for char in word)
    if any(map(str.isalnum, word)) and not any(map(str.isalnum, spoken)):
        names = ", ".join(unicodedata.name(char, "unnamed") for char in word[:3])
        raise SpeechIncomplete("letters-unknown", word=word[:40], names=names)
    return spoken


def _char(char: str, table: Sequence[int]) -> str:
    """The character, in other letters if need be; a blank for a sign without a sound."""
    if _has_number(char, table):
        return char
    match unicodedata.category(char)[0]:
        case "M":  # an accent that it does not know, above a letter that it does
            return ""
        case "L" | "N":
            return "".join(letter for letter in anyascii(char) if _has_number(letter, table))
    return " "


def _has_number(char: str, table: Sequence[int]) -> bool:
    return ord(char) < len(table) and table[ord(char)] >= 0
