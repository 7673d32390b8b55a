"""An article as it is heard: spoken, joined and decoded; and how loud that is."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import numpy as np
import pyloudnorm
import soundfile
from scipy.signal import resample_poly

from service import spoken
from service.contracts import Voices
from service.domain import SAMPLE_RATE_HZ, Narration
from service.reading import read_text
from service.sound import clips
from service.sound.track import assemble
from service.writing import write


def heard(
    text: str, voice_id: str, voices: Voices, *, rate: float = 1.0
) -> tuple[Narration, np.ndarray]:
    """The narration of a text with all its clips made, and the samples of its track."""
    narration = write(read_text(text), voices.voice(voice_id), lexicon=spoken.BUILT_IN, rate=rate)
    speak = partial(voices.engine(voice_id).speak, voice=voice_id)
    render = partial(clips.render, speak=speak, rate=rate)
    with ThreadPoolExecutor(2) as threads:
        made = list(threads.map(lambda line: render(line.script, line.clip_id), narration.lines))
    content = {one.clip.id: one.content for one in made}
    lines = [replace(line, clip=one.clip) for line, one in zip(narration.lines, made, strict=True)]
    narration = replace(narration, lines=tuple(lines))
    pieces = assemble(narration).pieces
    track = b"".join(content[piece.clip.id] if piece.clip else piece.content for piece in pieces)
    samples, rate_hz = soundfile.read(io.BytesIO(track))
    assert rate_hz == SAMPLE_RATE_HZ
    return narration, samples


def loudness_lufs(samples: np.ndarray) -> float:
    """Integrated (ITU-R BS.1770-4)."""
    return pyloudnorm.Meter(SAMPLE_RATE_HZ).integrated_loudness(samples)


def true_peak_dbtp(samples: np.ndarray) -> float:
    """Of the wave between the samples too, by four times as many."""
    return 20 * np.log10(np.abs(resample_poly(samples, 4, 1)).max())
