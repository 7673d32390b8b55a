"""Who has the machine: what somebody waits for, then what will be heard, then all else."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from threading import Condition
from typing import TypeVar

_T = TypeVar("_T")
_THREADS = 64  # of its own: those that pause must not keep others from theirs

Turn = Callable[[], None]
"""Returns when it is this work's turn; called before each step, such as a sentence."""


class Precedence:
    """Lets work on clips go on or pause between its steps.

    A clip is awaited while somebody waits for it who hears nothing yet. As long as one of those is
    in work here, other clips pause, and words are looked for when none is in work.
    """

    def __init__(self) -> None:
        self._awaited: Counter[str] = Counter()
        self._in_work: Counter[str] = Counter()
        self._change = Condition()
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="clip")

    @contextmanager
    def awaited(self, clip_id: str) -> Iterator[None]:
        """Meanwhile somebody waits for the clip."""
        with self._counted(self._awaited, clip_id):
            yield

    @asynccontextmanager
    async def in_work(self, clip_id: str) -> AsyncIterator[None]:
        """Meanwhile the clip is made, all that is read and kept for it included; in its turn."""
        with self._counted(self._in_work, clip_id):
            if not self._is_turn(clip_id):
                await self._in_thread(partial(self._wait_until, partial(self._is_turn, clip_id)))
            yield

    async def speak(self, clip_id: str, work: Callable[[Turn], _T]) -> _T:
        """What `work` makes of that clip, in a thread."""
        turn = partial(self._wait_until, partial(self._is_turn, clip_id))
        return await self._in_thread(partial(work, turn))

    async def look_up(self, step: Callable[[], _T], is_awaited: Callable[[], bool]) -> _T:
        """What a step that makes nothing to be heard returns, in a thread.

        Once it `is_awaited` it has its turn among clips that are not: see `look_again`.
        """

        def looked_up() -> _T:
            self._wait_until(
                lambda: not self._in_work or (is_awaited() and not self._is_awaited_in_work)
            )
            return step()

        return await self._in_thread(looked_up)

    def look_again(self) -> None:
        """Tells those that pause that something is awaited by now."""
        with self._change:
            self._change.notify_all()

    @property
    def _is_awaited_in_work(self) -> bool:
        return bool(self._awaited.keys() & self._in_work.keys())

    def _is_turn(self, clip_id: str) -> bool:
        return clip_id in self._awaited or not self._is_awaited_in_work

    def _wait_until(self, is_turn: Callable[[], bool]) -> None:
        with self._change:
            self._change.wait_for(is_turn)

    @contextmanager
    def _counted(self, clips: Counter[str], clip_id: str) -> Iterator[None]:
        with self._change:
            clips[clip_id] += 1
            self._change.notify_all()
        try:
            yield
        finally:
            with self._change:
                clips[clip_id] -= 1
                clips += Counter()  # without those that are at nothing
                self._change.notify_all()

    async def _in_thread(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)
