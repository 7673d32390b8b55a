"""Characters that printers and PDF leave in words: soft hyphens, ¬, U+FFFE, ligatures.

The one normaliser: what is read and what is spoken call it.
"""

from __future__ import annotations

import re

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_TABLE = str.maketrans(_LIGATURES)
_LIGATURE = re.compile(f"[{''.join(_LIGATURES)}]")
# A place where a word may be cut, or was cut at the end of a line.
_CUT = re.compile(
    r"(?<=[^\W\d_])[\u00ad¬\ufffe]+(?P<blank>\s*)(?P<next>[^\W\d_]+)?|[\u00ad\ufffe]+"
)
_LINKING = frozenset(["und", "oder", "bis", "bzw", "beziehungsweise", "sowie"])


def mended(text: str) -> str:
    """The text with whole words: “Ge¬ setz” → “Gesetz”, “Groß¬ und” → “Groß- und”, “ﬁ” → “fi”."""
    if _LIGATURE.search(text):
        text = text.translate(_TABLE)
    return _CUT.sub(_joined, text)


def _joined(match: re.Match[str]) -> str:
    following = match["next"]
    if not following:
        return match["blank"] or ""
    if match["blank"] and following in _LINKING:
        return f"- {following}"
    return f"-{following}" if match["blank"] and following[0].isupper() else following
