"""How it is going, as Prometheus asks for it."""

from __future__ import annotations

import time

from service import figures
from service.domain import JobKind, Load
from service.errors import VorleserError
from service.narration.parts import Parts

_BELIEVED_S = 1.0  # so long what was looked up is told again: many may ask


class Metrics:
    """The figures of this process, and of the queue that it shares with others."""

    def __init__(self) -> None:
        self._looked_at = -_BELIEVED_S
        self._load: dict[str, tuple[int, int, float]] | None = None
        self._pending = 0

    async def text(self, parts: Parts, *, followers: int) -> bytes:
        """All figures; those of the queue are a second old at most."""
        if time.monotonic() - self._looked_at >= _BELIEVED_S:
            self._looked_at = time.monotonic()
            await self._look(parts)
        return figures.text(self._load, pending=self._pending, followers=followers)

    async def _look(self, parts: Parts) -> None:
        """What the stores know of what is to be done; they may be away just now."""
        try:
            by_kind = await parts.jobs.load()
            self._pending = len(await parts.outbox.due())
        except VorleserError:
            self._load = None
        else:
            loads = {kind: by_kind.get(kind, Load()) for kind in JobKind}
            self._load = {
                kind: (load.queued, load.running, load.oldest_s) for kind, load in loads.items()
            }
