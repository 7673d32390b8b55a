"""Clips → track: an article's audio as a list of byte ranges, never a second copy.

A track is a tag, then the frames of its clips with silent frames between them. Any byte
range is served from the clips' own bytes; a frame is 24 ms, so times are frame counts.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import pairwise

from service.domain import (
    ENCODER_DELAY_SAMPLES,
    FRAME_BYTES,
    FRAME_SAMPLES,
    SAMPLE_RATE_HZ,
    Article,
    Clip,
    Kind,
    Listed,
    Narration,
    Segment,
    Span,
)
from service.sound.tags import Chapter, Tag, id3, whole_size

# ISO 13818-3 header (Layer III, 64 kbit/s, 24 kHz, mono, no CRC) and an empty frame behind it.
SILENT_FRAME = b"\xff\xf3\x84\xc4" + bytes(FRAME_BYTES - 4)
LETTERS_PER_S = 13.0  # for estimates, until the clip is made

# Pauses as they are heard, in ms, after a paragraph and before one; the longer of the two counts.
# A listener sees neither type nor indentation: pauses tell him what begins.
_PAUSE_AFTER_MS = {
    Kind.TITLE: 1200,  # the longest: the headline stands alone, and names all that follows
    Kind.HEADING: 800,  # shorter than before it: heard as the head of what follows
    Kind.TEXT: 800,  # twice the breath between sentences: a new thought
    Kind.QUOTE: 950,  # between the two others: the one who speaks has changed
    Kind.LIST_ITEM: 600,  # one more than a breath: the list goes on
}
_PAUSE_BEFORE_MS = {Kind.HEADING: 1100, Kind.QUOTE: 950}
_BEGIN_CHAPTERS = {Kind.TITLE, Kind.HEADING}
_TRIMMING_MS = 50  # what clips keep around speech, at the voice's own pace
_ENCODING_MS = 61  # silence in clips: the encoder's delay 46 and padding 15 (mean)
_FRAME_MS = 24


@dataclass(frozen=True, slots=True)
class Timing:
    """Where one paragraph stands in the track, in samples; a guess until its clip is made."""

    start: int
    samples: int
    spans: tuple[Span, ...]
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of bytes of the track: given bytes, or a clip's file."""

    size: int
    content: bytes = b""
    clip: Clip | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """The part of a piece that a byte range needs: from start to end, exclusive."""

    piece: Piece
    start: int
    end: int


class Track:
    """The finished audio of an article whose clips are all made."""

    def __init__(self, pieces: Sequence[Piece], *, small_tag: bytes = b"") -> None:
        self.pieces = tuple(pieces)
        self._small_tag = small_tag
        self._starts = [0]
        for piece in self.pieces:
            self._starts.append(self._starts[-1] + piece.size)
        digest = hashlib.sha256()
        for piece in self.pieces:
            digest.update(piece.clip.sha256.encode() if piece.clip else piece.content)
        self.etag = digest.hexdigest()[:32]

    @cached_property
    def small(self) -> Track:
        """The same sound behind a small tag: another file, with an ETag of its own."""
        return Track([_piece(self._small_tag), *self.pieces[1:]])

    @property
    def size(self) -> int:
        """Bytes in all."""
        return self._starts[-1]

    def slices(self, start: int, end: int) -> Iterator[Slice]:
        """The pieces that make up bytes start to end (exclusive), in order."""
        index = bisect_right(self._starts, start) - 1
        while start < end:
            offset = self._starts[index]
            stop = min(end, self._starts[index + 1])
            if stop > start:
                yield Slice(self.pieces[index], start - offset, stop - offset)
            start, index = stop, index + 1


def assemble(narration: Narration) -> Track:
    """The track of a narration that is ready. Raises ValueError if a clip is missing."""
    tag = tag_of(narration)
    pieces = [_piece(id3(tag))]
    for number, segment in enumerate(narration.segments, 1):
        if segment.clip is None:
            raise ValueError(f"paragraph {number} has no clip")
        pieces.append(Piece(size=segment.clip.size, clip=segment.clip))
        pieces.append(_piece(pause_after(narration, number)))
    return Track([piece for piece in pieces if piece.size], small_tag=id3(tag.small))


def pause_after(narration: Narration, number: int) -> bytes:
    """The silent frames between paragraph `number` and the next; none after the last."""
    return SILENT_FRAME * _pause_frames(narration, number)


def timings(narration: Narration) -> list[Timing]:
    """Where every paragraph stands, in reading order."""
    result, start = [], 0
    for number, segment in enumerate(narration.segments, 1):
        timing = (
            _made(start, segment.clip) if segment.clip else _guessed(start, segment, narration.rate)
        )
        result.append(timing)
        start += timing.samples + _pause_frames(narration, number) * FRAME_SAMPLES
    return result


