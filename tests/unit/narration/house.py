"""A service in memory while it works, and what the tests of it wait for."""

import asyncio
from contextlib import asynccontextmanager

from service.contracts import Urgency
from service.domain import Article, Kind, Paragraph, State, Voice
from service.errors import (
    EngineUnavailable,
)
from tests.fakes import ToneEngine, opened
from tests.waiting import MOST_S


def article(*texts):
    kinds = [Kind.TITLE] + [Kind.TEXT] * (len(texts) - 1)
    return Article(tuple(Paragraph(kind, text) for kind, text in zip(kinds, texts, strict=True)))


TEXTS = ("Der Titel", "Der erste Absatz.", "Der zweite Absatz.", "Der dritte Absatz.")


@asynccontextmanager
async def working(house):
    """Meanwhile its worker runs."""
    task = asyncio.create_task(house.worker.run())
    try:
        yield
    finally:
        await house.worker.stop()
        await asyncio.wait_for(task, MOST_S)


@asynccontextmanager
async def running(engine=None, **parts):
    house = opened(engine, **parts)
    async with working(house):
        yield house


def awaited(house, clip_id):
    """Whether somebody waits for a clip that nobody makes yet."""
    return house.jobs.urgency(clip_id) is Urgency.AWAITED


async def settled(house, article_id):
    async with asyncio.timeout(MOST_S):
        while True:
            narration = await house.articles.get(article_id)
            if narration.state in {State.READY, State.FAILED} and not narration.tally.speaking:
                return narration
            await asyncio.sleep(0.01)


class Flaky(ToneEngine):
    """An engine of another name that goes away after its first sentence."""

    name = "flaky"
    is_well = False

    def voices(self):
        return (Voice("flaky:de", "Flaky", "flaky", "de", "MIT", online=True),)

    def speak(self, text, *, voice):
        if self.spoken and not self.is_well:
            raise EngineUnavailable("engine-unopened", error="Der Dienst antwortet nicht.")
        return super().speak(text, voice="silence:de")


class Second(ToneEngine):
    def voices(self):
        return (Voice("second:de", "Second", "second", "de", "MIT"),)

    def speak(self, text, *, voice):
        return super().speak(text, voice="silence:de")


async def heard(house, clip_id):
    """All of a clip, waited for."""
    return await house.listening.whole(await house.listening.clip(clip_id))
