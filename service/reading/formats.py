"""Which formats there are: what is read, and by which name the others are refused.

Told by what a file begins with or holds, then by its name, then by its media type.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from service.errors import UnreadableSource
from service.net.fetch import MOST_BYTES

MOST_DOCUMENT_BYTES = 32 << 20  # of a PDF, a book or another document behind an address
PAGES = frozenset({"text/html", "application/xhtml+xml"})
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCUMENTS = {  # media type: suffix
    "application/pdf": ".pdf",
    "application/x-pdf": ".pdf",
    "application/epub+zip": ".epub",
    f"{_OFFICE}wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/x-fictionbook+xml": ".fb2",
    "application/x-fictionbook": ".fb2",
    "application/fb2": ".fb2",
    "message/rfc822": ".eml",
    "multipart/related": ".mht",
    "application/x-mimearchive": ".mht",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
}
TEXT = frozenset({"", ".txt", ".text"})
MARKDOWN = frozenset({".md", ".markdown"})
HTML = frozenset({".html", ".htm", ".xhtml"})
SAME = {
    ".markdown": ".md",
    ".htm": ".html",
    ".xhtml": ".html",
    ".mhtml": ".mht",
    ".docm": ".docx",
    ".ott": ".odt",
}
SUFFIXES = TEXT | MARKDOWN | HTML | frozenset(DOCUMENTS.values()) | SAME.keys()
_UNTOLD = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/zip",
                     "application/download", "application/force-download",
                     "application/x-download", "application/xml", "text/xml"})  # fmt: skip

_PICTURE, _SOUND, _FILM = "file-is-picture", "file-is-sound", "file-is-film"
_SHEET, _SLIDES, _KINDLE = "file-is-spreadsheet", "file-is-presentation", "file-is-kindle"
_ARCHIVE, _PROGRAM = "file-is-archive", "file-is-program"
_OTHERS = {  # suffix: the code that says what it is, and what to do
    ".doc": "file-is-old-word", ".dot": "file-is-old-word",
    ".xls": _SHEET, ".xlsx": _SHEET, ".xlsm": _SHEET, ".ods": _SHEET, ".numbers": _SHEET,
    ".csv": _SHEET, ".tsv": _SHEET,
    ".ppt": _SLIDES, ".pptx": _SLIDES, ".pps": _SLIDES, ".ppsx": _SLIDES,
    ".odp": "file-is-impress", ".key": "file-is-keynote", ".odg": "file-is-drawing",
    ".pages": "file-is-pages", ".wpd": "file-is-wordperfect", ".wps": "file-is-works",
    ".msg": "file-is-outlook", ".mobi": _KINDLE, ".azw": _KINDLE, ".azw3": _KINDLE,
    ".djvu": "file-is-djvu", ".ps": "file-is-postscript", ".xps": "file-is-xps",
    ".tex": "file-is-latex", ".eps": _PICTURE, ".svg": _PICTURE,
    ".jpg": _PICTURE, ".jpeg": _PICTURE, ".png": _PICTURE, ".gif": _PICTURE, ".webp": _PICTURE,
    ".tif": _PICTURE, ".tiff": _PICTURE, ".bmp": _PICTURE, ".heic": _PICTURE, ".avif": _PICTURE,
    ".mp3": _SOUND, ".m4a": _SOUND, ".m4b": _SOUND, ".ogg": _SOUND, ".opus": _SOUND,
    ".wav": _SOUND, ".flac": _SOUND, ".aac": _SOUND, ".wma": _SOUND,
    ".mp4": _FILM, ".mov": _FILM, ".mkv": _FILM, ".avi": _FILM, ".webm": _FILM,
    ".zip": _ARCHIVE, ".7z": _ARCHIVE, ".rar": _ARCHIVE, ".tar": _ARCHIVE, ".gz": _ARCHIVE,
    ".tgz": _ARCHIVE, ".xz": _ARCHIVE, ".bz2": _ARCHIVE, ".zst": _ARCHIVE,
    ".exe": _PROGRAM, ".db": _PROGRAM,
}  # fmt: skip
_FAMILIES = {"image": _PICTURE, "audio": _SOUND, "video": _FILM}  # of media types
_BEGINNINGS = {  # bytes that no text begins with: suffix
    b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"GIF87a": ".gif", b"GIF89a": ".gif",
    b"II*\0": ".tif", b"MM\0*": ".tif", b"ID3\2": ".mp3", b"ID3\3": ".mp3", b"ID3\4": ".mp3",
    b"OggS\0": ".ogg", b"fLaC\0": ".flac", b"7z\xbc\xaf\x27\x1c": ".7z", b"Rar!\x1a": ".rar",
    b"\x1f\x8b": ".gz", b"\xfd7zXZ": ".xz", b"BZh91AY&SY": ".bz2", b"\x28\xb5\x2f\xfd": ".zst",
    b"%!PS": ".ps", b"AT&TFORM": ".djvu", b"\x1aE\xdf\xa3": ".mkv", b"\xffWPC": ".wpd",
    b"\x7fELF": ".exe", b"MZ\x90\0": ".exe", b"SQLite format 3\0": ".db",
}  # fmt: skip
_INSIDE = {  # RIFF and ISO media (ISO/IEC 14496-12), Palm databases: bytes at an offset
    (8, b"WEBP"): ".webp", (8, b"WAVE"): ".wav", (8, b"AVI "): ".avi",
    (4, b"ftyphei"): ".heic", (4, b"ftypmif"): ".heic", (4, b"ftypM4A"): ".m4a",
    (4, b"ftyp"): ".mp4", (60, b"BOOKMOBI"): ".mobi", (257, b"ustar"): ".tar",
}  # fmt: skip
_STREAMS = {  # names in an OLE file (MS-CFB), which are UTF-16: suffix
    "WordDocument": ".doc", "Workbook": ".xls", "Book": ".xls", "PowerPoint Document": ".ppt",
    "__substg1.0_": ".msg", "__properties_version1.0": ".msg",
}  # fmt: skip
_PACKED = (  # what a file in an archive is called: suffix
    (re.compile(r"xl/workbook\."), ".xlsx"),
    (re.compile(r"ppt/presentation\."), ".pptx"),
    (re.compile(r"Index/(?:Document|Tables)|Index\.zip|Index\.xml|preview\.jpg"), ".pages"),
    (re.compile(r"FixedDocSeq\.fdseq|FixedDocumentSequence\.fdseq"), ".xps"),
)
_OPEN = {"spreadsheet": ".ods", "presentation": ".odp", "graphics": ".odg"}


def limit(kind: str, name: str) -> int:
    """How many bytes are taken of an answer, by its media type and its file's name.

    Raises UnreadableSource for what is not read.
    """
    if kind in PAGES:
        return MOST_BYTES
    suffix = PurePath(name).suffix.lower()
    if kind in DOCUMENTS or (kind in _UNTOLD and suffix in SUFFIXES - {""}):
        return MOST_DOCUMENT_BYTES
    if family := _FAMILIES.get(kind.partition("/")[0]):
        raise UnreadableSource(family)
    if code := _OTHERS.get(suffix):
        raise UnreadableSource(code)
    raise UnreadableSource("page-not-web", kind=kind or "?")


def named(kind: str, name: str) -> str:
    """The file's name, with the suffix of its media type where it has none that is known."""
    is_known = PurePath(name).suffix.lower() in SUFFIXES - {""}
    return name if is_known else f"{name}{DOCUMENTS.get(kind, '')}"


