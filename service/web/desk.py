"""Where what people give is read: few at once, each in a process of its own."""

from __future__ import annotations

import asyncio

from fastapi import Request
from starlette.datastructures import UploadFile

from service import reading
from service.domain import Article
from service.reading.apart import Read

_READ_AT_ONCE = 2  # each may need 256 MB
_FETCHED_AT_ONCE = 4  # each may hold 32 MB
_NEXT_S = 0.5  # until the next reader is started, when what was read has begun to be heard


class Desk:
    """The service's readers; who comes while all are at work waits his turn."""

    def __init__(self) -> None:
        self._reading = asyncio.Semaphore(_READ_AT_ONCE)
        self._fetching = asyncio.Semaphore(_FETCHED_AT_ONCE)
        self._warming: asyncio.Task[None] | None = None

    async def read(self, read: Read, *given: object, **how: object) -> tuple[Article, ...]:
        """The articles in what was given. Raises InputError."""
        async with self._reading:
            return await self._apart(read, *given, **how)

    async def read_upload(self, file: UploadFile, **how: object) -> tuple[Article, ...]:
        """The articles in an uploaded file, which stays on disk until it has its turn."""
        async with self._reading:
            given = file.filename or "", await file.read()
            return await self._apart(reading.read_file, *given, **how)

    async def read_link(
        self, url: str, *, allow_private: bool, **how: object
    ) -> tuple[Article, ...]:
        """The articles behind an address. Raises InputError."""
        async with self._fetching:
            page = await asyncio.to_thread(reading.fetch_link, url, allow_private=allow_private)
            return await self.read(reading.read_link, page, **how)

    async def _apart(self, read: Read, *given: object, **how: object) -> tuple[Article, ...]:
        try:
            return await asyncio.to_thread(reading.read_apart, read, *given, **how)
        finally:
            if self._warming is None or self._warming.done():
                self._warming = asyncio.create_task(_start_next())


async def _start_next() -> None:
    await asyncio.sleep(_NEXT_S)
    await asyncio.to_thread(reading.warm)


def desk_of(request: Request) -> Desk:
    """The app's desk."""
    desk: Desk = request.app.state.desk
    return desk
