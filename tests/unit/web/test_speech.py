"""The speech request over parts in memory."""

import json

import pytest

from service.engines.catalogue import Catalogue
from service.engines.silence import SilenceEngine
from service.errors import EngineFailed, EngineUnavailable
from service.narration.speech import FORMATS
from tests.fakes import opened
from tests.unit.web import client_with


class Halting(SilenceEngine):
    """Has no sound for some texts, breaks down at “Schluss.” and is away at “Pause.”."""

    def speak(self, text, *, voice):
        if "Schluss" in text:
            raise EngineFailed("engine-refused", error="The voice broke down.")
        if "Pause" in text:
            raise EngineUnavailable("engine-unopened", error="It answered 500.", again_in_s=12.2)
        return super().speak(text, voice=voice)


@pytest.fixture
def client():
    engine = Halting(empty=["Ps."])
    parts = opened(voices=Catalogue({"silence": lambda: engine}))
    with client_with(parts=parts, key="schluessel") as client:
        yield client


@pytest.mark.parametrize("stream_format", ["audio", "sse"])
@pytest.mark.parametrize("kind", ["mp3", "pcm", "opus", "aac", "wav", "flac"])
def test_a_sentence_without_sound_does_not_end_the_speech(client, kind, stream_format):
    asked = {"voice": "silence:de", "response_format": kind, "stream_format": stream_format}
    rest = "Danach geht es mit vielen Wörtern weiter."
    alone = client.post("/v1/audio/speech", json=asked | {"input": rest})
    both = client.post("/v1/audio/speech", json=asked | {"input": f"Ps.\n{rest}"})
    assert both.status_code == alone.status_code == 200
    assert len(both.content) >= 0.9 * len(alone.content) > 0


def test_who_may_not_speak_is_told_how_to(client):
    answer = client.post(
        "/v1/audio/speech", json={"input": "Hallo."}, headers={"Authorization": "Bearer falsch"}
    )
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "VORLESER_API_KEYS" in answer.json()["error"]["message"]


def test_a_voice_that_breaks_down_on_the_way_ends_the_events_with_an_error(client):
    text = "Der erste Satz geht gut.\nSchluss."
    answer = client.post("/v1/audio/speech", json={"input": text, "stream_format": "sse"})
    events = [json.loads(line[6:]) for line in answer.text.splitlines() if line]
    assert [one["type"] for one in events] == ["speech.audio.delta", "error"]
    assert events[1]["error"]["message"] == "The engine refused: The voice broke down."
    assert events[1]["error"]["code"] == "engine-refused"


def test_a_service_that_is_left_alone_is_told_with_reason_and_time_and_logged(client, capsys):
    answer = client.post("/v1/audio/speech", json={"input": "Pause."})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "13")
    assert answer.json()["error"]["code"] == "engine-unopened"
    assert "It answered 500." in capsys.readouterr().out


@pytest.mark.parametrize("chunked", [True, False])
def test_a_body_over_the_limit_is_refused_in_the_shape_of_openai(client, chunked):
    content = b'{"input": "' + b"x" * (6 << 20) + b'"}'
    body = iter([content]) if chunked else content
    headers = {"Content-Type": "application/json"}
    answer = client.post("/v1/audio/speech", content=body, headers=headers)
    assert answer.status_code == 413
    assert answer.json()["error"]["type"] == "invalid_request_error"


def test_a_format_whose_extra_is_not_installed_says_which(client, monkeypatch):
    monkeypatch.delitem(FORMATS, "aac")
    answer = client.post("/v1/audio/speech", json={"input": "Ja.", "response_format": "aac"})
    assert answer.status_code == 400
    assert "vorleser[aac]" in answer.json()["error"]["message"]
