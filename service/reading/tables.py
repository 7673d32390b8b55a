"""A table → its rows in words, every cell with its column's head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from service.codes import Reason
from service.reading.places import Place, by_class
from service.reading.tree import HEADINGS, tag_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LONGEST, _WIDEST = 20, 8  # rows and columns; a larger one is no pleasure to listen to
_LONGEST_CELL = 300  # characters; what has longer ones is a layout, not a table
_MOST_SPAN = 50
_MOST_COLUMNS = 100
_BLOCKS = frozenset("p div ul ol h1 h2 h3 h4 h5 h6 blockquote article section table".split())


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is read; `place` says why it is not."""

    text: str
    cells: tuple[str, ...]
    place: Place | None = None
    is_caption: bool = False


@dataclass(frozen=True, slots=True)
class _Cell:
    """One field of the grid; `is_wide` where a cell reaches in from the left."""

    text: str
    is_head: bool
    is_wide: bool = False


def is_data(table: Element) -> bool:
    """Whether it is a table of facts, not a means of layout."""
    if table.get("role") in {"presentation", "none"}:
        return False
    if table.get("role") == "table":
        return True
    lines = [_cells(row) for row in _rows(table)]
    if any(_is_layout(cell) for line in lines for cell in line):
        return False
    return any(len(line) > 1 for line in lines)


def rows(table: Element) -> Iterator[Row]:
    """The rows of a table of facts, caption first; a large one's with the reason to leave it."""
    grid = _grid(table)
    place = by_class(table) or _too_large(grid)
    for caption in table:
        if tag_of(caption) == "caption" and (text := text_of(caption)):
            yield Row(text, (text,), place, is_caption=True)
    heads, body = _parted(grid)
    for line in body:
        cells = tuple(cell.text for cell in line if cell.text and not cell.is_wide)
        if cells:
            yield Row(_read(line, heads), cells, place)


def read_grid(grid: Sequence[Sequence[str]], *, has_heads: bool) -> list[str]:
    """The rows of a table that no markup marks as one; the first has the heads, if any."""
    cells = [
        [_Cell(text, is_head=has_heads and number == 0) for text in line]
        for number, line in enumerate(grid)
    ]
    heads, body = _parted(cells)
    return [_read(line, heads) for line in body if any(cell.text for cell in line)]


def _too_large(grid: Sequence[Sequence[_Cell]]) -> Place | None:
    width = max(map(len, grid), default=0)
    if len(grid) <= _LONGEST and width <= _WIDEST:
        return None
    size = (("rows", len(grid)), ("columns", width))
    return Place(Reason.LARGE_TABLE, is_certain=True, values=size)


def _parted(grid: list[list[_Cell]]) -> tuple[list[str], list[list[_Cell]]]:
    """The heads of the columns, and the rows below them."""
    last = len(grid) - 1
    start = next((at for at in range(last) if not _is_title(grid[at])), 0)
    end = start
    while end < last and all(cell.is_head for cell in grid[end]) and not _is_title(grid[end]):
        end += 1
    width = max(map(len, grid), default=0)
    columns = [
        dict.fromkeys(line[at].text for line in grid[start:end] if at < len(line) and line[at].text)
        for at in range(width)
    ]
    return [" ".join(column).rstrip(":") for column in columns], grid[:start] + grid[end:]


def _is_title(line: Sequence[_Cell]) -> bool:
    """Whether one cell reaches over the whole row."""
    return len(line) > 1 and sum(not cell.is_wide for cell in line) == 1


def _read(line: Sequence[_Cell], heads: Sequence[str]) -> str:
    """“Ort: Husum; Pegel: 4 Meter”; without such heads “Husum: 4 Meter”."""
    cells = [
        (heads[at] if at < len(heads) and not cell.is_wide else "", cell.text)
        for at, cell in enumerate(line)
        if cell.text and not cell.is_wide
    ]
    if len(cells) == 1:
        return cells[0][1]
    if not any(head for head, _ in cells) and line[0].is_head:
        return f"{cells[0][1].rstrip(':')}: " + "; ".join(text for _, text in cells[1:])
    return "; ".join(f"{head}: {text}" if head else text for head, text in cells)


def _grid(table: Element) -> list[list[_Cell]]:
    """Every field of the table; what spans rows or columns stands in each of them."""
    grid: list[list[_Cell]] = []
    below: dict[int, tuple[int, _Cell]] = {}  # column → rows left, what hangs down into them
    for row in _rows(table):
        line: list[_Cell] = []
        for cell in _cells(row):
            _hang(line, below)
            is_head = tag_of(cell) == "th" or tag_of(row.getparent()) == "thead"
            content = _Cell(text_of(cell), is_head)
            for _ in range(min(_span(cell, "colspan"), _MOST_COLUMNS - len(line))):
                below[len(line)] = (_span(cell, "rowspan") - 1, content)
                line.append(content)
                content = replace(content, is_wide=True)
        _hang(line, below)
        grid.append(line)
    return [line for line in grid if line]


def _hang(line: list[_Cell], below: dict[int, tuple[int, _Cell]]) -> None:
    """Takes over what hangs down from the rows above."""
    while below.get(len(line), (0,))[0]:
        left, content = below[len(line)]
        below[len(line)] = (left - 1, content)
        line.append(content)


def _rows(table: Element) -> list[Element]:
    parts = [part for part in table if tag_of(part) in {"thead", "tbody", "tfoot"}]
    return [row for part in (table, *parts) for row in part if tag_of(row) == "tr"]


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if tag_of(cell) in {"td", "th"}]


def _span(cell: Element, name: str) -> int:
    span = cell.get(name, "1").strip()
    return min(int(span), _MOST_SPAN) if span.isascii() and span.isdecimal() and int(span) else 1


def _is_layout(cell: Element) -> bool:
    inner = sum(tag_of(element) in _BLOCKS for element in cell.iterdescendants())
    text = text_of(cell)
    headed = [element for element in cell.iterdescendants() if tag_of(element) in HEADINGS]
    has_section = bool(headed) and len(text_of(headed[0])) < len(text)
    return inner > 2 or len(text) > _LONGEST_CELL or has_section
