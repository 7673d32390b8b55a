"""What stands around the text of a PDF's pages: running heads, page numbers, notes, contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from service.codes import Reason
from service.reading.pdf.lines import Line, merged, rows

_EDGE = 3  # rows from the top, and from the bottom, where running heads may stand
_APART, _LONGEST_HEAD = 1.8, 80  # of the size below it; letters
_NEAR = 4.0  # points: heads stand equally high on every page
_NUMBER = re.compile(
    r"(?:[-–—|]\s*)?(?:(?:Seite|S\.|Blatt|Page)\s*)?(?:\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7})"
    r"(?:\s*(?:von|of|/)\s*\d{1,4})?(?:\s*[-–—|])?"
)
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line near the top or the bottom of a page.

    `is_outer` stands for the first or last line, apart from all others.
    """

    line: Line
    is_high: bool
    is_outer: bool

    @property
    def key(self) -> tuple[str, int, int]:
        """Its words, whatever number is in them, where it stands, and its size."""
        return _DIGITS.sub("#", self.line.text).casefold(), self.height, round(self.line.size)

    @property
    def height(self) -> int:
        """Where it stands, as far as it is the same on every page."""
        return round(self.line.y / _NEAR)


def without_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages' pieces; running heads and feet and page numbers have their reason."""
    edges = [list(_edges(page)) for page in pages]
    seen = Counter(key for page in edges for key in {edge.key for edge in page})
    known = {key for key, count in seen.items() if count > 1 and key[0].strip("# ")}
    heights = Counter(
        height for page in edges for height in {edge.height for edge in page if edge.key in known}
    )
    usual = {height for height, count in heights.items() if 2 * count > len(pages) > 2}
    told = []
    for page, around in zip(pages, edges, strict=True):
        heads = [edge for edge in around if edge.key in known or edge.height in usual]
        told.append([_marked(piece, around, heads) for piece in page])
    return [*told[:1], *map(_without_spread_head, told[1:])]


def _without_spread_head(page: Sequence[Line]) -> list[Line]:
    """A page's pieces; a highest row that is no text is a running head, though it stands alone.

    It stands apart at both margins, or beside the page's number.
    """
    found = rows(piece for piece in page if piece.why in {None, Reason.PAGE_NUMBER})[:2]
    if len(found) < 2:
        return list(page)
    top = [piece for piece in found[0] if piece.why is None]
    letters = sum(piece.letters for piece in top)
    is_numbered = len(top) < len(found[0])
    is_spread = is_numbered or len(merged(top, gap=4.0)) > 1
    is_apart = _is_apart(found, 0)
    is_prose = any(piece.text.rstrip().endswith((".", "!", "?")) for piece in top)
    if not is_spread or not is_apart or is_prose or letters > _LONGEST_HEAD:
        return list(page)
    return [replace(piece, why=Reason.PAGE_HEADER) if piece in top else piece for piece in page]


def _edges(page: Sequence[Line]) -> Iterator[_Edge]:
    """The lines at the top and the bottom of a page."""
    found = rows(piece for piece in page if piece.why is None)
    for number, row in enumerate(found):
        is_high = number < _EDGE
        if is_high or number >= len(found) - _EDGE:
            is_end = number in {0, len(found) - 1}
            is_outer = is_end and _is_apart(found, number)
            for line in merged(row, gap=2.0):
                yield _Edge(line, is_high=is_high, is_outer=is_outer)


def _is_apart(found: Sequence[Sequence[Line]], number: int) -> bool:
    """Whether the first or last row of a page keeps its distance from the others."""
    if len(found) == 1:
        return True
    beside = found[1 if number == 0 else number - 1][0]
    return abs(beside.y - found[number][0].y) > _APART * max(beside.size, found[number][0].size)


def _marked(piece: Line, edges: Sequence[_Edge], heads: Sequence[_Edge]) -> Line:
    if piece.why:
        return piece
    for edge in edges:
        if edge.is_outer and _is_in(piece, edge.line) and _NUMBER.fullmatch(edge.line.text):
            return replace(piece, why=Reason.PAGE_NUMBER)
    for edge in heads:
        if _is_in(piece, edge.line):
            return replace(piece, why=Reason.PAGE_HEADER if edge.is_high else Reason.PAGE_FOOTER)
    return piece


def _is_in(piece: Line, line: Line) -> bool:
    return line.left - 0.1 <= piece.left <= line.right and abs(line.y - piece.y) < 1


def without_notes(column: Sequence[Line], body_size: float) -> list[Line]:
    """A column's lines; footnotes at its end and captions in it have their reason."""
    lines = [_captioned(line, body_size) for line in column]
    start = len(lines)
    while start and lines[start - 1].size <= _NOTE_SIZE * body_size:
        start -= 1
    first = next((at for at in range(start, len(lines)) if _NOTE.match(lines[at].text)), None)
    if first is None:
        return lines
    notes = [replace(line, why=line.why or Reason.FOOTNOTE) for line in lines[first:]]
    return lines[:first] + notes


def begins_note(text: str) -> bool:
    """Whether a line begins with the mark of a note."""
    return bool(_NOTE.match(text))


def _captioned(line: Line, body_size: float) -> Line:
    is_caption = line.size <= _NOTE_SIZE * body_size and _CAPTION.fullmatch(line.text)
    return replace(line, why=line.why or Reason.CAPTION) if is_caption else line


def without_contents(lines: Iterable[Line]) -> list[Line]:
    """The lines of a page; its table of contents has its reason."""
    marked: list[Line] = []
    is_listing = False
    for line in lines:
        is_head = bool(_CONTENTS.fullmatch(line.text))
        is_entry = bool(re.search(r"\s(?:\d{1,4}|[ivxlc]{1,6})$", line.text))
        is_listing = is_head or (is_listing and is_entry)
        is_contents = is_listing or bool(_LEADERS.search(line.text))
        marked.append(replace(line, why=Reason.TABLE_OF_CONTENTS) if is_contents else line)
    return marked


def without_marks(pieces: Sequence[Line]) -> list[Line]:
    """The pieces; raised marks of notes have their reason, other raised numbers are powers."""
    found: list[Line] = []
    for row in rows(pieces):
        for number, piece in enumerate(row):
            found.append(_judged(piece, row[number - 1] if number else None))
    return found


def _judged(piece: Line, before: Line | None) -> Line:
    text = piece.text.strip()
    if before is None or not _MARK.fullmatch(text):
        return piece
    is_raised = piece.y - before.y > _RAISED * before.size
    if not is_raised or piece.size > _SMALLER * before.size or piece.why:
        return piece
    if _POWERED.search(before.text) and text.isdigit():
        return replace(piece, text=text.translate(_EXPONENT), size=before.size, y=before.y)
    return replace(piece, why=Reason.FOOTNOTE_MARK)
