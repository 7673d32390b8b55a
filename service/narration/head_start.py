"""The head start of an article's first clip: it is spoken while the rest is still being written."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

import structlog

from service.domain import Narration, Order
from service.errors import VorleserError
from service.narration.making import Making

log = structlog.get_logger()


@dataclass(slots=True)
class HeadStart:
    """One clip at a time; who comes meanwhile has his made in its turn, as all others.

    Nothing depends on it: the clip is known by its content, and the job for it finds it made.
    """

    making: Making
    _is_open: bool = field(default=False, init=False)
    _task: asyncio.Task[None] | None = field(default=None, init=False)

    def open(self) -> None:
        """From now on clips are made."""
        self._is_open = True

    async def begin(self, clip_id: str, order: Order) -> None:
        """Has the first clip of an article made that is about to be kept.

        Returns when it is about to be spoken: what comes next has the interpreter to itself.
        """
        if self._is_open and (self._task is None or self._task.done()):
            begun = asyncio.Event()
            self._task = asyncio.create_task(self._make(clip_id, order, begun))
            await begun.wait()

    def kept(self, narrations: Iterable[Narration]) -> None:
        """Has words looked for in first clips that were made before their articles were kept."""
        firsts = [narration.segments[0] for narration in narrations]
        made = [first.clip_id for first in firsts if first.clip and first.clip.words is None]
        if self._is_open:
            self.making.look_for_words(made)

    async def close(self) -> None:
        """Lets the clip be finished that is being made, and begins no other."""
        self._is_open = False
        if self._task:
            await self._task

    async def _make(self, clip_id: str, order: Order, begun: asyncio.Event) -> None:
        try:
            await self.making.make_ahead(clip_id, order, begun.set)
        except (VorleserError, OSError) as error:
            log.warning("a clip is not made ahead", clip=clip_id, reason=str(error))
        finally:
            begun.set()
