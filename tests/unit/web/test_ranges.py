"""Ranges of what is put together from parts: how it is read, sent and let go."""

from unittest.mock import AsyncMock

import pytest
from fastapi import Request

from service.web.ranges import Content, respond
from tests.fakes.parts import opened
from tests.unit.web import client_with

WHOLE = bytes(range(256)) * (4 << 12)  # 4 MiB
PART = 100_000  # bytes


class Parts:
    """A whole in parts of one size, that knows what was asked of it and what it gave."""

    def __init__(self):
        self.asked, self.given = [], []

    async def read(self, start, end):
        self.asked.append((start, end))
        self.given.append([WHOLE[at : min(end, at + PART)] for at in range(start, end, PART)])
        return self.given[-1]


@pytest.fixture
def parts():
    return Parts()


async def answer_to(parts, asked_range):
    headers = [(b"range", asked_range.encode())]
    request = Request({"type": "http", "method": "GET", "headers": headers})
    return await respond(request, Content(len(WHOLE), "tag", "audio/mpeg", parts.read, {}))


async def test_a_part_of_many_parts_is_read_in_few_goes_and_sent_as_it_is(parts):
    answer = await answer_to(parts, "bytes=1000-1049575")
    sent = [part async for part in answer.body_iterator]
    assert b"".join(sent) == WHOLE[1000 : 1000 + (1 << 20)]
    assert len(parts.asked) <= 4
    assert int(answer.headers["content-length"]) == 1 << 20


async def test_what_a_slow_listener_has_taken_is_kept_no_longer(parts):
    answer = await answer_to(parts, "bytes=0-")
    sending = aiter(answer.body_iterator)
    for _ in range(8):
        await anext(sending)
        assert sum(len(part) for given in parts.given for part in given) < 1 << 18


async def test_a_small_part_comes_as_a_whole(parts):
    answer = await answer_to(parts, f"bytes={PART // 2}-{PART}")
    assert answer.body == WHOLE[PART // 2 : PART + 1]


async def test_several_parts_are_framed_and_the_first_is_read_before_the_answer_begins(parts):
    answer = await answer_to(parts, "bytes=0-9,4000000-4000009")
    assert parts.asked == [(0, 10)]
    sent = b"".join([part async for part in answer.body_iterator])
    assert len(sent) == int(answer.headers["content-length"])
    boundary = answer.headers["content-type"].partition("boundary=")[2].encode()
    bodies = [part.partition(b"\r\n\r\n")[2] for part in sent.split(b"\r\n--" + boundary)[1:-1]]
    assert bodies == [WHOLE[:10], WHOLE[4_000_000:4_000_010]]


@pytest.fixture
def house():
    return opened()


@pytest.fixture
def http(house):
    with client_with(parts=house) as client:
        yield client


@pytest.fixture
def address(http):
    text = "Titel\n\nEin Satz.\n\nNoch einer."
    made = http.post("/api/articles", json={"text": text}).json()
    assert http.get(made["audio"]).status_code == 200
    return f"/articles/{made['id']}"


@pytest.mark.parametrize("way", ["audio.mp3?from=2", "audio.mp3", "paragraphs/2.mp3"])
def test_what_is_finished_is_looked_up_once(house, http, address, monkeypatch, way):
    library = house.library
    editions = AsyncMock(wraps=library.articles.edition)
    clips = AsyncMock(wraps=library.clips.find)
    monkeypatch.setattr(library.articles, "edition", editions)
    monkeypatch.setattr(library.clips, "find", clips)
    house.listening.cache.clear()
    assert http.get(f"{address}/{way}").status_code == 200
    assert (editions.await_count, clips.await_count) == (1, 0)
