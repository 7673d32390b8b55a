"""Voices are found by id, over all engines, and engines are opened once and late."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from service.engines.catalogue import Catalogue, SpeechServer, installed
from service.engines.silence import SilenceEngine
from service.errors import UnknownVoice
from service.messages import message


class Choir(SilenceEngine):
    """Silence with voices of choice."""

    def __init__(self, *voices):
        super().__init__()
        self._voices = voices

    def voices(self):
        plain = super().voices()[0]
        return tuple(replace(plain, **voice) for voice in self._voices)


def test_an_installation_speaks_german_by_itself(tmp_path):
    with closing(Catalogue(installed(voices_folder=tmp_path))) as catalogue:
        assert catalogue.default.language == "de"
        assert not catalogue.default.online
        engine = catalogue.engine(catalogue.default.id)
        assert engine.speak("Guten Tag.", voice=catalogue.default.id).duration_s > 0.5


def test_an_installed_german_piper_voice_is_preferred_and_a_missing_one_explained(tmp_path):
    plain = Catalogue(installed(voices_folder=tmp_path))
    assert plain.default.id == "pico:de-DE"
    with pytest.raises(UnknownVoice, match="voices install de_DE-thorsten-medium"):
        plain.voice("piper:de_DE-thorsten-medium")


def test_online_voices_are_listed_as_such_and_a_speech_server_when_there_is_one(tmp_path):
    plain = Catalogue(installed(voices_folder=tmp_path))
    assert plain.voice("gtts:de").online
    assert not any(voice.engine == "openai" for voice in plain.voices())
    server = SpeechServer("http://127.0.0.1:8880/v1", voices=("eva",))
    assert (
        Catalogue(installed(voices_folder=tmp_path, server=server)).voice("openai:eva").name
        == "eva (127.0.0.1)"
    )


def test_an_engine_is_opened_once_and_closed_at_the_end():
    opened = []

    def opener():
        opened.append(SilenceEngine())
        return opened[-1]

    catalogue = Catalogue({"silence": opener})
    assert not opened
    catalogue.voices()
    engine = catalogue.engine("silence:de")
    assert opened == [engine]
    catalogue.close()
    with pytest.raises(Exception, match="closed"):
        engine.speak("Ja.", voice="silence:de")


def test_an_unknown_voice_is_refused_with_those_that_can_speak():
    choir = Choir(
        {"id": "silence:1"},
        {"id": "silence:2", "unavailable": message("extra-missing", extra="it")},
    )
    with pytest.raises(UnknownVoice, match=r"no voice x:y; choose one of silence:1\. "):
        Catalogue({"silence": lambda: choir}).voice("x:y")


def test_a_wrong_default_is_told_as_the_setting_that_it_is():
    with pytest.raises(
        UnknownVoice, match=r"^VORLESER_VOICE cannot be used\. There is no voice x:"
    ):
        _ = Catalogue({"silence": SilenceEngine}, default="x:y").default


def test_an_unknown_piper_voice_is_told_how_to_come_by(tmp_path):
    with pytest.raises(UnknownVoice, match="`vorleser voices install NAME`"):
        Catalogue(installed(voices_folder=tmp_path)).voice("piper:de_DE-kerstin-low")


@pytest.mark.parametrize("name", ["F1", "M1", "M5"])
def test_a_known_voice_that_is_not_installed_is_told_how_to_come_by(tmp_path, name):
    with pytest.raises(UnknownVoice, match="Run: vorleser voices install supertonic") as told:
        Catalogue(installed(voices_folder=tmp_path)).voice(f"supertonic:{name}")
    assert told.value.code == "voice-cannot-speak"


@pytest.mark.parametrize("voice", ["supertonic:X9", "supertonic:", "M1"])
def test_what_nobody_has_stays_unknown(tmp_path, voice):
    with pytest.raises(UnknownVoice, match="There is no voice"):
        Catalogue(installed(voices_folder=tmp_path)).voice(voice)


def test_a_voice_of_a_server_that_is_not_set_names_the_settings(tmp_path):
    with pytest.raises(UnknownVoice, match="with VORLESER_OPENAI_URL"):
        Catalogue(installed(voices_folder=tmp_path)).voice("openai:alloy")


def test_a_voice_that_cannot_speak_says_what_to_do():
    choir = Choir({"id": "silence:2", "unavailable": message("voice-not-installed", voice="eva")})
    with pytest.raises(UnknownVoice, match="Run: vorleser voices install eva"):
        Catalogue({"silence": lambda: choir}).voice("silence:2")


def test_the_default_is_the_first_german_voice_that_speaks_here_without_a_network():
    choir = Choir(
        {"id": "silence:1", "online": True},
        {"id": "silence:2", "language": "en"},
        {"id": "silence:3", "unavailable": message("engine-closed")},
        {"id": "silence:4"},
        {"id": "silence:5"},
    )
    assert Catalogue({"silence": lambda: choir}).default.id == "silence:4"
    assert Catalogue({"silence": lambda: choir}, default="silence:5").default.id == "silence:5"


def test_without_a_german_voice_there_is_no_default():
    with pytest.raises(UnknownVoice, match="install one"):
        _ = Catalogue({}).default
