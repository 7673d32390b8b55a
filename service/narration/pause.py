"""The pause of all workers while what they write to is away: a circuit breaker."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

_FIRST_S, _LONGEST_S = 1.0, 30.0


class Pause:
    """Opens at a failure, for a second and then for twice as long each time, up to 30 s."""

    def __init__(
        self, *, first_s: float = _FIRST_S, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._first_s = first_s
        self._clock = clock
        self._length_s = 0.0
        self._until = 0.0
        self._ended = asyncio.Event()

    @property
    def remaining_s(self) -> float:
        """How long it is still of no use to try, in seconds."""
        return max(0.0, self._until - self._clock())

    def fail(self) -> None:
        """Begins a pause; who failed beside another one makes it no longer."""
        if not self.remaining_s:
            self._length_s = min(2 * self._length_s or self._first_s, _LONGEST_S)
            self._until = self._clock() + self._length_s

    def succeed(self) -> None:
        """Things are well: the next pause is a short one."""
        self._length_s = 0.0

    def end(self) -> None:
        """Nobody waits any more: the process ends."""
        self._ended.set()

    async def over(self) -> bool:
        """Waits until it may be tried again; False when the process ends meanwhile."""
        while (remaining_s := self.remaining_s) and not self._ended.is_set():
            try:
                await asyncio.wait_for(self._ended.wait(), remaining_s)
            except TimeoutError:
                continue
        return not self._ended.is_set()
