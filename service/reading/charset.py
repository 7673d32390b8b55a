"""Bytes → characters: by byte order mark, what is told, UTF-8, or recognition."""

from __future__ import annotations

import codecs
import contextlib
import re

from charset_normalizer import from_bytes

from service.errors import UnreadableSource
from service.reading.formats import beginning, refusal

_DOCUMENTS = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")  # what is no plain text
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_TOLD = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)|\A\s*<\?xml[^>]+encoding=[\"']([\w-]+)",
    re.IGNORECASE,
)
_USED = re.compile(
    r"utf-?(?:8|16|16le|16be)|(?:iso-?8859|windows|cp|latin)-?\d+|us-ascii|ascii|macintosh"
)
# on the web these names mean Windows-1252 (WHATWG's Encoding standard)
_LATIN_1 = re.compile(r"iso-?8859-?1|latin-?1|us-ascii|ascii|cp819")
_EIGHT_BIT = ("cp1252", "iso8859-15", "cp850", "mac-roman")  # the likeliest first
_LETTERS, _SIGNS = frozenset("äöüÄÖÜßé§€"), frozenset("èàç„“”‚‘’–—…»«° \xa0")
_LIKELY = 0.8
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_MOST_NOT_TEXT = 0.02  # share of control characters; text has none


def decode(raw: bytes) -> str:
    """The characters of a text file. Raises UnreadableSource for files that are not text."""
    if raw.startswith(_DOCUMENTS):
        raise UnreadableSource("file-not-text")
    if suffix := beginning(raw):
        raise refusal(suffix)
    text = _marked(raw) or _utf_16(raw) or _utf_8(raw)
    if text is None:
        text = _recognised(raw)
    if len(_NOT_TEXT.findall(text)) > _MOST_NOT_TEXT * len(text):
        raise UnreadableSource("file-not-text")
    return text


def decode_page(raw: bytes, *, declared: str | None = None) -> str:
    """The characters of a page: by its mark, the declared charset, its meta tag, or as a file.

    What is valid UTF-8 is read as such, whatever is declared: it can hardly be so by chance.
    """
    text = _marked(raw) or (_utf_8(raw) if b"\0" not in raw else None)
    if text is not None:
        return text
    named = _TOLD.search(raw[:4096])
    inside = (named[1] or named[2]).decode("ascii") if named else None
    for charset in filter(None, (declared, inside)):
        with contextlib.suppress(LookupError, UnicodeDecodeError):
            return raw.decode(_codec(charset.lower()))
    return decode(raw)


def _codec(charset: str) -> str:
    """Python's name for a charset of the web. Raises LookupError for any other."""
    if not _USED.fullmatch(charset):
        raise LookupError(charset)
    return "cp1252" if _LATIN_1.fullmatch(charset) else charset


def _marked(raw: bytes) -> str | None:
    for mark, charset in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(charset, "replace")
    return None


def _utf_8(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _utf_16(raw: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of Western text is zero."""
    even, odd = raw[:4096:2], raw[1:4096:2]
    for zeros, others, charset in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if zeros.count(0) > 0.7 * len(zeros) and others.count(0) < 0.1 * len(others):
            return raw.decode(charset, "replace")
    return None


def _recognised(raw: bytes) -> str:
    """What reads as German in one of the usual charsets, else what charset-normalizer finds."""
    texts = [raw.decode(charset, "replace") for charset in _EIGHT_BIT]
    likeliest = max(texts, key=_looks_german)
    if "\0" not in likeliest and _looks_german(likeliest) >= _LIKELY:
        return likeliest
    best = from_bytes(raw).best()
    if best is None:
        raise UnreadableSource("file-encoding-unknown")
    return str(best)


def _looks_german(text: str) -> float:
    """Share of the letters beyond ASCII that German has; signs count a little less."""
    high = [letter for letter in text if letter > "\x7f"]
    weight = sum((letter in _LETTERS) + 0.9 * (letter in _SIGNS) for letter in high)
    return weight / max(1, len(high))
