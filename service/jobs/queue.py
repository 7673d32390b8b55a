"""The queue of jobs, kept in memory by pgqueuer.

It forgets when the process ends: the library knows what is unfinished, and asks again.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta

import structlog
from pgqueuer import PgQueuer
from pgqueuer.adapters.inmemory import InMemoryDriver, InMemoryQueries
from pgqueuer.models import CronExpressionEntrypoint, Job, Schedule

from service.contracts import NO_SCHEDULES, OnNews, Schedules, Urgency, Works
from service.domain import ClipNews, JobKind, Load
from service.jobs.slots import arrange, name_of

log = structlog.get_logger()

_LOG_KEPT = 1000  # finished jobs before pgqueuer's log of them is cleared
_AGAIN = timedelta(seconds=2)  # after that a job that broke is tried again

_Key = tuple[JobKind, str]


class _Queries(InMemoryQueries):
    """pgqueuer's; its schedules would stay due for ever (1.6)."""

    async def fetch_schedule(
        self, entrypoints: dict[CronExpressionEntrypoint, timedelta]
    ) -> list[Schedule]:
        """What is due; it comes round again after that."""
        due = await super().fetch_schedule(entrypoints)
        if due:
            await self.delete_schedule({schedule.id for schedule in due}, set())
            await self.insert_schedule(entrypoints)
        return due


class MemoryJobs:
    """The Protocol Jobs inside this process.

    A raised urgency is a second job of the same name; whichever comes first does it. What is
    asked for while it is in work waits for the end of that: it would take a worker's place.
    """

    def __init__(self) -> None:
        self._queries = _Queries(InMemoryDriver())
        self._shutdown = asyncio.Event()
        self._asked: dict[_Key, Urgency] = {}
        self._since: dict[_Key, float] = {}  # when it was first asked for
        self._in_work: dict[_Key, Urgency | None] = {}  # with how urgently it was asked for since
        self._paused: dict[_Key, asyncio.Task[None]] = {}
        self._finished = 0

    async def ask(
        self, names: Sequence[str], *, urgency: Urgency, kind: JobKind = JobKind.CLIP
    ) -> None:
        """Queues jobs once each; asking again can only raise the urgency."""
        asked, in_work = self._asked, self._in_work
        keys = dict.fromkeys((kind, name) for name in names)
        for key in in_work.keys() & keys:
            in_work[key] = max(in_work[key] or Urgency.OTHERS, urgency)
        fresh = [key for key in keys if key not in in_work and asked.get(key, -1) < urgency]
        asked.update(dict.fromkeys(fresh, urgency))
        for key in fresh:
            self._since.setdefault(key, time.monotonic())
        if fresh:
            payloads: list[bytes | None] = [name.encode() for _, name in fresh]
            kinds, priorities = [str(kind)] * len(fresh), [int(urgency)] * len(fresh)
            await self._queries.enqueue(kinds, payloads, priorities)

    async def publish(self, clip_id: str, news: ClipNews) -> None:
        """Nothing happens: there is no other process."""

    async def run(
        self,
        works: Works,
        *,
        on_news: OnNews,  # noqa: ARG002 (there is nobody who publishes any)
        on_subscribed: Callable[[], None],  # noqa: ARG002
        schedules: Schedules = NO_SCHEDULES,
    ) -> None:
        """Does queued jobs of these kinds, of each as many at once as there are slots.

        Until closed. A job whose work raised stays queued and is tried again after a pause.
        """

        async def do(job: Job, kind: JobKind) -> None:
            key = kind, name_of(job)
            urgency = self._asked.pop(key, None)
            if urgency is not None:
                await self._work(key, works, urgency)
            await self._clear_log()

        queue = PgQueuer(self._queries.driver, queries=self._queries)
        queue.shutdown = queue.sm.shutdown = self._shutdown
        arrange(queue, works, do, schedules=schedules, jobs=self)
        await queue.run(batch_size=1, dequeue_timeout=timedelta(seconds=5))

    async def _work(self, key: _Key, works: Works, urgency: Urgency) -> None:
        self._in_work[key] = None
        since = self._since.pop(key, time.monotonic())
        kind, name = key
        try:
            await works[kind].do(name)
        except Exception as error:  # noqa: BLE001 (whatever it is: the job stays queued)
            log.warning("a job is tried again", kind=str(kind), name=name, reason=str(error))
            self._in_work[key] = max(self._in_work[key] or urgency, urgency)
            self._since[key] = since
            self._paused[key] = asyncio.create_task(self._pause(key))
        else:
            await self._finish(key)

    async def _pause(self, key: _Key) -> None:
        """Until it is over the job counts as in work: nobody's asking makes it shorter."""
        await asyncio.sleep(_AGAIN.total_seconds())
        self._paused.pop(key)
        await self._finish(key)

    async def _finish(self, key: _Key) -> None:
        urgency = self._in_work.pop(key)
        if urgency is not None:
            kind, name = key
            await self.ask([name], urgency=urgency, kind=kind)

    async def load(self) -> dict[JobKind, Load]:
        """What waits, and what is in work; what broke waits for its next turn."""
        now, waiting = time.monotonic(), [*self._asked, *self._paused]
        queued, running = Counter(k for k, _ in waiting), Counter(k for k, _ in self._in_work)
        paused = Counter(kind for kind, _ in self._paused)
        ages: dict[JobKind, float] = {}
        for key in waiting:
            ages[key[0]] = max(ages.get(key[0], 0.0), now - self._since.get(key, now))
        kinds = queued.keys() | running.keys()
        return {
            kind: Load(queued[kind], running[kind] - paused[kind], ages.get(kind, 0.0))
            for kind in kinds
        }

    async def close(self) -> None:
        """Takes no further job and lets `run` return."""
        for pause in self._paused.values():
            pause.cancel()
        self._shutdown.set()

    async def _clear_log(self) -> None:
        self._finished += 1
        if self._finished % _LOG_KEPT == 0:
            await self._queries.clear_queue_log()
            await self._queries.clear_statistics_log()