def chapters(narration: Narration) -> tuple[Chapter, ...]:
    """One chapter from the title and one from every heading, gapless to the track's end."""
    where = timings(narration)
    heads = [
        (segment.text or narration.article.title, _milliseconds(timing.start))
        for segment, timing in zip(narration.segments, where, strict=True)
        if segment.paragraph.kind in _BEGIN_CHAPTERS
    ]
    ends = [start for _, start in heads[1:]] + [_milliseconds(where[-1].start + where[-1].samples)]
    return tuple(
        Chapter(title, start, end) for (title, start), end in zip(heads, ends, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of a track without its paragraphs.

    `made` are the bytes of its clips, `missing` counts the paragraphs without one, which have so
    many spoken `letters`.
    """

    kinds: tuple[Kind, ...]
    rate: float
    made: int
    missing: int = 0
    letters: int = 0

    @property
    def samples(self) -> int:
        """Length, estimated where clips are missing."""
        guessed = self.missing * ENCODER_DELAY_SAMPLES + _spoken(self.letters, self.rate)
        return (self.made // FRAME_BYTES + self._pause_frames) * FRAME_SAMPLES + guessed

    def size(self, tag: Tag, *, letters: int, heads: int) -> int:
        """Bytes of the finished track, whose tag lacks the text and the titles of chapters.

        `letters` and `heads` are their lengths in UTF-16 units.
        """
        size = whole_size(
            replace(tag, duration_ms=_milliseconds(self.samples)),
            lyrics=letters + len("\n\n") * (len(self.kinds) - 1),
            chapters=sum(kind in _BEGIN_CHAPTERS for kind in self.kinds),
            titles=heads,
        )
        return size + self.made + self._pause_frames * FRAME_BYTES

    @property
    def _pause_frames(self) -> int:
        """Frames of silence between the paragraphs."""
        return _frames_among(self.kinds, self.rate)


@lru_cache
def _frames_among(kinds: tuple[Kind, ...], rate: float) -> int:
    return sum(_frames_between(*pair, rate) for pair in pairwise(kinds))


def listed(narration: Narration) -> Listed:
    """The edition as lists show it."""
    article = replace(narration.article, paragraphs=narration.article.paragraphs[:3], left_out=())
    missing = [segment.script for segment in narration.segments if not segment.clip]
    outline = Outline(
        tuple(segment.paragraph.kind for segment in narration.segments),
        narration.rate,
        made=sum(segment.clip.size for segment in narration.segments if segment.clip),
        missing=len(missing),
        letters=sum(script.letters for script in missing),
    )
    return Listed(
        id=narration.id,
        created_at=narration.created_at,
        version=narration.version,
        edition=narration.edition,
        finished_edition=narration.finished_edition,
        article=article,
        voice=narration.voice,
        asked_voice=narration.asked_voice,
        rate=narration.rate,
        extras=narration.spec.extras,
        note=narration.note,
        collections=narration.collections,
        tally=narration.tally,
        samples=outline.samples,
        cast=narration.spec.cast,
    )


def duration_s(narration: Narration) -> float:
    """Length of the track in seconds, estimated where clips are missing."""
    last = timings(narration)[-1]
    return (last.start + last.samples) / SAMPLE_RATE_HZ


def tag_of(narration: Narration) -> Tag:
    """What the MP3 says of itself; chapters and length only when they are known.

    The cover comes with the finished track alone: it would stand before the first sound.
    """
    known = all(segment.clip for segment in narration.segments)
    return replace(
        small_tag(narration.article, narration.created_at),
        lyrics="\n\n".join(segment.text for segment in narration.segments),
        duration_ms=round(duration_s(narration) * 1000) if known else None,
        chapters=chapters(narration) if known else (),
        has_cover=known,
    )


def small_tag(article: Article, created_at: datetime) -> Tag:
    """The tag without all that is of the length of text or track."""
    return Tag(
        title=article.title,
        artist=article.byline or article.site or "Vorleser",
        album=article.site or "Vorleser",
        date=created_at.date().isoformat(),
        source_url=article.source_url or "",
    )


def _piece(content: bytes) -> Piece:
    return Piece(size=len(content), content=content)


def _pause_frames(narration: Narration, number: int) -> int:
    segments = narration.segments
    if number == len(segments):
        return 0
    kind, following = segments[number - 1].paragraph.kind, segments[number].paragraph.kind
    return _frames_between(kind, following, narration.rate)


@lru_cache
def _frames_between(kind: Kind, following: Kind, rate: float) -> int:
    """Frames of silence between two paragraphs."""
    if kind is Kind.LIST_ITEM and following is not kind:
        kind = Kind.TEXT  # the list is over
    pause_ms = max(_PAUSE_AFTER_MS[kind], _PAUSE_BEFORE_MS.get(following, 0))
    silent_ms = (pause_ms - _TRIMMING_MS) / rate - _ENCODING_MS
    return round(silent_ms / _FRAME_MS)


def _made(start: int, clip: Clip) -> Timing:
    spans = tuple(Span(start + span.start, start + span.end) for span in clip.spans)
    return Timing(start, clip.samples, spans, is_estimate=False)


def _guessed(start: int, segment: Segment, rate: float) -> Timing:
    spans, letters, position = [], 0, start + ENCODER_DELAY_SAMPLES
    for sentence in segment.script.sentences:
        letters += len(sentence.spoken)
        end = start + _guess(letters, rate)
        spans.append(Span(position, end))
        position = end
    return Timing(start, position - start, tuple(spans), is_estimate=True)


def _guess(letters: int, rate: float) -> int:
    """Samples of a clip with so many letters."""
    return ENCODER_DELAY_SAMPLES + _spoken(letters, rate)


def _spoken(letters: int, rate: float) -> int:
    return round(letters / LETTERS_PER_S / rate * SAMPLE_RATE_HZ)


def _milliseconds(samples: int) -> int:
    return round(samples * 1000 / SAMPLE_RATE_HZ)
