"""Queues at work, as the contract's tests run them."""

import asyncio
from contextlib import asynccontextmanager

from service.contracts import Work
from service.domain import JobKind
from tests.waiting import MOST_S


def nothing():
    """Nobody waits for news to be heard."""


async def ignore(_clip_id, _state):
    """News of other processes that do not matter."""


@asynccontextmanager
async def running(jobs, make, *, workers=1, on_news=ignore, on_subscribed=nothing, **more):
    """`make` makes clips, or is what is done with each kind of jobs."""
    works = make if isinstance(make, dict) else {JobKind.CLIP: Work(make, workers)}
    task = asyncio.create_task(
        jobs.run(works, on_news=on_news, on_subscribed=on_subscribed, **more)
    )
    try:
        yield task
    finally:
        await jobs.close()
        await asyncio.wait_for(task, MOST_S)
