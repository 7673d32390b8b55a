"""A narrator at work goes on when its queue is lost, forgets nothing, and ends when told to."""

import asyncio

import pytest

from service import spoken, work
from service.domain import Article, Kind, Paragraph, State
from service.errors import StoreError
from service.writing import write
from tests.fakes import VOICE, ListJobs, MemoryLibrary, narrator

ARTICLE = Article((Paragraph(Kind.TITLE, "Der Titel"),))


class LostJobs(ListJobs):
    """Its database is away for the first `times` that it is run."""

    def __init__(self, *, times):
        super().__init__()
        self._times = times

    async def run(self, make, *, hear, hearing):
        self._times -= 1
        if self._times >= 0 and not self._closed:
            raise StoreError("queue-unusable", error="weg")
        await super().run(make, hear=hear, hearing=hearing)


class LostLibrary(MemoryLibrary):
    async def unfinished(self):
        raise StoreError("library-unusable", error="weg")


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(work, "_AGAIN_S", 0.01)


async def ended(one, task):
    await one.jobs.close()
    await asyncio.wait_for(task, 10)


async def until_ready(one, article_id):
    for _ in range(500):
        if (await one.narration(article_id)).state is State.READY:
            return
        await asyncio.sleep(0.01)
    raise AssertionError


async def test_work_goes_on_after_the_queue_was_lost():
    one = narrator(jobs=LostJobs(times=3))
    task = asyncio.create_task(work.work(one))
    made, _ = await one.narrate(ARTICLE)
    await until_ready(one, made.id)
    await ended(one, task)


async def test_what_nobody_asked_for_is_spoken_too():
    one = narrator()
    stored = await one.library.add(write(ARTICLE, VOICE, lexicon=spoken.BUILT_IN))
    task = asyncio.create_task(work.work(one))
    await until_ready(one, stored.id)
    await ended(one, task)


async def test_work_ends_when_told_to_though_queue_and_library_are_away():
    one = narrator(jobs=LostJobs(times=1_000_000), library=LostLibrary())
    task = asyncio.create_task(work.work(one))
    await asyncio.sleep(0.05)
    await ended(one, task)
