"""Integrated loudness of speech (ITU-R BS.1770-4), to find a voice's constant gain."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from service.domain import Sound

HOUSE_LUFS = -19.0  # mono; sounds like −16 LUFS stereo, what podcast players expect

_BLOCK_S, _STEP_S = 0.4, 0.1
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0
_SHELF_HZ, _SHELF_DB, _SHELF_Q = 1681.974450955533, 3.999843853973347, 0.7071752369554196
_HIGHPASS_HZ, _HIGHPASS_Q = 38.13547087602444, 0.5003270373238773

Power = NDArray[np.float64]


def gain_to_house_db(sound: Sound) -> float:
    """What to add to the sound, in dB. Raises ValueError when nothing is to be heard in it."""
    samples = np.frombuffer(sound.pcm, "<i2").astype(np.float64) / 32_768
    power = _block_power(_k_weighted(samples, sound.sample_rate_hz), sound.sample_rate_hz)
    heard = power[_lufs(power) > _ABSOLUTE_GATE_LUFS]
    if not len(heard):
        raise ValueError("the voice is silent")
    gate = _lufs(heard.mean()) + _RELATIVE_GATE_LU
    return float(HOUSE_LUFS - _lufs(heard[_lufs(heard) > gate].mean()))


def _k_weighted(samples: Power, rate_hz: int) -> Power:
    """Through the standard's two filters, as responses over the whole length at once."""
    spectrum = np.fft.rfft(samples)
    turn = np.exp(-2j * np.pi * np.fft.rfftfreq(len(samples)))
    for numerator, denominator in (_shelf(rate_hz), _highpass(rate_hz)):
        spectrum *= np.polyval(numerator[::-1], turn) / np.polyval(denominator[::-1], turn)
    return np.fft.irfft(spectrum, len(samples))


def _shelf(rate_hz: int) -> tuple[list[float], list[float]]:
    """The head's high shelf for any sampling rate (B. De Man, AES 2018)."""
    gain, tangent = 10 ** (_SHELF_DB / 20), np.tan(np.pi * _SHELF_HZ / rate_hz)
    middle = gain**0.499666774155
    base = 1 + tangent / _SHELF_Q + tangent**2
    return (
        [
            (gain + middle * tangent / _SHELF_Q + tangent**2) / base,
            2 * (tangent**2 - gain) / base,
            (gain - middle * tangent / _SHELF_Q + tangent**2) / base,
        ],
        [1.0, 2 * (tangent**2 - 1) / base, (1 - tangent / _SHELF_Q + tangent**2) / base],
    )


def _highpass(rate_hz: int) -> tuple[list[float], list[float]]:
    tangent = np.tan(np.pi * _HIGHPASS_HZ / rate_hz)
    base = 1 + tangent / _HIGHPASS_Q + tangent**2
    return (
        [1.0, -2.0, 1.0],
        [1.0, 2 * (tangent**2 - 1) / base, (1 - tangent / _HIGHPASS_Q + tangent**2) / base],
    )


def _block_power(samples: Power, rate_hz: int) -> Power:
    """Mean squares of blocks of 400 ms, one every 100 ms."""
    sums = np.concatenate([[0.0], np.cumsum(samples**2)])
    size = min(round(_BLOCK_S * rate_hz), len(samples))
    starts = np.arange(0, len(samples) - size + 1, round(_STEP_S * rate_hz))
    return np.asarray((sums[starts + size] - sums[starts]) / max(1, size))


def _lufs(power: Power) -> Power:
    return np.asarray(-0.691 + 10 * np.log10(np.maximum(power, 1e-12)))
