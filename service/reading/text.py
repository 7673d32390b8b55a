"""Text itself: made tidy, compared, judged by its looks."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

from service.characters import mended

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")
_UNSEEN = re.compile(
    "[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
    "|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
    "|\u200d(?![\u2190-\U0001ffff])"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_PROSE = 40  # letters
_SHORT_HEADING, _HEADED_TEXT = 80, 100  # characters
_CHAPTER = re.compile(
    r"(?:(?:\d{1,3}\.|[^\W\d_]{3,20}(?:tes|ter|te)) (?:Kapitel|Teil|Buch|Akt|Abschnitt)"
    r"|(?:Kapitel|Teil|Buch|Akt|Abschnitt) (?:\d{1,3}|[IVXLC]{1,7}|[^\W\d_]{3,20}))\.?",
    re.IGNORECASE,
)
_NOT_A_HEADING = re.compile(r"[.!:,;…“”\"«»)–-]$")


def tidy(text: str) -> str:
    """NFC, one kind of line break, nothing that cannot be seen, no word divided by a mark."""
    text = mended(_BREAKS.sub("\n", text).replace("\u2029", "\n\n"))
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


def resolved(text: str) -> str:
    """The text with characters for their names, which someone escaped twice."""
    return _ENTITY.sub(lambda match: unescape(match[0]), text) if "&" in text else text


def words(text: str) -> str:
    """The text with single blanks, without what cannot be seen."""
    return " ".join(tidy(text).split())


def letters(text: str) -> str:
    """Letters and digits alone, in small: for finding the same words again."""
    return "".join(filter(str.isalnum, text)).casefold()


def is_prose(text: str) -> bool:
    """Whether it is a sentence or more, and no label."""
    return len(letters(text)) >= _PROSE and text.rstrip('“”»«"’)]')[-1:] in {*".!?…"}


def is_chapter_name(text: str) -> bool:
    """Whether a line is the name of a chapter that is only counted: “Zweites Kapitel”."""
    return bool(_CHAPTER.fullmatch(text))


def looks_like_heading(text: str, following: str) -> bool:
    """Whether a short line without a full stop stands above a longer paragraph."""
    return (
        len(text) <= _SHORT_HEADING
        and len(following) >= _HEADED_TEXT
        and not text[0].islower()
        and not _NOT_A_HEADING.search(text)
    )
