"""vorleser tokens: who may read a private library, one token for each listener or place."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from service.contracts import TokenStore
from service.errors import InputError
from service.settings import Settings
from service.store.folder import prepare
from service.store.library import open_library

_Found = TypeVar("_Found")


def listed() -> list[str]:
    """A line for each: id, day, name."""
    tokens = _with(lambda store: store.tokens())
    return [f"{token.id}  {token.created_at:%Y-%m-%d}  {token.name}" for token in tokens]


def add(name: str) -> str:
    """A new token's secret, which cannot be told again. Raises InputError."""
    if not name.strip() or not name.isprintable() or len(name) > 200:
        raise InputError("token-name")
    return _with(lambda store: store.add(name.strip()))[1]


def revoke(token_id: str) -> None:
    """Ends it. Raises NotFound."""
    _with(lambda store: store.revoke(token_id))


def _with(ask: Callable[[TokenStore], Awaitable[_Found]]) -> _Found:
    settings = Settings.read()
    prepare(settings.data_dir, has_library=not settings.is_shared)

    async def run() -> _Found:
        library = await open_library(settings.database)
        try:
            return await ask(library.tokens)
        finally:
            await library.close()

    return asyncio.run(run())
