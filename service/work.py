"""A narrator at work: clips are made in the background until its jobs are closed."""

from __future__ import annotations

import asyncio
import contextlib

import structlog

from service.errors import StoreError
from service.narrate import Narrator

log = structlog.get_logger()

_REMIND_S = 30.0  # between looks for clips that are unfinished and in nobody's queue
_AGAIN_S = 2.0  # before a lost queue is looked for again


async def work(narrator: Narrator) -> None:
    """Makes clips, goes on when the queue was lost, and asks again for what was lost with it."""
    closed = asyncio.Event()
    reminding = asyncio.create_task(_remind(narrator, closed))
    try:
        await _run(narrator)
    finally:
        closed.set()
        await reminding


async def _run(narrator: Narrator) -> None:
    while True:
        try:
            return await narrator.run()
        except StoreError as error:
            log.warning("the queue is lost for now", reason=str(error))
        except Exception:
            log.exception("the queue broke")
        await asyncio.sleep(_AGAIN_S)


async def _remind(narrator: Narrator, closed: asyncio.Event) -> None:
    while not closed.is_set():
        with contextlib.suppress(StoreError):
            await narrator.remind()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(closed.wait(), _REMIND_S)
