"""A file → its articles, by its first bytes, what it holds, and its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from service.domain import Article
from service.errors import EmptyArticle, UnreadableSource
from service.reading import docx, formats, odt, package
from service.reading.archive import Archive
from service.reading.charset import decode, decode_page
from service.reading.docx import read_docx
from service.reading.epub import read_epub
from service.reading.fb2 import read_fb2
from service.reading.html import read_html
from service.reading.mail import read_mail
from service.reading.markdown import read_markdown
from service.reading.odt import read_odt
from service.reading.plain_text import read_text
from service.reading.rtf import read_rtf
from service.reading.text import words

_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # MS-CFB: old documents, and locked new ones
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # MS-OFFCRYPTO
_PDF = b"%PDF-"  # some programs put a few bytes before it
_RTF = b"{\\rtf"
_BINARY = frozenset({".epub", ".docx", ".odt", ".pdf", ".rtf"})  # known by their first bytes
_HEAD = 2048  # bytes in which a text says what it is
_HTML = re.compile(rb"\s*<(?:!doctype html|html)\b", re.IGNORECASE)

_FIELD = re.compile(rb"^([A-Za-z][A-Za-z-]+):", re.MULTILINE)
_MAIL_FIELDS = frozenset(
    b"received return-path message-id date subject from to delivered-to content-type".split()
)

_Read = Callable[..., Article | tuple[Article, ...]]


def _read_pdf(raw: bytes, **how: str | None) -> tuple[Article, ...]:
    from service.reading.pdf import read_pdf  # noqa: PLC0415 (loads PDFium)

    return read_pdf(raw, **how)


_READERS: dict[str, Callable[[bytes], tuple[_Read, bytes | str]]] = {
    ".docx": lambda raw: (read_docx, raw),
    ".epub": lambda raw: (read_epub, raw),
    ".html": lambda raw: (read_html, decode_page(raw)),
    ".eml": lambda raw: (read_mail, raw),
    ".fb2": lambda raw: (read_fb2, raw),
    ".mht": lambda raw: (read_mail, raw),
    ".odt": lambda raw: (read_odt, raw),
    ".pdf": lambda raw: (_read_pdf, raw),
    ".rtf": lambda raw: (read_rtf, raw),
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
    result = read(content, title=title, language=language)
    return _named(result, name) if isinstance(result, tuple) else (result,)


def _named(chapters: tuple[Article, ...], name: str) -> tuple[Article, ...]:
    """The chapters; those of a book without a title have the file's name for it."""
    book = words(PurePath(name).stem.replace("_", " "))
    if len(chapters) == 1 or not book:
        return chapters
    return tuple(replace(chapter, site=chapter.site or book) for chapter in chapters)


def _suffix(name: str, raw: bytes) -> str:
    """The suffix of the format. Raises UnreadableSource for locked and damaged documents."""
    if raw.startswith(_OLE):
        if _LOCKED in raw:
            raise UnreadableSource("document-locked")
        return formats.ole_suffix(raw, name)
    if _PDF in raw[:_HEAD]:
        return ".pdf"
    if raw.startswith(_RTF):
        return ".rtf"
    if known := formats.beginning(raw):
        return known
    ending = PurePath(name).suffix.lower()
    suffix = formats.SAME.get(ending, ending)
    if suffix in _BINARY:
        raise UnreadableSource("file-damaged", file=name)
    return _told_inside(raw[:_HEAD]) or ".txt" if suffix in formats.TEXT else suffix


def _told_inside(head: bytes) -> str | None:
    """The suffix that a text's own beginning speaks for."""
    if _HTML.match(head):
        return ".html"
    if b"<FictionBook" in head:
        return ".fb2"
    fields = {name.lower() for name in _FIELD.findall(head.partition(b"\n\n")[0])}
    return ".eml" if len(fields & _MAIL_FIELDS) > 2 or b"mime-version" in fields else None


def _packed(name: str, raw: bytes) -> str:
    """The suffix of the format of an archive."""
    archive = Archive(raw)
    if docx.MAIN_PART in archive.names:
        return ".docx"
    if any(name.endswith(".fb2") for name in archive.names):
        return ".fb2"
    mimetype = archive.read("mimetype")[:100].decode("latin-1") if archive.has("mimetype") else ""
    if package.CONTAINER in archive.names or "epub" in mimetype:
        return ".epub"
    if mimetype.startswith(odt.MIMETYPE) or (not mimetype and odt.CONTENT in archive.names):
        return ".odt"
    return formats.packed_suffix(archive.names, mimetype, name)
