"""Running heads and feet of a PDF's pages, and their numbers.

What looks alike from page to page may as well be text: a price list, work sheets, slides. So a
running head is small or repeats letter by letter, keeps its distance, and is the least of a page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from service.codes import Reason
from service.reading.edges import STOPPED
from service.reading.pdf.lines import Line, merged, rows

_EDGE = 3  # rows from the top, and from the bottom, where running heads may stand
_APART, _LONGEST_HEAD = 1.8, 80  # of the size below it; letters
_NEAR = 4.0  # points: heads stand equally high on every page
_SMALLER, _LARGER = 0.93, 1.12  # times the body's size
_WIDE_LEAD = 1.15  # times the usual distance of lines: set off
_FAR = 60.0  # points; lines so far apart tell nothing of the usual distance
_FULL_PAGE = 15  # rows; a document that has no such page is no running text
_MOST = 0.5  # of all letters; heads that are more are the text
_FEWEST_WORDS = 4  # of a sentence
_NUMBER = re.compile(
    r"(?:[-–—|]\s*)?(?:(?:Seite|S\.|Blatt|Page)\s*)?(?:\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7})"
    r"(?:\s*(?:von|of|/)\s*\d{1,4})?(?:\s*[-–—|])?"
)
_PAGE = re.compile(r"\b(?:Seite|S\.|Blatt|Page)\s*\d{1,4}\b")
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line near the top or the bottom of a page.

    `is_outer` stands for the first or last line, apart from all others; `row` counts from the
    end of the page that it is near, and `step` is its distance to the row further inside.
    """

    line: Line
    is_high: bool
    is_outer: bool
    row: int
    step: float

    @property
    def key(self) -> tuple[str, int, int]:
        """Its words, whatever number is in them, where it stands, and its size."""
        return _DIGITS.sub("#", self.line.text).casefold(), self.height, round(self.line.size)

    @property
    def exact_key(self) -> tuple[str, int, int]:
        """Its words letter by letter, where it stands, and its size."""
        return self.line.text.casefold(), self.height, round(self.line.size)

    @property
    def height(self) -> int:
        """Where it stands, as far as it is the same on every page."""
        return round(self.line.y / _NEAR)


@dataclass(frozen=True, slots=True)
class _Body:
    """How a document's text is set, and what is said on several of its pages.

    `is_running` stands for a text that goes on from page to page, so that what is between is none.
    """

    size: float
    lead: float
    is_bold: bool
    is_full: bool
    is_running: bool
    pages: int
    exact_keys: Counter[tuple[str, int, int]]

    def may_be_head(self, edge: _Edge) -> bool:
        """Whether a line is set as running heads are, wherever it stands."""
        line, times = edge.line, self.exact_keys[edge.exact_key]
        if line.size >= _LARGER * self.size:
            return times > 1 and self.pages < 2 * times
        if line.size >= _SMALLER * self.size and _is_sentence(line.text):
            return False
        if line.is_bold and not self.is_bold and line.size >= _SMALLER * self.size:
            return times > 1
        is_small = line.size < _SMALLER * self.size
        return is_small or self.is_running or times > 1 or bool(_PAGE.search(line.text))


def without_heads(pages: Sequence[Sequence[Line]], size: float) -> list[list[Line]]:
    """The pages' pieces; running heads and feet and page numbers have their reason.

    `size` is the body's, in points. Where hardly any text would be left, none is taken away.
    """
    edges = [list(_edges(page)) for page in pages]
    body = _body(pages, edges, size)
    numbers = _page_numbers(edges)
    marked = []
    for page, around, heads in zip(pages, numbers, _heads(edges, body), strict=True):
        marked.append([_marked(piece, around, heads) for piece in page])
    marked[1:] = [_without_spread_head(page, body) for page in marked[1:]]
    if sum(map(_read, marked)) < _MOST * sum(map(_read, pages)):
        return [list(page) for page in pages]
    return marked


def _page_numbers(edges: Sequence[Sequence[_Edge]]) -> list[list[_Edge]]:
    """Of each page what is its number; none where the numbers do not count the pages."""
    numbers = [
        [edge for edge in page if edge.is_outer and _NUMBER.fullmatch(edge.line.text)]
        for page in edges
    ]
    digits = [re.search(r"\d+", edge.line.text) for page in numbers for edge in page[-1:]]
    at = [number for number, page in enumerate(numbers) if page]
    counted = [(page, int(number[0])) for page, number in zip(at, digits, strict=True) if number]
    steps = [(b[0] - a[0]) == (b[1] - a[1]) for a, b in pairwise(counted)]
    return numbers if 2 * sum(steps) >= len(steps) else [[] for _ in numbers]


def _read(page: Sequence[Line]) -> int:
    """How many letters of a page are read."""
    return sum(piece.letters for piece in page if piece.reason is None)


