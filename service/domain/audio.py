"""Sounding: samples, clips and the files that are made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

SAMPLE_RATE_HZ = 24_000  # of everything that leaves the house
FRAME_SAMPLES = 576  # MPEG-2 Layer III (ISO 13818-3): samples in one frame
FRAME_BYTES = 192  # one frame at 64 kbit/s CBR: 24 ms
SPOKEN_WORD = re.compile(r"\S*[^\W_]\S*")  # what times are told of: between blanks, with a letter
ENCODER_DELAY_SAMPLES = 1105  # LAME 576 + decoder 529: where a clip's first sample sounds


@dataclass(frozen=True, slots=True)
class Sound:
    """Signed 16-bit little-endian mono samples.

    `gain_db` brings the voice to the house loudness, and is the same in all that it says. It
    comes with the samples since these have no room for the peaks that it makes.
    """

    pcm: bytes
    sample_rate_hz: int
    gain_db: float = 0.0

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.pcm) / 2 / self.sample_rate_hz


@dataclass(frozen=True, slots=True)
class Span:
    """Where a sentence sounds: samples from the clip's first decoded sample."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Written words that are heard as one: their place in the segment's text (code points, end
    exclusive), and in samples from the clip's first decoded one where they begin.
    """

    start: int
    end: int
    at: int


@dataclass(frozen=True, slots=True)
class Clip:
    """The audio of one paragraph in one voice, as recorded in the library.

    `id` names what is spoken (text, voice, sound settings); `sha256` and `size` (bytes) the
    file that was made; `spans` has one entry a sentence, and so has `words` once they are known:
    where each spoken word begins, in samples from the clip's first decoded one.
    """

    id: str
    size: int
    sha256: str
    spans: tuple[Span, ...]
    words: tuple[tuple[int, ...], ...] | None = None

    @property
    def samples(self) -> int:
        """Length when decoded."""
        return self.size // FRAME_BYTES * FRAME_SAMPLES


@dataclass(frozen=True, slots=True)
class Rendition:
    """A finished track in another format, as recorded: `id` names track and format."""

    id: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of the audio store: its name (SHA-256), bytes, and when it was written."""

    name: str
    size: int
    written_at: datetime
