"""Who follows an article costs a connection, and gets what everyone gets."""

import asyncio
import json
import re
from contextlib import AsyncExitStack

import pytest

from service.domain import Article, Kind, Paragraph, State
from service.errors import EngineFailed, NotFound
from service.web import newsroom as rooms
from service.web.newsroom import Newsroom
from service.web.parts import Addresses
from service.web.problems import Refusal
from tests.fakes import ToneEngine, opened
from tests.unit.narration.house import working
from tests.waiting import MOST_S, eventually

AT = Addresses("http://testserver", "", "")
HERE = {"type": "http", "asgi": {"spec_version": "2.3"}}
TEXTS = ["Der Titel"] + [f"Dies ist der Absatz Nummer {number}." for number in range(1, 12)]


class Follower:
    """One connection: what it was sent, until it goes."""

    def __init__(self, newsroom, house, article_id, *, last_id=None):
        self.sent = b""
        self._to_be_followed = newsroom.follow(article_id, house, AT, last_id=last_id)
        self._gone = asyncio.Event()

    async def __aenter__(self):
        answer = await self._to_be_followed
        self._task = asyncio.create_task(answer(HERE, self._receive, self._send))
        await eventually(lambda: self.sent)
        return self

    async def __aexit__(self, *_):
        self._gone.set()
        await asyncio.wait_for(self._task, MOST_S)

    async def _receive(self):
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, part):
        self.sent += part.get("body", b"")

    @property
    def told(self):
        found = re.findall(r"event: (\w+)\ndata: (.*)", self.sent.decode())
        return [(name, json.loads(data)) for name, data in found]

    @property
    def ids(self):
        return re.findall(r"id: (.*)", self.sent.decode())

    @property
    def state(self):
        """Of the whole, as it was told last."""
        return self.states.get("all")

    @property
    def states(self):
        """Of the paragraphs, what was told of each last, and of the whole."""
        told = [data for name, data in self.told if name != "words"]
        return {data.get("number", "all"): data["state"] for data in told}


@pytest.fixture
async def newsroom(monkeypatch):
    monkeypatch.setattr(rooms, "_BREATH_S", 0)
    return Newsroom(most=100)


async def posted(house, texts=TEXTS):
    kinds = [Kind.TITLE] + [Kind.TEXT] * (len(texts) - 1)
    paragraphs = tuple(Paragraph(*one) for one in zip(kinds, texts, strict=True))
    return (await house.articles.post(Article(paragraphs)))[0].id


def counted(monkeypatch, shelf, name):
    calls, call = [], getattr(shelf, name)

    async def counting(*given, **how):
        calls.append(given)
        return await call(*given, **how)

    monkeypatch.setattr(shelf, name, counting)
    return calls


async def followed_to_the_end(newsroom, house, article_id, followers):
    everyone = [Follower(newsroom, house, article_id) for _ in range(followers)]
    async with AsyncExitStack() as stack:
        for one in everyone:
            await stack.enter_async_context(one)
        async with working(house):
            await eventually(lambda: all(one.state == "ready" for one in everyone))
    return everyone


async def test_many_followers_read_an_article_no_more_often_than_one(newsroom, monkeypatch):
    read = {}
    for followers in (1, 50):
        house = opened()
        article_id = await posted(house)
        whole = counted(monkeypatch, house.library.articles, "get")
        clips = counted(monkeypatch, house.library.clips, "find")
        everyone = await followed_to_the_end(newsroom, house, article_id, followers)
        assert len({one.sent for one in everyone}) == 1
        assert set(everyone[0].states.values()) == {"ready"}
        read[followers] = len(whole)
        assert len(clips) <= 4 * len(TEXTS)  # the worker looks, too
    assert read[50] == read[1] <= 3


async def test_each_event_says_what_the_manifest_does(newsroom):
    house = opened()
    article_id = await posted(house)
    [one] = await followed_to_the_end(newsroom, house, article_id, 1)
    narration = await house.articles.get(article_id)
    told = [data for name, data in one.told if name == "paragraph"]
    ready = {data["number"]: data for data in told if data["state"] == "ready"}
    for number, segment in enumerate(narration.segments, 1):
        assert ready[number]["clip"] == f"/clips/{segment.clip_id}.mp3"
        assert ready[number]["duration"] == round(segment.clip.samples / 24_000, 3)
    assert [name for name, _ in one.told if name == "article"] == ["article"] * 3


