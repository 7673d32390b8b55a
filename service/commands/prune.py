"""vorleser prune: frees audio that no article uses."""

from __future__ import annotations

import asyncio

from service.app import parts
from service.settings import Settings


def prune() -> int:
    """Frees audio that no article uses, down to the size limit; returns the bytes freed."""
    settings = Settings.read()

    async def run() -> int:
        async with parts(settings) as opened:
            return await opened.pruning.prune(settings.cache_max_bytes)

    return asyncio.run(run())
