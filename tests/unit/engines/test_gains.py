"""A voice's gain is measured once, on our own sentences, and kept."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from service.domain import Sound
from service.engines.gains import Gains
from service.errors import EngineUnavailable, SpeechIncomplete

RATE_HZ = 24_000


class Noise:
    """A voice of noise at some level, which lists what it was asked to say."""

    def __init__(self, level=0.1):
        self.level = level
        self.said = []

    def __call__(self, text):
        self.said.append(text)
        noise = np.random.default_rng(1).normal(0, self.level * 32_767, RATE_HZ * len(text) // 15)
        return Sound(np.clip(noise, -32_768, 32_767).astype("<i2").tobytes(), RATE_HZ)


def test_a_voice_of_half_the_level_gets_six_decibels_more(tmp_path):
    loud, soft = Gains(tmp_path).of("loud", Noise(0.2)), Gains(tmp_path).of("soft", Noise(0.1))
    assert soft - loud == pytest.approx(6.02, abs=0.1)


def test_it_is_measured_once_and_known_to_the_next_process(tmp_path):
    voice, gains = Noise(), Gains(tmp_path / "voices")
    first = gains.of("eva", voice)
    assert len(voice.said) == 3
    assert gains.of("eva", voice) == Gains(tmp_path / "voices").of("eva", voice) == first
    assert len(voice.said) == 3
    assert [file.name for file in (tmp_path / "voices").iterdir()] == ["eva.gain_db"]


def test_many_that_begin_at_once_measure_once(tmp_path):
    voice, gains = Noise(), Gains(tmp_path)
    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(lambda _: gains.of("eva", voice), range(8)))) == 1
    assert len(voice.said) == 3


@pytest.mark.parametrize("kept", ["", "loud", "nan", "inf", "\0"])
def test_a_file_that_cannot_be_read_is_measured_anew(tmp_path, kept):
    (tmp_path / "eva.gain_db").write_text(kept)
    gain_db = Gains(tmp_path).of("eva", Noise())
    assert float((tmp_path / "eva.gain_db").read_text()) == gain_db


def test_a_gain_of_zero_is_a_gain(tmp_path):
    (tmp_path / "eva.gain_db").write_text("0.0\n")
    voice = Noise()
    assert Gains(tmp_path).of("eva", voice) == 0.0
    assert not voice.said


def test_where_nothing_can_be_kept_it_is_known_for_as_long_as_the_process_runs(tmp_path):
    voice, gains = Noise(), Gains(tmp_path / "nowhere" / "voices")
    assert gains.of("eva", voice) == gains.of("eva", voice)
    assert len(voice.said) == 3
    assert not list(tmp_path.iterdir())


def test_a_voice_that_is_silent_or_fails_is_no_voice_and_nothing_is_kept(tmp_path):
    with pytest.raises(SpeechIncomplete, match="silent"):
        Gains(tmp_path).of("eva", Noise(0.0))

    def fail(text):
        raise EngineUnavailable("engine-unopened", error="away")

    with pytest.raises(EngineUnavailable, match="away"):
        Gains(tmp_path).of("eva", fail)
    assert not list(tmp_path.iterdir())