async def test_nothing_is_kept_of_those_who_left(newsroom):
    house = opened()
    article_id = await posted(house)
    await followed_to_the_end(newsroom, house, article_id, 3)
    assert newsroom.followers == 0
    assert newsroom._stories == {}
    assert not house.channels.is_used


async def test_who_comes_late_is_told_how_far_it_is_once(newsroom):
    house = opened()
    article_id = await posted(house)
    async with Follower(newsroom, house, article_id) as early, working(house):
        await eventually(lambda: early.state == "ready")
        async with Follower(newsroom, house, article_id) as late:
            assert late.states == early.states
            numbers = [data["number"] for name, data in late.told if name == "paragraph"]
            assert numbers == list(range(1, len(TEXTS) + 1))


async def test_who_comes_back_is_told_what_was_missed(newsroom):
    house = opened()
    article_id = await posted(house)
    clips = [one.clip_id for one in (await house.articles.get(article_id)).segments]
    async with Follower(newsroom, house, article_id) as one:
        await house.broadcast.publish(clips[0], State.SPEAKING)
        await eventually(lambda: one.ids)
        async with Follower(newsroom, house, article_id) as other:
            await house.broadcast.publish(clips[1], State.SPEAKING)
            await eventually(lambda: len(one.ids) == len(other.ids) + 1 == 2)
        async with Follower(newsroom, house, article_id, last_id=one.ids[0]) as again:
            assert again.ids == one.ids[1:]
    assert newsroom._stories == {}
    async with Follower(newsroom, house, article_id, last_id=one.ids[0]) as later:
        assert later.states == {"all": "queued"}  # nothing became of it that would be worth telling


async def test_one_follower_too_many_is_told_when_to_come_back(newsroom):
    house, newsroom = opened(), Newsroom(most=1)
    article_id = await posted(house)
    async with Follower(newsroom, house, article_id):
        with pytest.raises(Refusal) as refused:
            await newsroom.follow(article_id, house, AT, last_id=None)
        assert refused.value.status_code == 503
        assert refused.value.message.code == "too-many-followers"
        assert int((refused.value.headers or {})["Retry-After"]) > 0
    async with Follower(newsroom, house, article_id) as other:
        assert other.told


async def test_an_article_that_is_not_there_leaves_no_trace(newsroom):
    house = opened()
    for _ in range(2):
        with pytest.raises(NotFound):
            await newsroom.follow("0" * 16, house, AT, last_id=None)
    assert (newsroom.followers, newsroom._stories) == (0, {})
    assert not house.channels.is_used


async def test_the_deletion_of_an_article_and_the_end_of_the_service_end_its_news(newsroom):
    house = opened()
    for end in (house.articles.delete, lambda _: house.worker.stop()):
        article_id = await posted(house)
        async with Follower(newsroom, house, article_id) as one:
            await end(article_id)
            await asyncio.wait_for(one._task, MOST_S)
    assert newsroom._stories == {}


async def test_a_paragraph_that_fails_again_is_told_again(newsroom):
    def refuse(text):
        if "kaputt" in text:
            raise EngineFailed("engine-refused", error="kaputt")

    house = opened(ToneEngine(before=refuse))
    article_id = await posted(house, ["Der Titel", "Das ist kaputt."])
    async with Follower(newsroom, house, article_id) as one, working(house):
        await eventually(lambda: one.state == "failed")
        await house.articles.retry(article_id)
        failed = [2, "failed"]
        await eventually(
            lambda: [list(data.values())[:2] for _, data in one.told].count(failed) == 2
        )
        assert one.states[2] == "failed"


async def test_who_is_too_far_behind_has_to_come_back(newsroom, monkeypatch):
    monkeypatch.setattr(rooms, "_MOST_LINES", 3)
    house = opened()
    article_id = await posted(house)
    slow = await newsroom.follow(article_id, house, AT, last_id=None)
    await anext(slow.body_iterator)
    await followed_to_the_end(newsroom, house, article_id, 1)
    assert [part async for part in slow.body_iterator] == []


async def test_many_are_told_less_often_and_all_the_same():
    newsroom, house = Newsroom(most=100), opened()
    article_id = await posted(house)
    everyone = await followed_to_the_end(newsroom, house, article_id, 20)
    assert {str(one.states) for one in everyone} == {str(everyone[0].states)}
