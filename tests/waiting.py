"""Time in tests: conditions are waited for, clocks are moved, growth is compared."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

MOST_S = 60  # far more than the busiest machine needs: who waits this long waits in vain


@dataclass
class Clock:
    """Stands in for a part's module `time`; it goes on when it is told to."""

    now_s: float = 1_000.0

    def monotonic(self) -> float:
        return self.now_s


def until(condition: Callable[[], object], *, seconds: float = MOST_S) -> None:
    """Returns as soon as the condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "what was waited for did not come"
        time.sleep(0.01)


def grows_no_faster_than_its_input(work: Callable[[int], object], *, size: int = 2_500) -> bool:
    """Whether eight times the input costs about eight times the work, and not 64 times.

    Counts this thread's time on the processor, the least of three runs.
    """

    def cost_s(size: int) -> float:
        costs = []
        for _ in range(3):
            begin = time.thread_time()
            work(size)
            costs.append(time.thread_time() - begin)
        return min(costs)

    return cost_s(8 * size) < 24 * cost_s(size) + 0.005


async def eventually(condition: Callable[[], object], *, seconds: float = MOST_S) -> None:
    """`until`, for tests that share their loop with what they wait for."""
    async with asyncio.timeout(seconds):
        while True:
            if condition():
                return
            await asyncio.sleep(0.005)
