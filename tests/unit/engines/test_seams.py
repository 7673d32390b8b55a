"""Pieces join without the engine's own silence, without clicks, and with a breath at commas."""

from __future__ import annotations

import numpy as np

from service.domain import Sound
from service.engines.seams import joined

RATE_HZ = 16_000


def spoken(seconds: float) -> Sound:
    """A tone with 100 ms of silence before and 300 ms after it."""
    times = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    wave = 8_000 * np.sin(2 * np.pi * 250 * times)
    sound = np.concatenate([np.zeros(1_600), wave, np.zeros(4_800)])
    return Sound(sound.astype("<i2").tobytes(), RATE_HZ)


def samples(sound: Sound) -> np.ndarray:
    return np.frombuffer(sound.pcm, "<i2").astype(int)


def test_one_piece_stays_as_it_is():
    sound = spoken(1)
    assert joined(["Ja."], [sound]) is sound


def test_the_silence_between_pieces_is_a_short_breath_after_a_comma_and_none_after_a_word():
    for piece, gap_s in (("Ja,", 0.18), ("Ja", 0.0)):
        heard = samples(joined([piece, "nein."], [spoken(1), spoken(1)]))
        loud = np.flatnonzero(np.abs(heard) > 100)
        assert abs(np.diff(loud).max() / RATE_HZ - gap_s) < 0.01
        assert loud[0] / RATE_HZ > 0.09
        assert (len(heard) - loud[-1]) / RATE_HZ > 0.29


def test_no_seam_clicks():
    heard = samples(joined(["Ja", "nein", "doch"], [spoken(0.988)] * 3))
    steepest = 8_000 * 2 * np.pi * 250 / RATE_HZ
    assert np.abs(np.diff(heard)).max() < 1.1 * steepest


def test_a_silent_piece_is_not_cut_away():
    quiet = Sound(bytes(2 * RATE_HZ), RATE_HZ)
    assert joined(["a", "b"], [spoken(1), quiet]).duration_s > 2
