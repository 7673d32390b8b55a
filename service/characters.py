"""Characters that printers and PDF leave in words: soft hyphens, ¬, U+FFFE, ligatures.

The one normaliser: what is read and what is spoken call it. U+FFFE and U+0002 are what PDFium,
and the viewers built on it, leave where a word was divided at the end of a line, ¬ is InDesign's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_TABLE = str.maketrans(_LIGATURES)
_ANY = re.compile(f"[{''.join(_LIGATURES)}\u00ad¬\ufffe\x02]")
# A place where a word may be cut, or was cut at the end of a line.
_CUT = re.compile(
    r"(?<=[^\W\d_])(?P<mark>[\u00ad¬\ufffe\x02]+)(?P<blank>[ \t]*\n?[ \t]*)(?P<next>[^\W_]+)?"
    r"|[\u00ad\ufffe\x02]+"
)
_LINKING = frozenset(["und", "oder", "bis", "bzw", "beziehungsweise", "sowie"])
_DIVIDED = re.compile(r"\w[-‐]$")
_LINKED = re.compile(rf"(?:{'|'.join(_LINKING)})\b")


def mended(text: str) -> str:
    """The text with whole words: “Ge¬ setz” → “Gesetz”, “Groß¬ und” → “Groß- und”, “ﬁ” → “fi”."""
    return _CUT.sub(_whole, text.translate(_TABLE)) if _ANY.search(text) else text


def joined(lines: Sequence[str]) -> str:
    """Lines as one text, with a blank between them; words that a hyphen divides are whole again."""
    parts = list(lines[:1])
    for before, line in pairwise(lines):
        parts[-1], blank = _seam(before, line, parts[-1])
        parts.append(blank + line)
    return "".join(parts)


def _whole(cut: re.Match[str]) -> str:
    mark, blank, following = cut["mark"], cut["blank"] or "", cut["next"]
    if mark is None:
        return ""
    if not following:
        return blank
    if blank and following in _LINKING:
        return f"- {following}"
    is_hyphen = bool(blank) or "\u00ad" not in mark  # a soft one inside a word only tells where
    return f"-{following}" if is_hyphen and not following[0].islower() else following


def _seam(first: str, second: str, part: str) -> tuple[str, str]:
    """What is kept of the first line's part, and what stands before the second line."""
    if not _DIVIDED.search(first) or _LINKED.match(second):
        return part, " "
    last = re.split(r"[\s-]", first[:-1])[-1]
    keeps = not second[:1].islower() or last.isdigit() or (len(last) > 1 and last.isupper())
    return (part if keeps else part[:-1]), ""
