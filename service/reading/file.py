"""A file → its articles, by its first bytes and its name."""

from __future__ import annotations

from pathlib import PurePath

from service.domain import Article
from service.errors import EmptyArticle, UnreadableSource
from service.reading import docx, package
from service.reading.archive import Archive
from service.reading.charset import decode, decode_page
from service.reading.docx import read_docx
from service.reading.epub import read_epub
from service.reading.html import read_html
from service.reading.markdown import read_markdown
from service.reading.plain import read_text

_TEXT = {"", ".txt", ".text"}
_MARKDOWN = {".md", ".markdown"}
_HTML = {".html", ".htm", ".xhtml"}
_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # MS-CFB: old documents, and locked new ones
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # MS-OFFCRYPTO


def read_file(
    name: str, raw: bytes, *, title: str | None = None, language: str | None = None
) -> tuple[Article, ...]:
    """The article in a file, or a book's chapters. Raises UnreadableSource, EmptyArticle.

    `language` is the source's, needed for pages, documents and books that are not German.
    """
    suffix = PurePath(name).suffix.lower()
    if raw.startswith(_ZIP):
        return _packed(raw, title, language)
    _demand_whole(name, raw, suffix)
    if suffix in _HTML:
        return (read_html(decode_page(raw), title=title, language=language),)
    if suffix in _MARKDOWN:
        return (read_markdown(decode(raw), title=title, language=language),)
    if suffix in _TEXT:
        return (read_text(decode(raw), title=title, language=language),)
    raise UnreadableSource("file-kind-unknown", file=name)


def _demand_whole(name: str, raw: bytes, suffix: str) -> None:
    """Raises EmptyArticle or UnreadableSource for what cannot be text."""
    if not raw and name:
        raise EmptyArticle("file-empty", file=name)
    if raw.startswith(_OLE) and _LOCKED in raw:
        raise UnreadableSource("document-locked")
    if raw.startswith(_OLE):
        raise UnreadableSource("document-old")
    if suffix in {".epub", ".docx"}:
        raise UnreadableSource("file-damaged", file=name)


def _packed(raw: bytes, title: str | None, language: str | None) -> tuple[Article, ...]:
    names = Archive(raw).names
    if docx.MAIN_PART in names:
        return (read_docx(raw, title=title, language=language),)
    if package.CONTAINER in names or "mimetype" in names:
        return read_epub(raw, title=title, language=language)
    raise UnreadableSource("file-packed")
