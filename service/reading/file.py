"""A file → its articles, by its first bytes, what it holds, and its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from service.domain import Article
from service.errors import EmptyArticle, UnreadableSource
from service.reading import docx, formats, package
from service.reading.archive import Archive
from service.reading.charset import decode, decode_page
from service.reading.docx import read_docx
from service.reading.epub import read_epub
from service.reading.html import read_html
from service.reading.markdown import read_markdown
from service.reading.pdf import read_pdf
from service.reading.plain import read_text

_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # MS-CFB: old documents, and locked new ones
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # MS-OFFCRYPTO
_PDF = b"%PDF-"  # some programs put a few bytes before it
_BINARY = frozenset({".epub", ".docx", ".pdf"})  # known by their first bytes
_HEAD = 2048  # bytes in which a text says what it is
_HTML = re.compile(rb"\s*<(?:!doctype html|html)\b", re.IGNORECASE)

_Read = Callable[..., Article | tuple[Article, ...]]
_READERS: dict[str, Callable[[bytes], tuple[_Read, bytes | str]]] = {
    ".docx": lambda raw: (read_docx, raw),
    ".epub": lambda raw: (read_epub, raw),
    ".html": lambda raw: (read_html, decode_page(raw)),
    ".pdf": lambda raw: (read_pdf, raw),
    ".md": lambda raw: (read_markdown, decode(raw)),
    ".txt": lambda raw: (read_text, decode(raw)),
}


def read_file(
    name: str, raw: bytes, *, title: str | None = None, language: str | None = None
) -> tuple[Article, ...]:
    """The article in a file, or a book's chapters. Raises UnreadableSource, EmptyArticle.

    `language` is the source's, needed for pages, documents and books that are not German.
    """
    if not raw and name:
        raise EmptyArticle("file-empty", file=name)
    suffix = _packed(name, raw) if raw.startswith(_ZIP) else _suffix(name, raw)
    if suffix not in _READERS:
        raise formats.refusal(suffix, name=name)
    read, content = _READERS[suffix](raw)
    found = read(content, title=title, language=language)
    return found if isinstance(found, tuple) else (found,)


def _suffix(name: str, raw: bytes) -> str:
    """The suffix of the format. Raises UnreadableSource for locked and damaged documents."""
    if raw.startswith(_OLE):
        if _LOCKED in raw:
            raise UnreadableSource("document-locked")
        return formats.ole_suffix(raw, name)
    if _PDF in raw[:_HEAD]:
        return ".pdf"
    if known := formats.beginning(raw):
        return known
    told = PurePath(name).suffix.lower()
    suffix = formats.SAME.get(told, told)
    if suffix in _BINARY:
        raise UnreadableSource("file-damaged", file=name)
    return _told_inside(raw[:_HEAD]) or ".txt" if suffix in formats.TEXT else suffix


def _told_inside(head: bytes) -> str | None:
    """The suffix that a text's own beginning speaks for."""
    return ".html" if _HTML.match(head) else None


def _packed(name: str, raw: bytes) -> str:
    """The suffix of the format of an archive."""
    archive = Archive(raw)
    if docx.MAIN_PART in archive.names:
        return ".docx"
    mimetype = archive.read("mimetype")[:100].decode("latin-1") if archive.has("mimetype") else ""
    if package.CONTAINER in archive.names or "epub" in mimetype:
        return ".epub"
    return formats.packed_suffix(archive.names, mimetype, name)
