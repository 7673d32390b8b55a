"""ID3v2.3 tags (id3.org/id3v2.3.0, id3v2-chapters-1.0): what an MP3 says of itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from urllib.parse import quote

DISCLOSURE = "Gesprochen von künstlicher Intelligenz"
_UNIT_BYTES = 2  # of UTF-16
_OF_ADDRESSES = "%:/?#[]@!$&'()*+,;="  # what is told by signs in them (RFC 3986)
SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of the track under one heading; times in milliseconds."""

    title: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Tag:
    """The words that go into the tag; empty ones are left out."""

    title: str
    artist: str = ""
    album: str = ""
    date: str = ""  # ISO 8601, of the narration
    source_url: str = ""
    lyrics: str = ""
    duration_ms: int | None = None
    chapters: tuple[Chapter, ...] = ()
    has_cover: bool = False

    @property
    def small(self) -> Tag:
        """For players, which show picture and text anyway: nothing long before the first sound."""
        return replace(self, lyrics="", has_cover=False)


@cache
def cover() -> bytes:
    """The cover picture: 1400 × 1400 JPEG."""
    return resources.files("service.sound").joinpath("cover.jpg").read_bytes()


def id3(tag: Tag) -> bytes:
    """The tag as bytes, ready to stand before the first MPEG frame."""
    texts = {"TIT2": tag.title, "TPE1": tag.artist, "TALB": tag.album, "TLAN": "deu"}
    texts |= {"TYER": tag.date[:4], "TDAT": tag.date[8:10] + tag.date[5:7]}
    texts["TLEN"] = "" if tag.duration_ms is None else str(tag.duration_ms)
    frames = [_frame(name, _text(value)) for name, value in texts.items() if value]
    frames.append(_frame("COMM", b"\x01deu" + _utf16("") + _utf16(DISCLOSURE + ".")[:-2]))
    frames.append(_frame("TXXX", b"\x01" + _utf16("digitalSourceType") + _utf16(SOURCE_TYPE)[:-2]))
    if tag.source_url:
        frames.append(
            _frame("WOAS", quote(tag.source_url, _OF_ADDRESSES, errors="replace").encode())
        )
    if tag.lyrics:
        frames.append(_lyrics(tag.lyrics))
    frames += _chapters(tag.chapters)
    if tag.has_cover:
        frames.append(_cover())
    body = b"".join(frames)
    return b"ID3\x03\x00\x00" + _synchsafe(len(body)) + body


def whole_size(tag: Tag, *, lyrics: int, chapters: int, titles: int) -> int:
    """Bytes of a tag that has besides a cover, lyrics and chapters, without making any of them.

    `lyrics` is the length of the text, `titles` that of all chapters' titles, in UTF-16 units.
    """
    more = len(_lyrics("")) + _bare_size(chapters) + len(_cover())
    return len(id3(tag)) + more + _UNIT_BYTES * (lyrics + titles)


@cache
def _cover() -> bytes:
    return _frame("APIC", b"\0image/jpeg\0\x03\0" + cover())


def _lyrics(text: str) -> bytes:
    return _frame("USLT", b"\x01deu" + _utf16("") + _utf16(text)[:-2])


@lru_cache
def _bare_size(count: int) -> int:
    """Bytes of so many chapters with titles of no letter."""
    return sum(map(len, _chapters((Chapter("", 0, 0),) * count)))


def _chapters(chapters: tuple[Chapter, ...]) -> list[bytes]:
    if not chapters:
        return []
    names = [f"c{number}".encode() + b"\0" for number in range(1, len(chapters) + 1)]
    # CTOC: id, top-level and ordered flags, count (one byte), children
    contents = b"toc\0\x03" + bytes([min(len(names), 255)]) + b"".join(names[:255])
    return [_frame("CTOC", contents)] + [
        _frame("CHAP", name + _chapter_body(chapter))
        for name, chapter in zip(names, chapters, strict=True)
    ]


def _chapter_body(chapter: Chapter) -> bytes:
    times = chapter.start_ms.to_bytes(4, "big") + chapter.end_ms.to_bytes(4, "big")
    return times + b"\xff" * 8 + _frame("TIT2", _text(chapter.title))


def _frame(name: str, body: bytes) -> bytes:
    return name.encode() + len(body).to_bytes(4, "big") + b"\0\0" + body


def _text(value: str) -> bytes:
    return b"\x01" + _utf16(value)[:-2]


def _utf16(value: str) -> bytes:
    """With byte order mark and terminator, as encoding 1 of ID3v2.3 wants."""
    return b"\xff\xfe" + value.encode("utf-16-le", "replace") + b"\0\0"


def _synchsafe(size: int) -> bytes:
    return bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
