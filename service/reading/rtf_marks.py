"""Struck and deleted words of a rich text, cut out of its source (RTF 1.9, character formatting).

Formatting holds to the end of its group, to its switching off, or to `\\plain`.
"""

from __future__ import annotations

import re

from striprtf.striprtf import destinations

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<value>-?\d{1,10})? ?|\\'[0-9a-fA-F]{2}|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|[\r\n]+|[^\\{}\r\n]+|\\",
)
_STRIKES = frozenset({"strike", "striked", "deleted"})
_SPOKEN = frozenset(
    "u tab emdash endash emspace enspace qmspace bullet lquote rquote ldblquote rdblquote".split()
)


class _Scan:
    """The source as it is read on: what is kept, what was struck, and what holds at the moment."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.struck: list[list[str]] = [[]]
        self._strikes: frozenset[str] = frozenset()
        self._is_unseen = False
        self._around: list[tuple[frozenset[str], bool]] = []

    def read(self, token: re.Match[str]) -> None:
        """Takes the next token."""
        word, brace = token["word"], token["brace"]
        if brace:
            self._turn(brace)
        elif word and word not in _SPOKEN:
            self._format(word, token["value"])
        elif token["sign"] == "*":
            self._is_unseen = True
        elif self._strikes and not self._is_unseen:
            self.struck[-1].append(token[0])
            return
        self.kept.append(token[0])
        if word not in _STRIKES and (word in {"par", "line", "cell", "row"} or not self._strikes):
            self._end()

    def _turn(self, brace: str) -> None:
        if brace == "{":
            self._around.append((self._strikes, self._is_unseen))
        elif self._around:
            self._strikes, self._is_unseen = self._around.pop()

    def _format(self, word: str, value: str | None) -> None:
        if word in destinations:
            self._is_unseen = True
        elif word == "plain":
            self._strikes = frozenset()
        elif word in _STRIKES:
            is_off = value is not None and not int(value)
            self._strikes = self._strikes - {word} if is_off else self._strikes | {word}

    def _end(self) -> None:
        if self.struck[-1]:
            self.struck.append([])


def without_struck(source: str) -> tuple[str, list[str]]:
    """A rich text without what is struck or deleted in it, and the sources of that."""
    if not any(f"\\{word}" in source for word in _STRIKES):
        return source, []
    scan = _Scan()
    for token in _TOKEN.finditer(source):
        scan.read(token)
    return "".join(scan.kept), ["".join(part) for part in scan.struck if part]
