"""A file → article, by its name and its first bytes."""

from __future__ import annotations

from pathlib import PurePath

from service.domain import Article
from service.errors import UnreadableSource
from service.reading.plain import decode, read_text

_TEXT = {"", ".txt", ".text", ".md", ".markdown"}


def read_file(name: str, raw: bytes, *, title: str | None = None) -> Article:
    """The article in a file. Raises UnreadableSource, EmptyArticle."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in _TEXT:
        raise UnreadableSource(f"“{name}” is not a text file: save the article as .txt.")
    return read_text(decode(raw), title=title)
