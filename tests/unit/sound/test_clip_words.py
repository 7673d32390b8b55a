"""Clip → when its words begin, at any rate, also behind the encoder."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from service.domain import ENCODER_DELAY_SAMPLES, SAMPLE_RATE_HZ, Kind, Script, Sentence, Sound
from service.sound.clips import LEAD_MS, render
from service.sound.words import words
from service.sound.words.clip import aligned
from tests.words import espeak

SENTENCES = (
    "Am Abend kam der Bürgermeister, und alle schwiegen.",
    "",
    "Niemand wusste, wie viel Wasser die Stadt verlor.",
)
SCRIPT = Script(Kind.TEXT, tuple(Sentence(text, text) for text in SENTENCES))


def speak(text: str) -> Sound:
    said = espeak.say(text, voice="de+f3")
    assert said
    return Sound(said.samples.tobytes(), said.rate_hz, 6.4)


@pytest.mark.parametrize("rate", [0.75, 1.0, 2.0])
def test_words_begin_where_they_are_heard_in_the_clip(rate):
    made = render(SCRIPT, "a" * 32, speak=speak, rate=rate)
    found = list(aligned(SCRIPT, made.clip, made.content))
    assert [len(one.onsets) for one in found] == [len(words(text)) for text in SENTENCES]
    told = espeak.say(SENTENCES[0], voice="de+f3")
    assert told
    assert told.onsets
    heard = np.array(told.onsets) - told.onsets[0]
    expected = heard / told.rate_hz / rate + LEAD_MS / 1000 + ENCODER_DELAY_SAMPLES / SAMPLE_RATE_HZ
    errors = np.abs(np.array(found[0].onsets) / SAMPLE_RATE_HZ - expected)
    assert np.quantile(errors, 0.9) < 0.08
    onsets = [onset for one in found for onset in one.onsets]
    assert all(one < other for one, other in pairwise(onsets))
    assert onsets[len(found[0].onsets)] >= made.clip.spans[0].end


def test_a_damaged_file_is_told():
    made = render(SCRIPT, "a" * 32, speak=speak)
    with pytest.raises(ValueError, match="not audio"):
        list(aligned(SCRIPT, made.clip, b"nothing"))
