"""Pieces of text with line breaks between → lines: what <br> parts, and what it only wraps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.reading.edges import BULLET, PARTED, STOPPED
from service.reading.text import words

BREAK = "\n"  # the text of a piece that is a line break
_LINE = 60  # characters; longer lines are wrapped prose, not verse nor address
_TWICE = re.compile(r",(?: ,)+")  # around what was cut out


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
    number = 0
    for run in _runs(rows):
        for group in [_verse(run)] if _is_verse(run) else _grouped(run):
            if _text(group):
                yield _line(group, is_first=number == 0)
                number += 1


def _runs(rows: Sequence[list[Piece]]) -> Iterator[list[list[Piece]]]:
    """The rows between the empty ones; short ones apart from long ones that end."""
    run: list[list[Piece]] = []
    for row in rows:
        if run and (not _text(row) or _is_apart(run[-1], row)):
            yield run
            run = []
        if _text(row):
            run.append(row)
    if run:
        yield run


def _is_apart(before: Sequence[Piece], row: Sequence[Piece]) -> bool:
    """Whether a row begins anew behind what is no line of verse, or is none itself."""
    text = _text(before)
    bold, following = _share(before, is_bold=True), _share(row, is_bold=True)
    is_label = bold > 0.99 > following or (following > 0.99 and bold == 0)
    return is_label or (bool(PARTED.search(text)) and max(len(text), len(_text(row))) > _LINE)


def _is_verse(rows: Sequence[list[Piece]]) -> bool:
    """Whether each row is a line for itself, as in verse and addresses."""
    texts = [_text(row) for row in rows]
    if len(texts) < 2 or max(map(len, texts)) > _LINE or any(map(BULLET.match, texts)):
        return False
    is_links = all(_share(row, is_bold=False) > 0.9 for row in rows)
    return not is_links and not all(map(STOPPED.search, texts[:-1]))


def _verse(rows: Sequence[list[Piece]]) -> list[Piece]:
    """The rows as one, with the breaks that mean something."""
    return [piece for row in rows for piece in (Piece(BREAK), *row)][1:]


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
    if not text or not following or PARTED.search(text) or BULLET.match(following):
        return False
    if _share(before, is_bold=False) > 0.9 and _share(row, is_bold=False) > 0.9:
        return False  # a list of links
    return _share(before, is_bold=True) < 0.99 or _share(row, is_bold=True) > 0.99


def _line(pieces: Sequence[Piece], *, is_first: bool) -> Line:
    languages = {piece.language for piece in pieces if piece.letters}
    text = _text(pieces)
    is_listed = not is_first and bool(BULLET.match(text))
    return Line(
        text=BULLET.sub("", text, count=1) if is_listed else text,
        language=languages.pop() if len(languages) == 1 else None,
        linked=_share(pieces, is_bold=False),
        bold=_share(pieces, is_bold=True),
        is_listed=is_listed,
    )


def _share(pieces: Sequence[Piece], *, is_bold: bool) -> float:
    """Of the letters that are bold, else of those that are links."""
    wanted = [piece.is_bold if is_bold else piece.is_link for piece in pieces]
    letters = sum(piece.letters for piece, is_it in zip(pieces, wanted, strict=True) if is_it)
    return letters / max(1, sum(piece.letters for piece in pieces))


def _text(pieces: Sequence[Piece]) -> str:
    """The words of the pieces; a break that is left among them means something."""
    lines = "".join(piece.text for piece in pieces).split(BREAK)
    return BREAK.join(_TWICE.sub(",", line) for line in map(words, lines) if line)
