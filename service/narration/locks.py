"""Locks by name, so that what many ask for at once is done by one of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary


class Locks:
    """A lock for each clip, track or article of this process that somebody holds or waits for."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def is_held(self, name: str) -> bool:
        """Whether somebody holds that name's lock."""
        return name in self._locks and self._locks[name].locked()

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        """Whoever holds that name's lock is alone with it."""
        lock = self._locks.setdefault(name, asyncio.Lock())
        async with lock:
            yield
