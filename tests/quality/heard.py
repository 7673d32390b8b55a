"""An article as it is heard: spoken, joined and decoded."""

from __future__ import annotations

import io
import tempfile

import numpy as np
import soundfile

from service import spoken
from service.contracts import Voices
from service.domain import SAMPLE_RATE_HZ, Narration
from service.narration.voicing import make_track
from service.narration.writing import Manner, write
from service.reading import read_text


def heard(
    text: str,
    voice_id: str,
    voices: Voices,
    *,
    rate: float = 1.0,
    cast: dict[str, str] | None = None,
) -> tuple[Narration, np.ndarray]:
    """The narration of a text with all its clips made, and the samples of its track."""
    others = {part: voices.voice(other) for part, other in (cast or {}).items()}
    voice = voices.voice(voice_id)
    narration = write(
        read_text(text), voice, lexicon=spoken.BUILT_IN, manner=Manner(rate=rate), cast=others
    )
    with tempfile.TemporaryFile() as file:
        narration, pieces = make_track(narration, voices, file, workers=1)
        track = b"".join(pieces)
    samples, rate_hz = soundfile.read(io.BytesIO(track))
    assert rate_hz == SAMPLE_RATE_HZ
    return narration, samples
