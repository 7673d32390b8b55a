"""Voices that are new have to be tried first; nobody else waits for that."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.engines.catalogue import Catalogue
from service.engines.silence import SilenceEngine
from tests.fakes import opened
from tests.unit.web import client_with

BASE = "http://127.0.0.1"


class Newcomer(SilenceEngine):
    """Takes its time to tell its voices, from the moment on that it `is_new`."""

    is_new = False

    def __init__(self):
        super().__init__()
        self.asked, self.tried = threading.Event(), threading.Event()

    def voices(self):
        if self.is_new:
            self.asked.set()
            self.tried.wait(20)
        return super().voices()


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/", None),
        ("GET", "/readyz", None),
        ("GET", "/api/voices", None),
        ("GET", "/v1/audio/voices", None),
        ("POST", "/v1/audio/speech", {"input": "Guten Tag.", "voice": "silence:de"}),
        ("POST", "/api/articles", {"text": "Ein neuer Artikel."}),
    ],
)
def test_while_a_new_voice_is_tried_others_are_served(method, path, body):
    engine = Newcomer()
    found = opened(voices=Catalogue({"silence": lambda: engine}))
    with (
        client_with(parts=found, key="k") as client,
        ThreadPoolExecutor(2) as threads,
    ):
        engine.is_new = True
        try:
            waiting = threads.submit(client.request, method, path, json=body)
            assert engine.asked.wait(20)
            assert threads.submit(client.get, "/healthz").result(10).status_code == 200
            assert not waiting.done()
        finally:
            engine.tried.set()
        assert waiting.result(20).status_code < 300


def test_a_voice_can_be_heard_before_it_is_chosen():
    with client_with() as client:
        [voice] = client.get("/api/voices").json()["voices"]
        heard = [client.get(f"/api/voices/{voice['id']}/sample.mp3") for _ in range(2)]
        missing = client.get("/api/voices/fehlt:de/sample.mp3")
    assert heard[0].headers["content-type"] == "audio/mpeg"
    assert len(heard[0].content) > 10_000
    assert heard[0].content == heard[1].content
    assert (missing.status_code, missing.json()["code"]) == (422, "voice-unknown")


def test_a_sample_comes_in_ranges_as_safari_asks_for_sound():
    with client_with() as client:
        [voice] = client.get("/api/voices").json()["voices"]
        url = f"/api/voices/{voice['id']}/sample.mp3"
        whole, start = client.get(url), client.get(url, headers={"Range": "bytes=0-1"})
        known = {"If-None-Match": whole.headers["etag"]}
        again, head = client.get(url, headers=known), client.head(url)
    assert (start.status_code, start.content) == (206, whole.content[:2])
    assert start.headers["content-range"] == f"bytes 0-1/{len(whole.content)}"
    assert whole.headers["accept-ranges"] == "bytes"
    assert (again.status_code, head.headers["content-length"]) == (304, str(len(whole.content)))
