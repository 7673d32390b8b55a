"""The lines of a page → reading order: columns from left to right, under what spans them.

A page is cut as a reader sees it: at the white gutter that most lines keep clear of, as far as
nothing crosses it; then each side of it and what is above and below is cut in the same way
(a variant of the recursive XY cut of Nagy and Seth, 1984).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from service.reading.pdf.lines import Line, merged, rows, whole

_GUTTER = 0.7  # of the size: the narrowest between columns
_BESIDE = 0.5  # of the lower column's height: how far columns stand beside one another
_APART = 2.5  # of the size: a lone row so far from the columns is none of theirs
_FILLED = 0.6  # of its column's width: so far goes a line of prose, and no cell of a table
_MOST_ROWS = 800  # of a page; one with more is a drawing or made to be slow
_MOST_CUTS = 12  # one within another
_STEP = 2.0  # points: how finely gutters are looked for
_MARKER = re.compile(r"(?:[-–•▪◦‣·*●○■]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|§ ?\d+|\d+(?:\.\d+)+)$")
_NUMBER = re.compile(r"\d{1,3}|[IVX]{1,5}")  # of a heading
_RIVER = 8  # rows
_FLOWING = 0.2  # share of lines that begin small: cells of a table hardly ever do
_CELL = 12  # letters; so few has no column of prose in a line
_FEWEST = 3  # lines of a column, and rows of a table, at least

Row = list[Line]


def ordered(pieces: Sequence[Line]) -> Iterator[list[Line]]:
    """The columns of a page in reading order, each its lines from the top."""
    yield from _cut([_with_markers(row) for row in map(merged, rows(pieces))], _MOST_CUTS)


def _cut(stacked: Sequence[Row], cuts: int) -> Iterator[list[Line]]:
    if not stacked:
        return
    gutter = _gutter(stacked) if cuts and len(stacked) <= _MOST_ROWS else None
    run = _run(stacked, gutter) if gutter is not None else None
    if gutter is None or run is None:
        yield [whole(row) for row in stacked]
        return
    start, end = run
    yield from _cut(stacked[:start], cuts - 1)
    inside = stacked[start:end]
    if _is_table(inside, gutter):
        yield [_as_row(row) for row in inside]
    else:
        for is_left in (True, False):
            side = [line for row in inside for line in row if (line.left < gutter) is is_left]
            yield from _cut(list(map(merged, rows(side))), cuts - 1)
    yield from _cut(stacked[end:], cuts - 1)


def _with_markers(row: list[Line]) -> list[Line]:
    """The row; the marker of a list item belongs to the text behind it."""
    marked: list[Line] = []
    for line in row:
        gap = line.left - marked[-1].right if marked else 0.0
        is_first = len(marked) == 1 or (
            len(marked) > 1 and marked[-1].left - marked[-2].right > _APART * line.size
        )
        is_marked = marked and _MARKER.match(marked[-1].text) and gap < 4 * line.size
        is_numbered = marked and _NUMBER.fullmatch(marked[-1].text) and gap < 2 * line.size
        if is_first and (is_marked or is_numbered):
            marked[-1] = whole([marked[-1], line])
        else:
            marked.append(line)
    return marked


def _gutter(stacked: Sequence[Row]) -> float | None:
    """Where most rows, taken with their neighbours, leave white between text on both sides."""
    votes: dict[int, int] = {}
    for number in range(len(stacked)):
        near = [line for row in stacked[max(0, number - 1) : number + 2] for line in row]
        size = median(line.size for line in near)
        for end, start in _gaps(near):
            if start - end >= _GUTTER * size:
                for place in range(int(end / _STEP) + 1, int(start / _STEP) + 1):
                    votes[place] = votes.get(place, 0) + 1
    most = max(votes.values(), default=0)
    places = sorted(place for place, count in votes.items() if count == most)
    for run in _following(places):
        gutter = _STEP * run[len(run) // 2]
        if _run(stacked, gutter):
            return gutter
    return None


def _following(places: Sequence[int]) -> Iterator[list[int]]:
    """Places that follow one another, the widest stretch first."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    yield from sorted(runs, key=len, reverse=True)


def _gaps(lines: Sequence[Line]) -> Iterator[tuple[float, float]]:
    """The white between lines, from left to right."""
    reached = None
    for left, right in sorted((line.left, line.right) for line in lines):
        if reached is not None and left > reached:
            yield reached, left
        reached = right if reached is None else max(reached, right)


def _run(stacked: Sequence[Row], gutter: float) -> tuple[int, int] | None:
    """The longest stretch of rows that do not cross the gutter, if there are columns in it."""
    clear = [not any(line.left < gutter < line.right for line in row) for row in stacked]
    edges = [-1, *(at for at, is_clear in enumerate(clear) if not is_clear), len(stacked)]
    runs = [_trimmed(stacked, start + 1, end, gutter) for start, end in pairwise(edges)]
    columns = [
        (start, end)
        for start, end in runs
        if _are_beside(stacked[start:end], gutter) and not _is_river(stacked, start, end)
    ]
    return max(columns, key=lambda run: run[1] - run[0], default=None)


