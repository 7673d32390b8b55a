"""A ZIP archive that a stranger packed: read in memory and within limits, never to disk."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from service.errors import UnreadableSource
from service.reading.charset import decode_page
from service.reading.tree import parse_xhtml, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_UNPACKED = 512 << 20  # bytes in all, pictures and fonts included
MOST_TEXT = 32 << 20  # bytes of all texts in it; a long novel has two millions
MOST_PARTS = 400_000  # beginnings and ends of elements; a book of 1000 pages has half of it
_CHUNK = 1 << 16  # bytes
_MARKUP = (".xml", ".xhtml", ".html", ".htm", ".fb2", ".opf", ".ncx")
_MOST_FILES = 20_000
_BOMB_RATIO, _BOMB_BYTES = 200, 8 << 20  # text is packed to a tenth, hardly ever to a fiftieth
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # all that EPUB and DOCX allow
_PASSWORD_BIT = 1
_DAMAGES = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, OSError, RuntimeError,
            ValueError)  # fmt: skip


class Archive:
    """The files in a ZIP archive. Raises UnreadableSource for what is damaged or hostile."""

    def __init__(self, raw: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
            files = self._zip.infolist()
        except _DAMAGES as error:
            raise UnreadableSource("file-archive-damaged") from error
        if len(files) > _MOST_FILES or sum(file.file_size for file in files) > MOST_UNPACKED:
            raise UnreadableSource("file-unpacks-too-large")
        for file in files:
            _demand_harmless(file)
        self.names = frozenset(file.filename for file in files)
        self._left = MOST_TEXT
        self._demand_few(file for file in files if file.filename.endswith(_MARKUP))

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return name in self.names

    def read(self, name: str) -> bytes:
        """The content of a file."""
        try:
            with self._zip.open(name) as file:
                content = file.read(self._left + 1)
        except _DAMAGES as error:
            raise UnreadableSource("file-part-missing", part=name) from error
        self._left -= len(content)
        if self._left < 0:
            raise UnreadableSource("file-too-large", part=name)
        return content

    def _demand_few(self, files: Iterable[zipfile.ZipInfo]) -> None:
        """Raises UnreadableSource for more markup than is parsed, which is counted by stream."""
        size = parts = 0
        for file in files:
            try:
                with self._zip.open(file) as packed:
                    while chunk := packed.read(_CHUNK):
                        size, parts = size + len(chunk), parts + chunk.count(b"<")
                        if size > MOST_TEXT:
                            raise UnreadableSource("file-too-large", part=file.filename)
                        if parts > MOST_PARTS:
                            raise UnreadableSource("file-too-many-parts", most=MOST_PARTS)
            except _DAMAGES as error:
                raise UnreadableSource("file-part-missing", part=file.filename) from error

    def xml(self, name: str) -> Element:
        """The root of an XML file."""
        root = parse_xml(self._text(name))
        if root is None:
            raise UnreadableSource("file-part-no-xml", part=name)
        return root

    def page(self, name: str) -> Element | None:
        """The tree of an XHTML file, None when it is empty."""
        return parse_xhtml(self._text(name))

    def _text(self, name: str) -> str:
        content = self.read(name)
        if content.count(b"<") > MOST_PARTS:
            raise UnreadableSource("file-too-many-parts", most=MOST_PARTS)
        text = decode_page(content)
        if "<!ENTITY" in text:
            raise UnreadableSource("file-entities", part=name)
        return text


def _demand_harmless(file: zipfile.ZipInfo) -> None:
    """Raises UnreadableSource for the tricks that archives are known for."""
    path = PurePosixPath(file.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match("[A-Za-z]:", file.filename):
        raise UnreadableSource("file-path-outside", part=file.filename)
    if file.flag_bits & _PASSWORD_BIT:
        raise UnreadableSource("file-locked")
    if file.compress_type not in _METHODS:
        raise UnreadableSource("file-packing-unknown", part=file.filename)
    is_bomb = file.file_size > _BOMB_RATIO * max(1, file.compress_size)
    if is_bomb and file.file_size > _BOMB_BYTES:
        raise UnreadableSource("file-bomb", part=file.filename)
