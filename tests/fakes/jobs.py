"""A queue of clips as a list."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections import Counter
from collections.abc import Callable, Sequence

from service.contracts import NO_SCHEDULES, OnNews, Schedules, Urgency, Work, Works
from service.domain import ClipNews, JobKind, Load


class ListJobs:
    """The Protocol Jobs as one sorted list and plain tasks; it keeps no schedules."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, tuple[JobKind, str]]] = []
        self._asked: dict[tuple[JobKind, str], Urgency] = {}
        self._in_work: dict[tuple[JobKind, str], Urgency | None] = {}
        self._serial = itertools.count()
        self._came = asyncio.Event()
        self._closed = False
        self.published: list[tuple[str, ClipNews]] = []
        self.schedules: Schedules = {}
        self.on_news: OnNews | None = None

    async def ask(
        self, names: Sequence[str], *, urgency: Urgency, kind: JobKind = JobKind.CLIP
    ) -> None:
        for name in names:
            key = kind, name
            if key in self._in_work:
                self._in_work[key] = urgency
            elif key not in self._asked or self._asked[key] < urgency:
                self._asked[key] = urgency
                heapq.heappush(self._heap, (-urgency, next(self._serial), key))
        self._came.set()

    def urgency(self, name: str, kind: JobKind = JobKind.CLIP) -> Urgency | None:
        """Of a job that waits to be done."""
        return self._asked.get((kind, name))

    async def publish(self, clip_id: str, news: ClipNews) -> None:
        self.published.append((clip_id, news))

    async def run(
        self,
        works: Works,
        *,
        on_news: OnNews,
        on_subscribed: Callable[[], None],
        schedules: Schedules = NO_SCHEDULES,
    ) -> None:
        self.on_news, self.schedules = on_news, schedules
        places = [(kind, work) for kind, work in works.items() for _ in range(work.at_once)]
        await asyncio.gather(*(self._work(kind, work) for kind, work in places))

    async def load(self) -> dict[JobKind, Load]:
        queued, running = (Counter(kind for kind, _ in one) for one in (self._asked, self._in_work))
        return {kind: Load(queued[kind], running[kind]) for kind in queued | running}

    async def close(self) -> None:
        self._closed = True
        self._came.set()

    async def _work(self, kind: JobKind, work: Work) -> None:
        while not self._closed:
            mine = [one for one in self._heap if one[2][0] is kind]
            if not mine:
                self._came.clear()
                await self._came.wait()
                continue
            taken = min(mine)
            self._heap.remove(taken)
            heapq.heapify(self._heap)
            key = taken[2]
            if self._asked.pop(key, None) is None:
                continue
            self._in_work[key] = None
            try:
                await work.do(key[1])
            except Exception:  # noqa: BLE001 (whatever it is: it stays queued)
                self._in_work[key] = Urgency.OTHERS
                await asyncio.sleep(0.001)
            urgency = self._in_work.pop(key)
            if urgency is not None:
                await self.ask([key[1]], urgency=urgency, kind=kind)
