"""A queue of clips as a list."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable, Sequence

from service.contracts import Make, OnNews, Urgency
from service.domain import ClipNews


class ListJobs:
    """The Protocol Jobs as one sorted list and plain tasks."""

    def __init__(self, *, workers: int = 1) -> None:
        self._workers = workers
        self._heap: list[tuple[int, int, str]] = []
        self._asked: dict[str, Urgency] = {}
        self._in_work: dict[str, Urgency | None] = {}
        self._serial = itertools.count()
        self._came = asyncio.Event()
        self._closed = False
        self.published: list[tuple[str, ClipNews]] = []
        self.on_news: OnNews | None = None

    async def ask(self, clip_ids: Sequence[str], *, urgency: Urgency) -> None:
        for clip_id in clip_ids:
            if clip_id in self._in_work:
                self._in_work[clip_id] = urgency
            elif clip_id not in self._asked or self._asked[clip_id] < urgency:
                self._asked[clip_id] = urgency
                heapq.heappush(self._heap, (-urgency, next(self._serial), clip_id))
        self._came.set()

    def urgency(self, clip_id: str) -> Urgency | None:
        """Of a clip that waits to be made."""
        return self._asked.get(clip_id)

    async def publish(self, clip_id: str, news: ClipNews) -> None:
        self.published.append((clip_id, news))

    async def run(self, make: Make, *, on_news: OnNews, on_subscribed: Callable[[], None]) -> None:
        self.on_news = on_news
        await asyncio.gather(*(self._work(make) for _ in range(self._workers)))

    async def close(self) -> None:
        self._closed = True
        self._came.set()

    async def _work(self, make: Make) -> None:
        while not self._closed:
            if not self._heap:
                self._came.clear()
                await self._came.wait()
                continue
            clip_id = heapq.heappop(self._heap)[2]
            if self._asked.pop(clip_id, None) is None:
                continue
            self._in_work[clip_id] = None
            try:
                await make(clip_id)
            except Exception:  # noqa: BLE001 (whatever it is: it stays queued)
                self._in_work[clip_id] = Urgency.OTHERS
            urgency = self._in_work.pop(clip_id)
            if urgency is not None:
                await self.ask([clip_id], urgency=urgency)
