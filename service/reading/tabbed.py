"""Tables in plain text, their columns parted by tabs: read as a page's tables are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.reading.tables import read_grid

_FIGURE = re.compile(r"[\d.,:%€$+–-]+\s*\S{0,4}")


def is_table(lines: Sequence[str]) -> bool:
    """Whether lines that stand together are the rows of one table."""
    counts = {line.strip(" \n").count("\t") for line in lines}
    return len(lines) > 1 and len(counts) == 1 and min(counts) > 0


def table_rows(lines: Sequence[str]) -> list[str]:
    """Each row in words, with its columns' heads where the first row has such."""
    grid = [[cell.strip() for cell in line.strip(" \n").split("\t")] for line in lines]
    has_heads = not any(map(_FIGURE.fullmatch, filter(None, grid[0]))) and len(grid) > 1
    return read_grid(grid, has_heads=has_heads)
