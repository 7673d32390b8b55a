"""eSpeak speaks in its workers: whole, unclipped, and no markup."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from service.engines.espeak import GAIN_DB, RATE_HZ, VOICE_ID, EspeakEngine
from service.errors import SpeechIncomplete
from tests.loudness import loudness_lufs

pytest.importorskip("espeakng_loader")

SENTENCES = (Path(__file__).parent / "sentences.txt").read_text().splitlines()


@pytest.fixture(scope="module")
def engine():
    with closing(EspeakEngine(workers=2)) as opened:
        yield opened


@pytest.fixture(scope="module")
def spoken(engine):
    with ThreadPoolExecutor(4) as threads:
        return list(threads.map(lambda text: speak(engine, text), SENTENCES))


def speak(engine, text):
    return np.frombuffer(engine.speak(text, voice=VOICE_ID).pcm, "<i2") / 32_768


@pytest.mark.slow
def test_two_hundred_sentences_keep_a_plausible_pace_and_none_is_clipped_or_silent(spoken):
    pairs = [(text, heard) for text, heard in zip(SENTENCES, spoken, strict=True) if len(text) > 25]
    paces = [sum(map(str.isalnum, text)) * RATE_HZ / len(heard) for text, heard in pairs]
    assert 10 < min(paces) < max(paces) < 20
    peaks = [np.abs(heard).max() for heard in spoken]
    assert 0.2 < min(peaks) < max(peaks) < 0.9


@pytest.mark.slow
def test_the_gain_brings_the_voice_to_the_house_loudness(spoken):
    loudness = loudness_lufs(np.concatenate(spoken), RATE_HZ)
    assert loudness + GAIN_DB == pytest.approx(-19, abs=0.7)


def test_markup_and_phonemes_are_text(engine):
    plain = len(speak(engine, "Guten Morgen"))
    assert len(speak(engine, '<prosody rate="x-slow">Guten Morgen</prosody>')) > 1.3 * plain
    assert len(speak(engine, "[[g'u:t@n]] Guten Morgen")) > 1.3 * plain


def test_odd_text_costs_no_worker(engine):
    before = engine.pids
    for text in ("a\0b", "\ud800 ja", "1" * 300, "ж" * 500, "x" * 5_000, "<" * 300 + "a", "😀 ja"):
        assert len(speak(engine, text)) > 0.1 * RATE_HZ
    assert engine.pids == before


def test_text_with_nothing_to_say_is_refused(engine):
    for text in ("", "…", "\0", "?!"):
        with pytest.raises(SpeechIncomplete):
            speak(engine, text)


def test_without_the_library_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr("service.engines.espeak._is_installed", lambda: False)
    (voice,) = EspeakEngine().voices()
    assert "vorleser[espeak]" in str(voice.unavailable)
