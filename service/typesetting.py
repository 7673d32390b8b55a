"""Text as it was set for print → as it was written: ligatures, and words divided at line ends.

What a PDF, or what was copied out of one, leaves in the place of a hyphen is a soft hyphen, a
not sign (InDesign), U+FFFE or U+0002 (PDFium and the viewers that are built on it).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st",
}  # fmt: skip
_AND = r"(?:und|oder|bzw\.|sowie|bis|beziehungsweise)\b"
_MARKED = re.compile(rf"(?<=[^\W\d_])([\xad¬\ufffe\x02])([ \t]*\n?[ \t]*)(?=({_AND})|([^\W_])|)")
_SET = re.compile("[\xad¬\ufffe\x02\ufb00-\ufb06]")
_LEFT = re.compile("[\xad\ufffe\x02]")
_DIVIDED = re.compile(r"\w[-‐]$")
_KEPT = re.compile(_AND)


def whole(text: str) -> str:
    """The text with ligatures as letters, and without the marks of divided words.

    The two parts of a word are joined, also over a line break; a mark before a capital or
    before “und” was a hyphen.
    """
    if not _SET.search(text):
        return text
    return _LEFT.sub("", _MARKED.sub(_rejoined, text.translate(_LIGATURES)))


def joined(lines: Sequence[str]) -> str:
    """Lines as one text, with a blank between them; divided words are whole again."""
    parts = list(lines[:1])
    for before, line in pairwise(lines):
        parts[-1], blank = _seam(before, line, parts[-1])
        parts.append(blank + line)
    return "".join(parts)


def _rejoined(mark: re.Match[str]) -> str:
    sign, gap, conjunction, letter = mark.groups()
    if sign == "\xad" and not gap:
        return ""  # it only says where the word may be divided
    if conjunction and gap:
        return "- "
    if letter is None and not conjunction:
        return mark[0] if sign == "¬" else gap
    return "-" if letter and (letter.isupper() or letter.isdigit()) else ""


def _seam(first: str, second: str, part: str) -> tuple[str, str]:
    """What is kept of the first line's part, and what stands before the second line."""
    if not _DIVIDED.search(first) or _KEPT.match(second):
        return part, " "
    last = re.split(r"[\s-]", first[:-1])[-1]
    keeps = not second[:1].islower() or last.isdigit() or (len(last) > 1 and last.isupper())
    return (part if keeps else part[:-1]), ""
