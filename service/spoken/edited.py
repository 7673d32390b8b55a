"""Editors' marks within words: “(Queer-)Feminismus”, “D[ie] Lage”, “(un)möglich”."""

from __future__ import annotations

import re

_IN_SQUARE = re.compile(
    r"(?<=[^\W\d_])\[([^\W\d_]{2,})\]|(?<=[^\W\d_])\[([^\W\d_])\](?=[^\W\d_])"
    r"|(?<![\w.])\[([^\W\d_]+)\](?=[a-zäöüß])"
)
_FORE = re.compile(r"\((?P<part>[^\W\d_]+)-\)-?(?P<word>[^\W\d_]+)")
_ADDED = re.compile(r"(?<![^\W\d_])\((?P<part>[^\W\d_]{2,})\)(?=[a-zäöüß])")
_WITHIN = re.compile(
    r"(?<=[a-zäöüß]{2})\((?:([a-zäöüß]{1,3})\)(?![A-ZÄÖÜ])|([a-zäöüß]{4,})\)(?=[a-zäöüß]))"
)
_AFTER = re.compile(r"(?<=[a-zäöüß])\(-([a-zäöüß]+)\)")


def say_square(text: str) -> str:
    """What an editor put into a quotation is part of its word."""
    return _IN_SQUARE.sub(lambda m: m[1] or m[2] or m[3], text) if "[" in text else text


def say_edited(text: str) -> str:
    """Parts of a word in brackets as if they stood without."""
    if "(" not in text:
        return text
    text = _FORE.sub(_fore, text)
    text = _ADDED.sub(lambda match: match["part"], text)
    return _AFTER.sub(r"\1", _WITHIN.sub(lambda m: m[1] or m[2], text))


def _fore(match: re.Match[str]) -> str:
    """“Mitschuld”, but “EU-Bürger”."""
    part, word = match["part"], match["word"]
    return f"{part}-{word}" if part.isupper() and len(part) > 1 else part + word.lower()
