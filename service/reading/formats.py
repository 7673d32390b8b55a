"""Which formats there are: what is read, and by which name the others are refused.

Told by what a file begins with or holds, then by its name, then by its media type.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from service.errors import UnreadableSource

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
SUFFIXES = TEXT | MARKDOWN | HTML | frozenset(DOCUMENTS.values()) | {".mhtml", ".ott", ".docm"}
_UNTOLD = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/zip",
                     "application/download", "application/force-download",
                     "application/x-download", "application/xml", "text/xml"})  # fmt: skip

_AS_PDF = "export it as PDF and give that"
_AS_TEXT = "save its text as .docx or .txt and give that"
_PICTURE = "a picture", "give the text itself, or a PDF with its text recognised"
_SOUND = "a sound recording", "give a text to be read"
_FILM = "a film", "give a text to be read"
_ARCHIVE = "an archive", "unpack it, and give the article in it"
_WORD = "an old Word document", "save it as .docx and give that"
_SHEET = "a table of figures (spreadsheet)", "copy what is to be read into a text"
_SLIDES = "a PowerPoint presentation", _AS_PDF
_PAGES = "a Pages document", "export it as .docx or PDF and give that"
_KINDLE = "a Kindle book", "give the book as EPUB"
_OTHERS = {  # what it is, and what to do, by suffix
    ".doc": _WORD, ".dot": _WORD,
    ".xls": _SHEET, ".xlsx": _SHEET, ".xlsm": _SHEET, ".ods": _SHEET, ".numbers": _SHEET,
    ".csv": _SHEET, ".tsv": _SHEET,
    ".ppt": _SLIDES, ".pptx": _SLIDES, ".pps": _SLIDES, ".ppsx": _SLIDES,
    ".odp": ("an Impress presentation", _AS_PDF),
    ".key": ("a Keynote presentation", _AS_PDF),
    ".odg": ("a drawing", _AS_PDF),
    ".pages": _PAGES,
    ".wpd": ("a WordPerfect document", "save it as .docx and give that"),
    ".wps": ("a Works document", "save it as .docx and give that"),
    ".msg": ("an Outlook message", "save it as .eml and give that"),
    ".mobi": _KINDLE, ".azw": _KINDLE, ".azw3": _KINDLE,
    ".djvu": ("a DjVu document", _AS_PDF),
    ".ps": ("a PostScript document", _AS_PDF), ".eps": _PICTURE,
    ".xps": ("an XPS document", _AS_PDF),
    ".tex": ("a LaTeX source", "give the PDF that it makes"),
    ".jpg": _PICTURE, ".jpeg": _PICTURE, ".png": _PICTURE, ".gif": _PICTURE, ".webp": _PICTURE,
    ".tif": _PICTURE, ".tiff": _PICTURE, ".bmp": _PICTURE, ".heic": _PICTURE, ".svg": _PICTURE,
    ".mp3": _SOUND, ".m4a": _SOUND, ".m4b": _SOUND, ".ogg": _SOUND, ".opus": _SOUND,
    ".wav": _SOUND, ".flac": _SOUND, ".aac": _SOUND,
    ".mp4": _FILM, ".mov": _FILM, ".mkv": _FILM, ".avi": _FILM, ".webm": _FILM,
    ".zip": _ARCHIVE, ".7z": _ARCHIVE, ".rar": _ARCHIVE, ".tar": _ARCHIVE, ".gz": _ARCHIVE,
    ".tgz": _ARCHIVE, ".xz": _ARCHIVE, ".bz2": _ARCHIVE,
}  # fmt: skip
_BEGINNINGS = {  # bytes: suffix
    b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"GIF8": ".gif", b"BM": ".bmp",
    b"II*\0": ".tif", b"MM\0*": ".tif", b"ID3": ".mp3", b"OggS": ".ogg", b"fLaC": ".flac",
    b"7z\xbc\xaf\x27\x1c": ".7z", b"Rar!": ".rar", b"\x1f\x8b": ".gz", b"\xfd7zXZ": ".xz",
    b"BZh": ".bz2", b"%!PS": ".ps", b"AT&TFORM": ".djvu", b"\x1aE\xdf\xa3": ".mkv",
    b"\xffWPC": ".wpd",
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


def is_read(suffix: str, media_type: str = "") -> bool:
    """Whether a file of this name or media type may be one that is read."""
    is_untold = media_type in _UNTOLD
    return (
        media_type in DOCUMENTS or media_type in PAGES or (is_untold and suffix in SUFFIXES - {""})
    )


def refusal(suffix: str, *, name: str = "") -> UnreadableSource:
    """The error for a file that is not read: what it is, and what to do."""
    if known := _OTHERS.get(suffix):
        what, advice = known
        return UnreadableSource(f"This is {what}, which is not read: {advice}.")
    called = f"“{name}”" if name else "This"
    return UnreadableSource(
        f"{called} cannot be read: save the article as .txt, .md, .html, .docx, .odt, .rtf, .pdf "
        "or .epub."
    )


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
