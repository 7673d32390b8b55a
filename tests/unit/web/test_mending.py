"""Stored audio that is damaged is made again; where that is no use, the listener is told."""

import pytest

from service.errors import ClipDamaged
from service.store.audio import memory_store
from tests.fakes.parts import opened
from tests.unit.web import client_with


class Shaky:
    """A store of which the next reads, or all, find damaged files."""

    def __init__(self):
        self._kept, self.damaged = memory_store(), 0

    def __getattr__(self, name):
        return getattr(self._kept, name)

    async def get_range(self, name, *, start, end):
        if self.damaged:
            self.damaged -= 1
            raise ClipDamaged("audio-damaged", name=name)
        return await self._kept.get_range(name, start=start, end=end)


@pytest.fixture
def store():
    return Shaky()


@pytest.fixture
def http(store):
    with client_with(parts=opened(audio=store)) as client:
        yield client


@pytest.fixture
def addresses(http):
    made = http.post("/api/articles", json={"text": "Titel\n\nEin Satz."}).json()
    assert http.get(made["audio"]).status_code == 200
    assert http.get(f"/articles/{made['id']}/audio.flac").status_code == 200
    ways = "audio.mp3?from=1", "paragraphs/1.mp3", "audio.flac"
    return [made["paragraphs"][0]["clip"], *(f"/articles/{made['id']}/{way}" for way in ways)]


def test_damaged_audio_is_heard_once_it_is_made_again(http, store, addresses):
    for address in addresses:
        store.damaged = 1
        whole = http.get(address)
        assert whole.status_code == 200, whole.text
        assert whole.content


def test_audio_that_is_damaged_whenever_it_is_made_is_told_to_be_lost(http, store, addresses):
    for address in (addresses[0], addresses[2]):
        store.damaged = 1_000
        lost = http.get(address)
        assert (lost.status_code, lost.json()["code"]) == (503, "audio-lost")
        store.damaged = 0
