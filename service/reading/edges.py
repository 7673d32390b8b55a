"""How lines begin and end: where sentences end, and by which signs items of lists begin."""

from __future__ import annotations

import re

_QUOTES = r"[\"“”«»‘’')\]]*$"
STOPPED = re.compile(rf"[.!?…]{_QUOTES}")  # a sentence ends
ENDED = re.compile(rf"[.!?:…]{_QUOTES}")  # … or announces what follows
PARTED = re.compile(rf"[.!?:;…]{_QUOTES}")  # … or is one of several in a row
_SIGNS, _PRINTED = r"-*•–▪◦‣·", r"-–•▪◦‣·●○■\uf0b7\uf0a7"  # typed, and set by programs
_NUMBERS = r"\d{1,2}[.)]|[a-z]\)"
_BEFORE_TEXT = r"\s+(?=[\w„»\"(])"
BULLET = re.compile(rf"[{_SIGNS}]{_BEFORE_TEXT}")
MARKER = re.compile(rf"(?:[{_SIGNS}]|{_NUMBERS}){_BEFORE_TEXT}")
PRINTED_BULLET = re.compile(rf"[{_PRINTED}]\s+")
PRINTED_MARKER = re.compile(rf"(?:[{_PRINTED}]|{_NUMBERS}){_BEFORE_TEXT}")
