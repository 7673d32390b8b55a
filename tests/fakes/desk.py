"""A desk that reads in this process: for what needs no other's limits."""

from __future__ import annotations

import asyncio

from starlette.datastructures import UploadFile

from service import reading
from service.domain import Article
from service.reading.apart import Read
from service.web.desk import Desk


class NearDesk(Desk):
    """Saves each test a process."""

    async def read(self, read: Read, *given: object, **how: object) -> tuple[Article, ...]:
        articles = await asyncio.to_thread(read, *given, **how)
        return articles if isinstance(articles, tuple) else (articles,)

    async def read_upload(self, file: UploadFile, **how: object) -> tuple[Article, ...]:
        return await self.read(reading.read_file, file.filename or "", await file.read(), **how)
