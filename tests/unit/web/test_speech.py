"""The speech request over parts in memory."""

import pytest
from starlette.testclient import TestClient

from service.app import build
from service.engines.catalogue import Catalogue
from service.engines.silence import SilenceEngine
from service.settings import Settings
from tests.fakes import narrator


class _Parts:
    """The in-memory parts around an engine that has no sound for “Ps.”."""

    async def __aenter__(self):
        engine = SilenceEngine(empty=["Ps."])
        return narrator(voices=Catalogue({"silence": lambda: engine}))

    async def __aexit__(self, *_):
        return None


@pytest.fixture
def client():
    app = build(Settings(api_keys="schluessel"), open_parts=lambda _settings: _Parts())
    with TestClient(app, headers={"Authorization": "Bearer schluessel"}) as found:
        yield found


@pytest.mark.parametrize("stream_format", ["audio", "sse"])
@pytest.mark.parametrize("kind", ["mp3", "pcm", "opus", "wav", "flac"])
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
