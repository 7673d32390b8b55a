"""The queue: what is to be done, how urgently, and by whom."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import Protocol

from service.domain import ClipNews, JobKind, Load


class Urgency(IntEnum):
    """Who waits for a job; the higher goes first, of whatever kind, then the order of asking."""

    OTHERS = 0
    LISTENED = 1
    AWAITED = 2


@dataclass(frozen=True, slots=True)
class Work:
    """What a process does with jobs of a kind, and with how many of them at once.

    `do` takes a job's name, finds out itself what is still to be done, and raises what passes:
    then the job stays queued and is tried again after a pause. It may be called once too often.
    """

    do: Callable[[str], Awaitable[None]]
    at_once: int = 1


Works = Mapping[JobKind, Work]
Schedules = Mapping[JobKind, str]
"""When a kind is to be done by itself, in the form of cron (UTC), with seconds as a sixth field."""
NO_SCHEDULES: Schedules = MappingProxyType({})


OnNews = Callable[[str, ClipNews], Awaitable[None]]
"""Takes note of what is told of the clip with that id."""


class Jobs(Protocol):
    """What is to be done, in what order; one process does it, or several."""

    async def ask(
        self, names: Sequence[str], *, urgency: Urgency, kind: JobKind = JobKind.CLIP
    ) -> None:
        """Queues jobs once each; asking again can only raise the urgency."""
        ...

    async def publish(self, clip_id: str, news: ClipNews) -> None:
        """Tells the other processes how far a clip is."""
        ...

    async def run(
        self,
        works: Works,
        *,
        on_news: OnNews,
        on_subscribed: Callable[[], None],
        schedules: Schedules = NO_SCHEDULES,
    ) -> None:
        """Does queued jobs of these kinds, of each as many at once as there are slots.

        Until closed. A job whose work raised stays queued and is tried again after a pause; one
        of a process that died is taken over. `on_news` gets what other processes publish from
        the call of `on_subscribed` on. Raises StoreError when the queue is lost; then it can be
        run again.
        """
        ...

    async def load(self) -> dict[JobKind, Load]:
        """What waits and what is in work, in all processes together. Raises StoreError."""
        ...

    async def close(self) -> None:
        """Takes no further job and lets `run` return."""
        ...
