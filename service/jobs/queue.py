"""The queue of clips to make, kept in memory by pgqueuer.

It forgets when the process ends: the library knows what is unfinished, and asks again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta

import structlog
from pgqueuer import PgQueuer
from pgqueuer.adapters.inmemory import InMemoryDriver, InMemoryQueries
from pgqueuer.models import Job

from service.contracts import Make, OnNews, Urgency
from service.domain import ClipNews

log = structlog.get_logger()

_ENTRYPOINT = "clip"
_LOG_KEPT = 1000  # finished jobs before pgqueuer's log of them is cleared
_AGAIN = timedelta(seconds=2)  # after that a job that broke is tried again


class MemoryJobs:
    """The Protocol Jobs inside this process, with `workers` jobs at once.

    A raised urgency is a second job for the same clip; whichever comes first makes it. What is
    asked for while it is in work waits for the end of that: it would take a worker's place.
    """

    def __init__(self, *, workers: int) -> None:
        driver = InMemoryDriver()
        self._queries = InMemoryQueries(driver)
        self._queue = PgQueuer(connection=driver, queries=self._queries)
        self._workers = workers
        self._asked: dict[str, Urgency] = {}
        self._in_work: dict[str, Urgency | None] = {}  # with how urgently it was asked for since
        self._pauses: set[asyncio.Task[None]] = set()
        self._finished = 0

    async def ask(self, clip_ids: Sequence[str], *, urgency: Urgency) -> None:
        """Queues clips once each; asking again can only raise the urgency."""
        asked, in_work = self._asked, self._in_work
        for clip_id in in_work.keys() & set(clip_ids):
            in_work[clip_id] = max(in_work[clip_id] or Urgency.OTHERS, urgency)
        fresh = [
            clip_id
            for clip_id in dict.fromkeys(clip_ids)
            if clip_id not in in_work and asked.get(clip_id, -1) < urgency
        ]
        asked.update(dict.fromkeys(fresh, urgency))
        if fresh:
            payloads: list[bytes | None] = [clip_id.encode() for clip_id in fresh]
            names, priorities = [_ENTRYPOINT] * len(fresh), [int(urgency)] * len(fresh)
            await self._queries.enqueue(names, payloads, priorities)

    async def publish(self, clip_id: str, news: ClipNews) -> None:
        """Nothing happens: there is no other process."""

    async def run(
        self,
        make: Make,
        *,
        on_news: OnNews,  # noqa: ARG002 (there is nobody who publishes any)
        on_subscribed: Callable[[], None],  # noqa: ARG002
    ) -> None:
        """Makes queued clips, as many at once as there are workers, until closed.

        A clip whose making raised stays queued and is tried again after a pause.
        """

        @self._queue.entrypoint(_ENTRYPOINT, concurrency_limit=self._workers)
        async def clip(job: Job) -> None:
            clip_id = (job.payload or b"").decode()
            urgency = self._asked.pop(clip_id, None)
            if urgency is not None:
                await self._work(clip_id, make, urgency)
            await self._clear_log()

        await self._queue.run(batch_size=1, dequeue_timeout=timedelta(seconds=5))

    async def _work(self, clip_id: str, make: Make, urgency: Urgency) -> None:
        self._in_work[clip_id] = None
        try:
            await make(clip_id)
        except Exception as error:  # noqa: BLE001 (whatever it is: the clip stays queued)
            log.warning("a job is tried again", clip=clip_id, reason=str(error))
            self._in_work[clip_id] = max(self._in_work[clip_id] or urgency, urgency)
            pause = asyncio.create_task(self._pause(clip_id))
            self._pauses.add(pause)
            pause.add_done_callback(self._pauses.discard)
        else:
            await self._finish(clip_id)

    async def _pause(self, clip_id: str) -> None:
        """Until it is over the clip counts as in work: nobody's asking makes it shorter."""
        await asyncio.sleep(_AGAIN.total_seconds())
        await self._finish(clip_id)

    async def _finish(self, clip_id: str) -> None:
        urgency = self._in_work.pop(clip_id)
        if urgency is not None:
            await self.ask([clip_id], urgency=urgency)

    async def close(self) -> None:
        """Takes no further job and lets `run` return."""
        for pause in self._pauses:
            pause.cancel()
        self._queue.shutdown.set()

    async def _clear_log(self) -> None:
        self._finished += 1
        if self._finished % _LOG_KEPT == 0:
            await self._queries.clear_queue_log()
            await self._queries.clear_statistics_log()
