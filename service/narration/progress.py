"""Which clips are being made at this moment, and who waits for them."""

from __future__ import annotations

import asyncio
from weakref import WeakValueDictionary


class Progress:
    """What happens right now; nothing here outlives the process."""

    def __init__(self) -> None:
        self._speaking: set[str] = set()
        self._waiters: WeakValueDictionary[str, asyncio.Event] = WeakValueDictionary()

    def is_speaking(self, clip_id: str) -> bool:
        """Whether the clip is being made at this moment."""
        return clip_id in self._speaking

    @property
    def speaking(self) -> frozenset[str]:
        """Ids of the clips that are being made at this moment."""
        return frozenset(self._speaking)

    def begin(self, clip_id: str) -> None:
        """The clip is being made from now on."""
        self._speaking.add(clip_id)

    def finish(self, clip_id: str) -> None:
        """The clip is not being made any more; wakes those who wait for it."""
        self._speaking.discard(clip_id)
        if waiter := self._waiters.pop(clip_id, None):
            waiter.set()

    def waiter(self, clip_id: str) -> asyncio.Event:
        """Is set when the clip is next made or failed; take it before looking for the clip."""
        return self._waiters.setdefault(clip_id, asyncio.Event())
