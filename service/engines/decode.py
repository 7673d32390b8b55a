"""Audio files as online voices answer them → samples."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import soundfile

from service.domain import Sound


def decoded(content: bytes) -> Sound:
    """MP3, WAV, FLAC or Ogg as mono samples. Raises ValueError when it is none of them."""
    try:
        samples, rate_hz = soundfile.read(BytesIO(content), dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise ValueError("not audio") from error
    mono = np.clip(samples.mean(axis=1), -1.0, 32_767 / 32_768)
    return Sound(np.rint(mono * 32_767).astype("<i2").tobytes(), rate_hz)
