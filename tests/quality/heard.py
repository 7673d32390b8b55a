"""An article as it is heard: spoken, joined and decoded; and how loud that is."""

from __future__ import annotations

import io
import tempfile

import numpy as np
import pyloudnorm
import soundfile
from scipy.signal import resample_poly

from service import spoken
from service.contracts import Voices
from service.domain import SAMPLE_RATE_HZ, Narration
from service.narration.voicing import make_track
from service.narration.writing import write
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
    narration = write(read_text(text), voice, lexicon=spoken.BUILT_IN, rate=rate, cast=others)
    with tempfile.TemporaryFile() as file:
        narration, pieces = make_track(narration, voices, file, workers=1)
        track = b"".join(pieces)
    samples, rate_hz = soundfile.read(io.BytesIO(track))
    assert rate_hz == SAMPLE_RATE_HZ
    return narration, samples


def loudness_lufs(samples: np.ndarray) -> float:
    """Integrated (ITU-R BS.1770-4)."""
    return pyloudnorm.Meter(SAMPLE_RATE_HZ).integrated_loudness(samples)


def true_peak_dbtp(samples: np.ndarray) -> float:
    """Of the wave between the samples too, by four times as many."""
    return 20 * np.log10(np.abs(resample_poly(samples, 4, 1)).max())
