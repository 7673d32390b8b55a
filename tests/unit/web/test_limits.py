"""Whoever asks too often waits."""

from contextlib import nullcontext

import pytest
from starlette.testclient import TestClient

from service.app import build
from service.settings import Settings
from tests.fakes import opened


def client_with(**settings):
    app = build(Settings(**settings), open_parts=lambda _: nullcontext(opened()))
    return TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 5000))


@pytest.mark.parametrize("key", ["k", "falsch"])
def test_too_many_requests_are_told_how_long_to_wait(key):
    with client_with(api_keys="k", writes_per_minute=3) as client:
        client.headers["Authorization"] = f"Bearer {key}"
        answers = [client.post("/api/articles", json={"text": f"Text {n}"}) for n in range(5)]
        spoken = client.post("/v1/audio/speech", json={"input": "Hallo."})
        read = client.get("/api/articles")
    expected = 201 if key == "k" else 401
    assert [one.status_code for one in answers] == [expected] * 3 + [429] * 2
    assert 0 < int(answers[-1].headers["retry-after"]) <= 60
    assert "VORLESER_WRITES_PER_MINUTE" in answers[-1].json()["detail"]
    assert (spoken.status_code, "error" in spoken.json()) == (429, True)
    assert read.status_code == 200


def test_on_ones_own_machine_nothing_is_counted():
    with client_with(writes_per_minute=1) as client:
        answers = [client.post("/api/articles", json={"text": f"Text {n}"}) for n in range(3)]
    assert [one.status_code for one in answers] == [201] * 3
