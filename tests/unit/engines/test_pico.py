"""Pico speaks German whole, at the house loudness, and never clips."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from service.engines.pico import GAIN_DB, RATE_HZ, VOICE, PicoEngine
from service.errors import SpeechIncomplete
from tests.loudness import loudness_lufs

SENTENCES = (Path(__file__).parent / "sentences.txt").read_text().splitlines()
HOUSE_LUFS = -19.0


@pytest.fixture(scope="module")
def engine():
    with closing(PicoEngine(workers=2)) as opened:
        yield opened


@pytest.fixture(scope="module")
def spoken(engine):
    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(lambda text: speak(engine, text), SENTENCES))


def speak(engine, text):
    return np.frombuffer(engine.speak(text, voice=VOICE.id).pcm, "<i2") / 32_768


def letters_per_s(text, heard):
    loud = np.flatnonzero(np.abs(heard) > 0.003)
    return sum(map(str.isalnum, text)) * RATE_HZ / (loud[-1] - loud[0])


@pytest.mark.slow
def test_two_hundred_sentences_keep_the_pace_of_a_newsreader(spoken):
    long = [(text, heard) for text, heard in zip(SENTENCES, spoken, strict=True) if len(text) > 25]
    paces = [letters_per_s(text, heard) for text, heard in long]
    assert len(paces) > 180
    assert min(paces) > 10
    assert max(paces) < 19
    assert np.median(paces) == pytest.approx(14.2, abs=0.4)


@pytest.mark.slow
def test_no_sentence_is_clipped_or_silent(spoken):
    peaks = [np.abs(heard).max() for heard in spoken]
    assert max(peaks) < 0.7
    assert min(peaks) > 0.15


@pytest.mark.slow
def test_the_gain_brings_the_voice_to_the_house_loudness(spoken):
    loudness = loudness_lufs(np.concatenate(spoken), RATE_HZ)
    assert loudness + GAIN_DB == pytest.approx(HOUSE_LUFS, abs=0.7)


def test_foreign_letters_are_heard_not_dropped(engine):
    dropped, heard = "Da uka lief uka nach uka", "Da ščučka lief ščučka nach ščučka"
    assert len(speak(engine, heard)) > 1.2 * len(speak(engine, dropped))
    assert len(speak(engine, "Путин, Путин, Путин")) > RATE_HZ


@pytest.mark.slow
def test_a_sentence_of_twenty_thousand_characters_is_spoken_whole_without_long_gaps(engine):
    clause = "und der Zug fuhr weiter durch die Nacht, "
    heard = speak(engine, clause * (20_000 // len(clause)))
    assert 12 < 20_000 * 33 / 41 * RATE_HZ / len(heard) < 16
    loud = np.flatnonzero(np.abs(heard) > 0.003)
    assert np.diff(loud).max() < 0.5 * RATE_HZ


def test_text_with_nothing_to_say_is_refused(engine):
    for text in ("", " ", "…", "😀", "\0"):
        with pytest.raises(SpeechIncomplete, match="cannot say"):
            engine.speak(text, voice=VOICE.id)


@pytest.mark.slow
def test_a_worker_does_not_grow():
    with closing(PicoEngine(workers=1)) as engine:
        sizes_mb = []
        for _ in range(3):
            for _ in range(500):
                engine.speak("Ja.", voice=VOICE.id)
            pages = int(Path(f"/proc/{engine.pids[0]}/statm").read_text().split()[1])
            sizes_mb.append(pages * 4_096 / 2**20)
    assert sizes_mb[2] - sizes_mb[0] < 0.5