def _is_river(stacked: Sequence[Row], start: int, end: int) -> bool:
    """Whether a few rows with white between their words are lines of the text around them."""
    if end - start > _RIVER:
        return False
    seams = [(start - 1, start)] if start else []
    seams += [(end - 1, end)] if end < len(stacked) else []
    return any(_goes_on(stacked[above][0], stacked[below][0]) for above, below in seams)


def _goes_on(above: Line, below: Line) -> bool:
    is_near = above.y - below.y < 1.35 * below.size
    return is_near and abs(above.size - below.size) < 0.06 * below.size


def _trimmed(stacked: Sequence[Row], start: int, end: int, gutter: float) -> tuple[int, int]:
    """The stretch without rows at its ends that stand on one side alone, far from the others."""
    two = [at for at in range(start, end) if _has_two_sides(stacked, at, gutter)]
    if not two:
        return start, start
    is_level = len(_sides(stacked[two[-1] : two[-1] + 1], gutter)) > 1
    first, last = two[0], two[-1] if is_level else min(two[-1] + 1, end - 1)
    while first > start and not _is_far(stacked[first - 1], stacked[first]):
        first -= 1
    while last < end - 1 and not _is_far(stacked[last], stacked[last + 1]):
        if last <= two[-1] + 1 and _is_headline(stacked[last + 1], stacked[first : last + 1]):
            break  # below columns that end at one height
        last += 1
    return first, last + 1


def _has_two_sides(stacked: Sequence[Row], at: int, gutter: float) -> bool:
    """Whether there is text on both sides of the gutter, in a row or with the one below it."""
    if len(_sides(stacked[at : at + 1], gutter)) > 1:
        return True
    below = stacked[at + 1 : at + 2]
    return (
        bool(below)
        and not _is_far(stacked[at], below[0])
        and len(_sides([stacked[at], *below], gutter)) > 1
    )


def _sides(stacked: Sequence[Row], gutter: float) -> set[bool]:
    return {line.left < gutter for row in stacked for line in row}


def _is_far(row: Row, following: Row) -> bool:
    return row[0].y - following[0].y > _APART * max(row[0].size, following[0].size)


def _is_headline(row: Row, above: Sequence[Row]) -> bool:
    """Whether a row is set larger or heavier than the columns above it."""
    size = median(line.size for higher in above for line in higher)
    is_heavy = all(line.is_bold for line in row) and not above[-1][-1].is_bold
    return len(row) == 1 and (row[0].size > 1.1 * size or is_heavy)


def _are_beside(stacked: Sequence[Row], gutter: float) -> bool:
    """Whether both sides of the gutter have several lines, beside one another."""
    lines = [line for row in stacked for line in row]
    sides = [
        [line for line in lines if (line.left < gutter) is is_left] for is_left in (True, False)
    ]
    if min(len({round(line.y) for line in side}) for side in sides) < _FEWEST:
        return False  # a date, or a mark in the margin
    if not _is_aligned(stacked, gutter):
        return False  # a river of blanks through one column
    tops = [max(line.top for line in side) for side in sides]
    floors = [min(line.bottom for line in side) for side in sides]
    lower = min(top - floor for top, floor in zip(tops, floors, strict=True))
    return min(tops) - max(floors) >= _BESIDE * lower


def _is_aligned(stacked: Sequence[Row], gutter: float) -> bool:
    """Whether most rows right of the gutter begin at one place."""
    sides = [[line.left for line in row if line.left > gutter] for row in stacked]
    starts = Counter(round(min(side) / _STEP) for side in sides if side)
    near = max(starts[place] + starts[place + 1] for place in list(starts))
    return 2 * near > starts.total()


def _is_table(stacked: Sequence[Row], gutter: float) -> bool:
    """Whether rows are to be read across: level cells that do not fill their columns."""
    level = [row for row in stacked if len(_sides([row], gutter)) > 1]
    if len(level) < _FEWEST or len(level) < 0.6 * len(stacked):
        return False
    lines = [line for row in stacked for line in row]
    flowing = sum(row[0].text[:1].islower() for row in level)
    if flowing > _FLOWING * len(level):
        return False
    size = median(line.size for line in lines)
    starts = [min(line.left for line in lines)]
    starts += [start for end, start in _gaps(lines) if start - end >= _GUTTER * size]
    shares, letters = [], []
    for start, stop in pairwise(starts):  # the last column's width is not known
        for row in level:
            cell = [line for line in row if start <= line.left < stop]
            width = max((line.right for line in cell), default=start) - start
            shares.append(width / (stop - start))
            letters.append(sum(line.letters for line in cell))
    return bool(shares) and (median(shares) < _FILLED or median(letters) < _CELL)


def _as_row(row: Sequence[Line]) -> Line:
    """A row of a table as one line."""
    first = whole(row)
    text = "; ".join(cell.text for cell in row)
    return Line(text, first.left, first.right, first.y, first.size, first.page, first.is_bold)
