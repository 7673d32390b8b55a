"""Samples → what a sound is like, every 10 ms: cepstrum of 22 mel bands, level, their change.

S. Davis and P. Mermelstein, IEEE Trans. ASSP 28 (1980); each utterance is set to mean 0 and
variance 1, so that voices, levels and rooms are alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

HOP_S, WINDOW_S = 0.010, 0.025
NUMBERS = 26  # a frame: 12 of the cepstrum, the level, and the change of each

_BANDS, _CEPSTRA = 22, 12
_LOWEST_HZ, _HIGHEST_HZ = 80.0, 7_600.0
_FLOOR = 1e-6  # of the loud frames' power: −60 dB, below which no voice says anything
_SPEECH_DB = -30.0  # frames above it set mean and variance
_DELTA = np.array([2.0, 1.0, 0.0, -1.0, -2.0], np.float32) / 10  # slope over five frames
_ONE_THREAD = 200_000  # multiplications; OpenBLAS begins to share from 262,144
_BLOCK = 1024  # frames at once: 10 s, so that memory stays small

Frames = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Features:
    """`sound`: frames × 26; `level_db`: frames, 0 is that of the loud ones (95th percentile)."""

    sound: Frames
    level_db: Frames

    @property
    def is_silent(self) -> bool:
        """Whether nothing is to be heard at all."""
        return not bool((self.level_db > _SPEECH_DB).any())


def features(samples: NDArray[np.floating] | NDArray[np.int16], rate_hz: int) -> Features:
    """What the sound is like; frame n is centred on sample n · rate_hz / 100."""
    power, mel = _powers(np.asarray(samples, np.float32), rate_hz)
    loud = max(float(np.percentile(power, 95)), 1e-9)
    level_db = (10 * np.log10(power / loud + _FLOOR)).astype(np.float32)
    cepstrum = product(np.log(mel / loud + _FLOOR), _dct())
    sound = np.hstack([cepstrum, level_db[:, None]])
    is_speech = level_db > _SPEECH_DB
    speech = sound[is_speech] if is_speech.any() else sound
    sound = (sound - speech.mean(axis=0)) / (speech.std(axis=0) + 1e-3)
    return Features(np.hstack([sound, _slopes(sound)]), level_db)


def product(left: Frames, right: Frames) -> Frames:
    """left @ right in strips so small that BLAS starts no threads: they would only wait."""
    rows = max(1, _ONE_THREAD // right.size)
    strips = [left[row : row + rows] @ right for row in range(0, len(left), rows)]
    return np.concatenate(strips)


def _powers(samples: Frames, rate_hz: int) -> tuple[Frames, Frames]:
    """Power of each frame: the whole, and that in each band."""
    window, mel, size = _filters(rate_hz)
    hops = max(1, int(len(samples) / (HOP_S * rate_hz)))
    starts = np.round(np.arange(hops) * HOP_S * rate_hz).astype(np.int64)
    padded = np.pad(samples, (len(window) // 2, len(window)))
    power, bands = [], []
    for first in range(0, hops, _BLOCK):
        block = starts[first : first + _BLOCK]
        frames = padded[block[:, None] + np.arange(len(window))] * window
        spectrum = np.fft.rfft(frames, size)
        energy = spectrum.real**2 + spectrum.imag**2
        bands.append(product(energy, mel))
        power.append(bands[-1].sum(axis=1))
    return np.concatenate(power), np.concatenate(bands)


def _slopes(sound: Frames) -> Frames:
    padded = np.pad(sound, ((2, 2), (0, 0)), mode="edge")
    slope = sum(
        weight * padded[place : place + len(sound)]
        for place, weight in enumerate(-_DELTA)
        if weight
    )
    return np.asarray(slope, np.float32)


@lru_cache(maxsize=8)
def _filters(rate_hz: int) -> tuple[Frames, Frames, int]:
    """The window, the mel bands as bins × bands, and the length of the transform."""
    length = round(WINDOW_S * rate_hz)
    size = _smooth(length)
    edges = np.linspace(_mel(_LOWEST_HZ), _mel(_HIGHEST_HZ), _BANDS + 2)
    bins = _mel(np.fft.rfftfreq(size, 1 / rate_hz))[:, None]
    rise = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    fall = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    mel = np.clip(np.minimum(rise, fall), 0, None)
    window = np.hanning(length + 2)[1:-1]
    return window.astype(np.float32), (mel / len(window)).astype(np.float32), size


def _mel(hertz: NDArray[np.floating] | float) -> NDArray[np.floating]:
    return 1127.0 * np.log1p(np.asarray(hertz) / 700.0)


def _smooth(length: int) -> int:
    """The next length whose transform is quick: no prime factor above 5."""
    while _without(length, 2, 3, 5) != 1:
        length += 1
    return length


def _without(number: int, *primes: int) -> int:
    for prime in primes:
        while number % prime == 0:
            number //= prime
    return number


@lru_cache(maxsize=1)
def _dct() -> Frames:
    """Bands × cepstra, without the level."""
    band = np.arange(_BANDS)[:, None] + 0.5
    waves = np.cos(np.pi / _BANDS * band * np.arange(1, _CEPSTRA + 1))
    return np.asarray(waves, np.float32)
