"""The silence engine makes tones whose place and length are known to the sample."""

from __future__ import annotations

import numpy as np
import pytest

from service.engines.silence import HEAD_MS, RATE_HZ, TAIL_MS, SilenceEngine, tone_samples
from service.errors import EngineFailed


def speak(engine, text):
    return engine.speak(text, voice="silence:de")


def test_the_same_text_gives_the_same_samples():
    assert speak(SilenceEngine(), "Guten Tag.") == speak(SilenceEngine(), "Guten Tag.")


def test_fifteen_letters_last_a_second_between_silences():
    heard = np.frombuffer(speak(SilenceEngine(), "Fünfzehn Zeichen!").pcm, "<i2")
    head, tail = HEAD_MS * RATE_HZ // 1000, TAIL_MS * RATE_HZ // 1000
    assert tone_samples("Fünfzehn Zeichen!") == RATE_HZ
    assert len(heard) == head + RATE_HZ + tail
    assert not heard[:head].any()
    assert not heard[-tail:].any()
    assert heard[head : head + 20].any()


def test_it_fails_on_the_texts_it_was_built_to_fail_on():
    engine = SilenceEngine(fails=["Kaputt."], empty=["Stumm."])
    with pytest.raises(EngineFailed, match="Kaputt"):
        speak(engine, "Kaputt.")
    assert speak(engine, "Stumm.").pcm == b""
    assert speak(engine, "Heil.").pcm
