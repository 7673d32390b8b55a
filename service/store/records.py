"""Smaller records: tracks in other formats, files of audio in use, news that are to be sent."""

from __future__ import annotations

import secrets
from dataclasses import asdict

from sqlalchemy import Update, delete, exists, select, update

from service.domain import Rendition
from service.store.database import Database
from service.store.tables import articles, clips, paragraphs, renditions


class SqlRenditions:
    """The Protocol RenditionStore over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, rendition_id: str) -> Rendition | None:
        """The recorded track in another format, None when it is not made."""
        query = select(renditions).where(renditions.c.id == rendition_id)
        async with self._database.reading() as db:
            row = (await db.execute(query)).one_or_none()
        return Rendition(row.id, row.size, row.sha256) if row else None

    async def save(self, rendition: Rendition) -> None:
        """Records one that was made (again)."""
        await self._database.record(renditions, asdict(rendition))


class SqlAudioUse:
    """The Protocol AudioUse over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def used(self) -> set[str]:
        """Names of the audio files that some article's clips are in."""
        query = select(clips.c.sha256).join(paragraphs, paragraphs.c.clip_id == clips.c.id)
        async with self._database.reading() as db:
            return set((await db.execute(query.distinct())).scalars())

    async def forget(self, name: str) -> bool:
        """Records that the file is gone, and what is in it; False while an article uses it."""
        is_in_it = clips.c.sha256 == name
        is_used = exists().where(paragraphs.c.clip_id == clips.c.id)
        async with self._database.alone() as db:  # who adds an article finds the clip, or none
            await db.execute(delete(renditions).where(renditions.c.sha256 == name))
            await db.execute(delete(clips).where(is_in_it, ~is_used))
            return (await db.execute(select(clips.c.id).where(is_in_it))).first() is None


class SqlOutbox:
    """The Protocol Outbox over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self) -> dict[str, str]:
        """The ids of news that are to be sent, each with the id of its article."""
        query = select(articles.c.announcement, articles.c.id)
        async with self._database.reading() as db:
            result = await db.execute(query.where(articles.c.announcement.is_not(None)))
            return {row.announcement: row.id for row in result}

    async def announce(self, article_id: str) -> None:
        """Records that news of the article are to be sent, instead of any earlier."""
        async with self._database.writing() as db:
            await db.execute(announced(article_id))

    async def sent(self, news_id: str) -> None:
        """Records that they are due no longer; nothing happens when others are by now."""
        change = update(articles).where(articles.c.announcement == news_id)
        async with self._database.writing() as db:
            await db.execute(change.values(announcement=None))


def announced(article_id: str) -> Update:
    """The statement that makes news of the article due."""
    change = update(articles).where(articles.c.id == article_id)
    return change.values(announcement=secrets.token_hex(12))
