"""What stands around the text of a PDF's pages: notes, captions, contents, marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from service.codes import Reason
from service.reading.pdf.lines import Line, rows

_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3}|[a-z]\))(?:[.)]|\s|(?=[A-ZÄÖÜ„»]))\s*\S")
_NOTE_SIZE = 0.93  # of the body's: notes are set smaller
_CAPTION = re.compile(
    r"(?:(?:Abb(?:ildung|\.)|Tab(?:elle|\.)|Grafik|Fig(?:ur|\.)|Schaubild)\s*\d+[a-z]?\s*[.:–—-]?\s"
    r"|(?:Foto|Bild|Quelle|Grafik)\s*:).*"
)
_LEADERS = re.compile(r"(?:\.\s?){3,}\s*(?:\d{1,4}|[ivxlc]+)$|(?:…\s?)+\s*\d{1,4}$")
_CONTENTS = re.compile(r"(?:inhalt|inhaltsverzeichnis|inhaltsübersicht|contents)\W*", re.IGNORECASE)
_RAISED, _SMALLER = 0.15, 0.85  # of the size of the letters beside them
_MARK = re.compile(r"[\d*†‡,)]{1,5}")
_EXPONENT = str.maketrans("0123456789-+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")
_POWERED = re.compile(r"(?:\d|(?<![^\W\d_])(?:[kcdm]?m|[^\W\d_]))$")


def without_notes(column: Sequence[Line], body_size: float) -> list[Line]:
    """A column's lines; footnotes at its end and captions in it have their reason."""
    lines = [_captioned(line, body_size) for line in column]
    start = len(lines)
    while start and lines[start - 1].size <= _NOTE_SIZE * body_size:
        start -= 1
    first = next((at for at in range(start, len(lines)) if _NOTE.match(lines[at].text)), None)
    if first is None:
        return lines
    notes = [replace(line, reason=line.reason or Reason.FOOTNOTE) for line in lines[first:]]
    return lines[:first] + notes


def begins_note(text: str) -> bool:
    """Whether a line begins with the mark of a note."""
    return bool(_NOTE.match(text))


def _captioned(line: Line, body_size: float) -> Line:
    is_caption = line.size <= _NOTE_SIZE * body_size and _CAPTION.fullmatch(line.text)
    return replace(line, reason=line.reason or Reason.CAPTION) if is_caption else line


def without_contents(lines: Iterable[Line]) -> list[Line]:
    """The lines of a page; its table of contents has its reason."""
    marked: list[Line] = []
    is_listing = False
    for line in lines:
        is_head = bool(_CONTENTS.fullmatch(line.text))
        is_entry = bool(re.search(r"\s(?:\d{1,4}|[ivxlc]{1,6})$", line.text))
        is_listing = is_head or (is_listing and is_entry)
        is_contents = is_listing or bool(_LEADERS.search(line.text))
        marked.append(replace(line, reason=Reason.TABLE_OF_CONTENTS) if is_contents else line)
    return marked


def without_marks(pieces: Sequence[Line]) -> list[Line]:
    """The pieces; raised marks of notes have their reason, other raised numbers are powers."""
    judged: list[Line] = []
    for row in rows(pieces):
        for number, piece in enumerate(row):
            judged.append(_judged(piece, row[number - 1] if number else None))
    return judged


def _judged(piece: Line, before: Line | None) -> Line:
    text = piece.text.strip()
    if before is None or not _MARK.fullmatch(text):
        return piece
    is_raised = piece.y - before.y > _RAISED * before.size
    if not is_raised or piece.size > _SMALLER * before.size or piece.reason:
        return piece
    if _POWERED.search(before.text) and text.isdigit():
        return replace(piece, text=text.translate(_EXPONENT), size=before.size, y=before.y)
    return replace(piece, reason=Reason.FOOTNOTE_MARK)