def refusal(suffix: str, *, name: str = "") -> UnreadableSource:
    """The error for a file that is not read: what it is, and what to do."""
    if code := _OTHERS.get(suffix):
        return UnreadableSource(code)
    return UnreadableSource("file-kind-unknown", file=name)


def beginning(raw: bytes) -> str | None:
    """The suffix of what is no text, by its first bytes; None when they tell nothing."""
    for start, suffix in _BEGINNINGS.items():
        if raw.startswith(start):
            return suffix
    for (offset, mark), suffix in _INSIDE.items():
        if raw.startswith(mark, offset):
            return suffix
    return None


def ole_suffix(raw: bytes, name: str) -> str:
    """Which old Office format it is, by the streams it names, else by its own name."""
    for stream, suffix in _STREAMS.items():
        if stream.encode("utf-16-le") in raw:
            return suffix
    suffix = PurePath(name).suffix.lower()
    return suffix if suffix in _OTHERS else ".doc"


def packed_suffix(names: frozenset[str], mimetype: str, name: str) -> str:
    """Which format an archive is that is none of those that are read."""
    for kind, suffix in _OPEN.items():
        if f"opendocument.{kind}" in mimetype:
            return suffix
    for pattern, suffix in _PACKED:
        if any(map(pattern.match, names)):
            own = PurePath(name).suffix.lower()
            return own if own in {".key", ".numbers"} else suffix
    return ".zip"
