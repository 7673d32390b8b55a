"""The sounds of a text's pieces, joined as if they had been spoken in one breath."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from service.domain import Sound

Samples = NDArray[np.int16]

_QUIET = 100  # of 32,767 (−50 dBFS): engines' own silence lies below, the softest sound above
_CLAUSE_PAUSE_S = 0.18  # after a comma; what newsreaders leave
_FADE_S = 0.004  # against clicks
_STOPS = (".", ",", ";", ":", "!", "?", "…", "–", "—")


def joined(pieces: Sequence[str], sounds: Sequence[Sound]) -> Sound:
    """The sounds of the pieces as one, without what the engine added at the seams.

    After a piece that ends in a stop there is a short pause, else none. The head of the
    first and the tail of the last sound stay as they are.
    """
    if len(sounds) == 1:
        return sounds[0]
    rate_hz = sounds[0].sample_rate_hz
    parts = []
    for number, (piece, sound) in enumerate(zip(pieces, sounds, strict=True)):
        samples: Samples = np.frombuffer(sound.pcm, "<i2")
        is_last = number == len(pieces) - 1
        parts.append(_trimmed(samples, rate_hz, head=number > 0, tail=not is_last))
        if not is_last:
            pause_s = _CLAUSE_PAUSE_S if piece.endswith(_STOPS) else 0.0
            parts.append(np.zeros(round(pause_s * rate_hz), np.int16))
    return Sound(np.concatenate(parts).tobytes(), rate_hz)


def _trimmed(samples: Samples, rate_hz: int, *, head: bool, tail: bool) -> Samples:
    """Without silence at the head, the tail, or both; what was cut starts or ends in a fade."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > _QUIET)
    if not len(loud):
        return samples
    fade = round(_FADE_S * rate_hz)
    start = max(0, int(loud[0]) - fade) if head else 0
    end = int(loud[-1]) + fade if tail else len(samples)
    part = samples[start:end].astype(np.float64)
    ramp = np.linspace(0.0, 1.0, min(fade, len(part)))
    if head:
        part[: len(ramp)] *= ramp
    if tail:
        part[len(part) - len(ramp) :] *= ramp[::-1]
    return part.astype(np.int16)
