"""The lines of a file or of standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from service import reading
from service.errors import UnreadableSource


def lines(file: str | None) -> Iterator[str]:
    """Its lines, decoded, without their ends; an empty file has none. Raises UnreadableSource."""
    try:
        raw = sys.stdin.buffer.read() if file in {None, "-"} else Path(str(file)).read_bytes()
    except OSError as error:
        raise UnreadableSource(
            "file-unreadable", file=str(file), error=str(error.strerror)
        ) from error
    text = reading.decode(raw)
    yield from text.removesuffix("\n").replace("\r\n", "\n").split("\n") if text else ()