def _body(pages: Sequence[Sequence[Line]], edges: Sequence[Sequence[_Edge]], size: float) -> _Body:
    by_page = [rows(piece for piece in page if piece.reason is None) for page in pages]
    steps = [above[0].y - below[0].y for page in by_page for above, below in pairwise(page)]
    near = [step for step in steps if 0 < step < _FAR]
    pieces = [piece for page in pages for piece in page if piece.reason is None]
    bold = sum(piece.letters for piece in pieces if piece.is_bold)
    lead = median(near) if near else size
    is_full = max(map(len, by_page), default=0) >= _FULL_PAGE
    return _Body(
        size=size,
        lead=lead,
        is_bold=2 * bold > sum(piece.letters for piece in pieces),
        is_full=is_full,
        is_running=is_full and any(_is_begun_before(page, lead) for page in by_page[1:]),
        pages=len(pages),
        exact_keys=Counter(key for page in edges for key in {edge.exact_key for edge in page}),
    )


def _is_begun_before(page: Sequence[Sequence[Line]], lead: float) -> bool:
    """Whether a page's text, below what may be its head, goes on in the middle of a sentence."""
    top = page[: _EDGE + 1]
    below = [b for a, b in pairwise(top) if a[0].y - b[0].y > _WIDE_LEAD * lead]
    return any(row[0].text.lstrip()[:1].islower() for row in [*top[:1], *below[:1]])


def _heads(edges: Sequence[Sequence[_Edge]], body: _Body) -> Iterator[list[_Edge]]:
    """Of each page the lines that repeat, or stand where on most pages such lines do."""
    likely = [[edge for edge in page if body.may_be_head(edge)] for page in edges]
    seen = Counter(key for page in likely for key in {edge.key for edge in page})
    known = {key for key, count in seen.items() if count > 1 and key[0].strip("# ")}
    alike = [[edge for edge in page if edge.key in known] for page in likely]
    heights = Counter(
        height for page in alike for height in {edge.height for edge in _set_off(page, body)}
    )
    usual = {height for height, count in heights.items() if 2 * count > len(edges) > 2}
    for page in likely:
        heads = [edge for edge in page if edge.key in known or edge.height in usual]
        yield _set_off(heads, body)


def _set_off(heads: Sequence[_Edge], body: _Body) -> list[_Edge]:
    """The heads that keep their distance from the text, alone or with others."""
    apart: list[_Edge] = []
    for edge in sorted(heads, key=lambda edge: -edge.row):
        is_beside = any(
            other.is_high == edge.is_high and other.row == edge.row + 1 for other in apart
        )
        if is_beside or edge.step > _WIDE_LEAD * body.lead:
            apart.append(edge)
    return apart


def _without_spread_head(page: Sequence[Line], body: _Body) -> list[Line]:
    """A page's pieces; a highest row that is no text is a running head, though it stands alone.

    It stands apart at both margins, or beside the page's number.
    """
    highest = rows(piece for piece in page if piece.reason in {None, Reason.PAGE_NUMBER})[:2]
    if len(highest) < 2 or not body.is_full:
        return list(page)
    top = [piece for piece in highest[0] if piece.reason is None]
    letters = sum(piece.letters for piece in top)
    is_numbered = len(top) < len(highest[0])
    is_table = len(merged(highest[1], gap=4.0)) > 1
    is_spread = is_numbered or (len(merged(top, gap=4.0)) > 1 and not is_table)
    is_large = any(piece.size >= _LARGER * body.size for piece in top)
    is_prose = any(STOPPED.search(piece.text.rstrip()) for piece in top) or is_large
    if not is_spread or not _is_apart(highest, 0) or is_prose or letters > _LONGEST_HEAD:
        return list(page)
    return [replace(piece, reason=Reason.PAGE_HEADER) if piece in top else piece for piece in page]


def _edges(page: Sequence[Line]) -> Iterator[_Edge]:
    """The lines at the top and the bottom of a page."""
    page_rows = rows(piece for piece in page if piece.reason is None)
    for number, row in enumerate(page_rows):
        last = len(page_rows) - 1 - number
        is_high = number <= last
        from_end = min(number, last)
        if from_end < _EDGE:
            inside = (
                page_rows[number + 1 : number + 2] if is_high else page_rows[number - 1 : number]
            )
            step = abs(inside[0][0].y - row[0].y) if inside else _FAR
            is_outer = from_end == 0 and _is_apart(page_rows, number)
            for line in merged(row, gap=2.0):
                yield _Edge(line, is_high=is_high, is_outer=is_outer, row=from_end, step=step)


def _is_apart(page_rows: Sequence[Sequence[Line]], number: int) -> bool:
    """Whether the first or last row of a page keeps its distance from the others."""
    if len(page_rows) == 1:
        return True
    beside = page_rows[1 if number == 0 else number - 1][0]
    return abs(beside.y - page_rows[number][0].y) > _APART * max(
        beside.size, page_rows[number][0].size
    )


def _is_sentence(text: str) -> bool:
    return bool(STOPPED.search(text.rstrip())) and len(text.split()) >= _FEWEST_WORDS


def _marked(piece: Line, numbers: Sequence[_Edge], heads: Sequence[_Edge]) -> Line:
    if piece.reason:
        return piece
    if any(_is_in(piece, edge.line) for edge in numbers):
        return replace(piece, reason=Reason.PAGE_NUMBER)
    for edge in heads:
        if _is_in(piece, edge.line):
            return replace(piece, reason=Reason.PAGE_HEADER if edge.is_high else Reason.PAGE_FOOTER)
    return piece


def _is_in(piece: Line, line: Line) -> bool:
    return line.left - 0.1 <= piece.left <= line.right and abs(line.y - piece.y) < 1
