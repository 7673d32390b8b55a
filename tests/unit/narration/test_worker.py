"""A worker goes on when its queue is lost, forgets nothing, and ends when told to."""

import asyncio

import pytest

from service import spoken
from service.domain import Article, Kind, Paragraph, State
from service.errors import StoreError
from service.narration import worker
from service.narration.writing import write
from tests.fakes import VOICE, ListJobs, MemoryClips, MemoryLibrary, opened
from tests.waiting import MOST_S

ARTICLE = Article((Paragraph(Kind.TITLE, "Der Titel"),))


class LostJobs(ListJobs):
    """Its database is away for the first `times` that it is run."""

    def __init__(self, *, times):
        super().__init__()
        self._times = times

    async def run(self, works, **how):
        self._times -= 1
        if self._times >= 0 and not self._closed:
            raise StoreError("queue-unusable", error="weg")
        await super().run(works, **how)


class LostClips(MemoryClips):
    async def unfinished(self):
        raise StoreError("library-unusable", error="weg")


class LostLibrary(MemoryLibrary):
    def __init__(self):
        super().__init__()
        self.clips = LostClips(self)


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(worker, "_AGAIN_S", 0.01)


async def ended(one, task):
    await one.worker.stop()
    await asyncio.wait_for(task, MOST_S)


async def until_ready(one, article_id):
    async with asyncio.timeout(MOST_S):
        while True:
            if (await one.articles.get(article_id)).state is State.READY:
                return
            await asyncio.sleep(0.01)


async def test_work_goes_on_after_the_queue_was_lost():
    one = opened(jobs=LostJobs(times=3))
    task = asyncio.create_task(one.worker.run())
    made, _ = await one.articles.post(ARTICLE)
    await until_ready(one, made.id)
    await ended(one, task)


async def test_what_nobody_asked_for_is_spoken_too():
    one = opened()
    stored = write(ARTICLE, VOICE, lexicon=spoken.BUILT_IN)
    await one.library.articles.save([stored])
    task = asyncio.create_task(one.worker.run())
    await until_ready(one, stored.id)
    await ended(one, task)


async def test_work_ends_when_told_to_though_queue_and_library_are_away():
    one = opened(jobs=LostJobs(times=1_000_000), library=LostLibrary())
    task = asyncio.create_task(one.worker.run())
    await asyncio.sleep(0.05)
    await ended(one, task)
