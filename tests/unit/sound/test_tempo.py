"""Another pace changes the length, not the pitch nor the level."""

from __future__ import annotations

import numpy as np
import pytest
from pydub import AudioSegment

from service.sound.tempo import at_rate

RATE_HZ = 24_000


def speech(samples) -> AudioSegment:
    pcm = np.asarray(samples).astype("<i2").tobytes()
    return AudioSegment(data=pcm, sample_width=2, frame_rate=RATE_HZ, channels=1)


def tone(pitch_hz: float, seconds: float) -> AudioSegment:
    times = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return speech(8_000 * np.sin(2 * np.pi * pitch_hz * times))


def pitch_hz(sound: AudioSegment) -> float:
    heard = np.frombuffer(sound.raw_data, "<i2").astype(float)
    return float(np.argmax(np.abs(np.fft.rfft(heard))) * RATE_HZ / len(heard))


@pytest.mark.parametrize("rate", [0.5, 0.8, 1.25, 2.0])
@pytest.mark.parametrize("pitch", [110.0, 220.0])
def test_length_changes_and_pitch_and_level_stay(rate, pitch):
    spoken = tone(pitch, 2.0)
    other = at_rate(spoken, rate)
    assert other.duration_seconds == pytest.approx(2.0 / rate, abs=0.001)
    assert pitch_hz(other) == pytest.approx(pitch, abs=2)
    level = np.frombuffer(other.raw_data, "<i2").astype(float)[2_000:-2_000].std()
    assert level == pytest.approx(8_000 / np.sqrt(2), rel=0.05)


def test_the_plain_pace_changes_nothing():
    spoken = tone(200, 0.1)
    assert at_rate(spoken, 1.0) is spoken


def test_the_shortest_sound_has_another_pace_too():
    assert at_rate(speech([1] * 10), 2.0).frame_count() == 5
    assert at_rate(speech([]), 2.0).frame_count() == 0
