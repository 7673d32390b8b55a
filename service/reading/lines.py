"""Pieces of text with line breaks between → lines: what <br> parts, and what it only wraps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.reading.text import words

BREAK = "\n"  # the text of a piece that is a line break
_ENDED = re.compile(r"[.!?:;…][\"“”«»‘’')\]]*$")
_BULLET = re.compile(r"[-*•–▪◦‣·]\s+(?=[\w„»\"(])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that looks the same all over."""

    text: str
    language: str | None = None
    is_link: bool = False
    is_bold: bool = False

    @property
    def letters(self) -> int:
        """How many letters and digits it has."""
        return sum(map(str.isalnum, self.text))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `linked` and `bold` are shares of its letters."""

    text: str
    language: str | None
    linked: float
    bold: float
    is_listed: bool


def lines_of(pieces: Sequence[Piece], *, is_whole: bool = False) -> Iterator[Line]:
    """The lines in the pieces; `is_whole`: they are one, whatever breaks are in it."""
    rows = _rows(pieces)
    if is_whole:
        rows = [[piece for row in rows for piece in (*row, Piece(" "))]]
    groups = [group for group in _grouped(rows) if _text(group)]
    for number, group in enumerate(groups):
        yield _line(group, is_first=number == 0)


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces between the breaks."""
    rows: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.text == BREAK:
            rows.append([])
        else:
            rows[-1].append(piece)
    return rows


def _grouped(rows: Sequence[list[Piece]]) -> list[list[Piece]]:
    """Rows joined where a sentence goes on in the next."""
    groups: list[list[Piece]] = []
    before: list[Piece] = []
    for row in rows:
        if _goes_on(before, row):
            groups[-1] += [Piece(" "), *row]
        else:
            groups.append(list(row))
        before = row
    return groups


def _goes_on(before: Sequence[Piece], row: Sequence[Piece]) -> bool:
    text, following = _text(before), _text(row)
    if not text or not following or _ENDED.search(text) or _BULLET.match(following):
        return False
    if _share(before, is_bold=False) > 0.9 and _share(row, is_bold=False) > 0.9:
        return False  # a list of links
    return _share(before, is_bold=True) < 0.99 or _share(row, is_bold=True) > 0.99


def _line(pieces: Sequence[Piece], *, is_first: bool) -> Line:
    languages = {piece.language for piece in pieces if piece.letters}
    text = _text(pieces)
    is_listed = not is_first and bool(_BULLET.match(text))
    return Line(
        text=_BULLET.sub("", text, count=1) if is_listed else text,
        language=languages.pop() if len(languages) == 1 else None,
        linked=_share(pieces, is_bold=False),
        bold=_share(pieces, is_bold=True),
        is_listed=is_listed,
    )


def _share(pieces: Sequence[Piece], *, is_bold: bool) -> float:
    """Of the letters that are bold, else of those that are links."""
    wanted = [piece.is_bold if is_bold else piece.is_link for piece in pieces]
    told = sum(piece.letters for piece, is_it in zip(pieces, wanted, strict=True) if is_it)
    return told / max(1, sum(piece.letters for piece in pieces))


def _text(pieces: Sequence[Piece]) -> str:
    return words("".join(piece.text for piece in pieces))
