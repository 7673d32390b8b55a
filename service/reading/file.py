"""A file → article, by its name and its first bytes."""

from __future__ import annotations

from pathlib import PurePath

from service.domain import Article
from service.errors import UnreadableSource
from service.reading.charset import decode, decode_page
from service.reading.html import read_html
from service.reading.markdown import read_markdown
from service.reading.plain import read_text

_TEXT = {"", ".txt", ".text"}
_MARKDOWN = {".md", ".markdown"}
_HTML = {".html", ".htm", ".xhtml"}


def read_file(name: str, raw: bytes, *, title: str | None = None) -> Article:
    """The article in a file. Raises UnreadableSource, EmptyArticle."""
    suffix = PurePath(name).suffix.lower()
    if suffix in _HTML:
        return read_html(decode_page(raw), title=title)
    if suffix in _MARKDOWN:
        return read_markdown(decode(raw), title=title)
    if suffix in _TEXT:
        return read_text(decode(raw), title=title)
    raise UnreadableSource(f"“{name}” cannot be read: save the article as .txt, .md or .html.")
