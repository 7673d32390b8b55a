"""The library: articles and paragraphs in SQLite or PostgreSQL, through SQLAlchemy."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Any

from anyio import CancelScope
from sqlalchemy import (
    Row,
    Select,
    Table,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from service.domain import Clip, Narration, Rendition, Script, Tally
from service.errors import AlreadyThere, NotFound, SpeechError
from service.messages import Message, recorded
from service.store import rows
from service.store.database import open_engine, translated
from service.store.tables import articles, clips, collections, paragraphs, renditions


async def open_library(url: str) -> SqlLibrary:
    """The library in the database at `url`, its tables up to date. Raises StoreError."""
    return SqlLibrary(await open_engine(url))


class SqlLibrary:
    """The Protocol Library over a database."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._is_shared = engine.dialect.name == "postgresql"
        self._reader = engine
        if self._is_shared:  # a narration is read by two statements, which must agree
            self._reader = engine.execution_options(isolation_level="REPEATABLE READ")

    async def add(self, narration: Narration) -> Narration:
        """Stores it, or returns the one that is there with the same key, else the same page."""
        try:
            async with self._writing() as db:
                await db.execute(insert(articles).values(rows.article_row(narration)))
                await db.execute(insert(paragraphs), rows.paragraph_rows(narration))
                await _collect(db, narration.id, narration.collections)
        except IntegrityError:
            return await self.get(await self._id_of_same(narration))
        return await self.get(narration.id)

    async def get(self, article_id: str) -> Narration:
        """With the state of its clips as of now. Raises NotFound."""
        async with self._reading() as db:
            found = await self._read(db, select(articles).where(articles.c.id == article_id))
        if not found:
            raise NotFound("article-unknown", article=article_id)
        return found[0]

    async def newest(
        self, *, limit: int, cursor: str | None = None, collection: str | None = None
    ) -> list[Narration]:
        """Up to `limit` narrations, newest first, after the one with id `cursor`."""
        age = articles.c.created_at
        query = select(articles).order_by(age.desc(), articles.c.id.desc()).limit(limit)
        if collection is not None:
            query = query.join(collections).where(collections.c.name == collection)
        if cursor is not None:
            last = select(age).where(articles.c.id == cursor).scalar_subquery()
            query = query.where(or_(age < last, and_(age == last, articles.c.id < cursor)))
        async with self._reading() as db:
            return await self._read(db, query)

    async def replace(self, narration: Narration) -> None:
        """Stores a new version under the same id. Raises NotFound, AlreadyThere."""
        change = update(articles).where(articles.c.id == narration.id)
        old_lines = delete(paragraphs).where(paragraphs.c.article_id == narration.id)
        try:
            async with self._writing() as db:
                changed = await db.execute(change.values(rows.article_row(narration)))
                _demand(changed.rowcount, narration.id)
                await db.execute(old_lines)
                await db.execute(insert(paragraphs), rows.paragraph_rows(narration))
        except IntegrityError as error:
            other = await self._id_of_same(narration)
            raise AlreadyThere("article-there", article=str(other)) from error

    async def collect(self, article_id: str, names: Sequence[str]) -> None:
        """Puts the article into these collections and no others. Raises NotFound."""
        is_there = select(articles.c.id).where(articles.c.id == article_id).with_for_update()
        async with self._writing() as db:
            _demand(len((await db.execute(is_there)).all()), article_id)
            await db.execute(delete(collections).where(collections.c.article_id == article_id))
            await _collect(db, article_id, names)

    async def delete(self, article_id: str) -> None:
        """Forgets the article, not its clips. Raises NotFound."""
        async with self._writing() as db:
            gone = await db.execute(delete(articles).where(articles.c.id == article_id))
            _demand(gone.rowcount, article_id)

    async def outdated(self, lexicon: str) -> list[str]:
        """Ids of the articles whose scripts were written with another lexicon."""
        query = select(articles.c.id).where(articles.c.lexicon != lexicon)
        async with self._reading() as db:
            return list((await db.execute(query)).scalars())

    async def find_clip(self, clip_id: str) -> Clip | None:
        """The recorded clip, None when it is not made. Raises SpeechError when it failed."""
        async with self._reading() as db:
            row = (await db.execute(select(clips).where(clips.c.id == clip_id))).one_or_none()
        if row is None:
            return None
        if row.error is not None:
            raise SpeechError.of(recorded(row.error))
        return rows.clip(row)

    async def script_of_clip(self, clip_id: str) -> tuple[Script, str, float] | None:
        """What the clip says, the id of its voice, and its rate; None when no article uses it."""
        query = select(paragraphs, articles.c.voice, articles.c.rate).join(articles)
        async with self._reading() as db:
            row = (await db.execute(query.where(paragraphs.c.clip_id == clip_id).limit(1))).first()
        return (rows.script(row), row.voice, row.rate) if row else None

    async def save_clip(self, clip: Clip) -> None:
        """Records a made clip (again): every line that uses it is ready."""
        await self._record(clips, rows.clip_row(clip))

    async def fail_clip(self, clip_id: str, error: Message) -> None:
        """Records that the clip could not be made: its lines are failed."""
        await self._record(clips, rows.failure_row(clip_id, error))

    async def forget_clips(self, clip_ids: Sequence[str]) -> None:
        """Records that these clips are not there (any more): their lines are queued."""
        async with self._writing() as db:
            await db.execute(delete(clips).where(clips.c.id.in_(clip_ids)))

    async def find_rendition(self, rendition_id: str) -> Rendition | None:
        """The recorded track in another format, None when it is not made."""
        query = select(renditions).where(renditions.c.id == rendition_id)
        async with self._reading() as db:
            row = (await db.execute(query)).one_or_none()
        return Rendition(row.id, row.size, row.sha256) if row else None

    async def save_rendition(self, rendition: Rendition) -> None:
        """Records one that was made (again)."""
        await self._record(renditions, asdict(rendition))

    async def owed(self) -> dict[str, str]:
        """The announcements that are owed, each with the id of its article."""
        query = select(articles.c.announcement, articles.c.id)
        async with self._reading() as db:
            found = await db.execute(query.where(articles.c.announcement.is_not(None)))
            return {row.announcement: row.id for row in found}

    async def owe(self, article_id: str, announcement: str) -> None:
        """Records that an announcement is owed, instead of any other."""
        change = update(articles).where(articles.c.id == article_id)
        async with self._writing() as db:
            await db.execute(change.values(announcement=announcement))

    async def announced(self, announcement: str) -> None:
        """Records that it is owed no longer; nothing happens when another one is by now."""
        told = update(articles).where(articles.c.announcement == announcement)
        async with self._writing() as db:
            await db.execute(told.values(announcement=None))

    async def audio_in_use(self) -> set[str]:
        """Names of the audio files that some article's clips are in."""
        query = select(clips.c.sha256).join(paragraphs, paragraphs.c.clip_id == clips.c.id)
        async with self._reading() as db:
            return set((await db.execute(query.distinct())).scalars())

    async def forget_audio(self, name: str) -> bool:
        """Records that the file is gone, and what is in it; False while an article uses it."""
        is_in_it = clips.c.sha256 == name
        is_used = exists().where(paragraphs.c.clip_id == clips.c.id)
        async with self._writing() as db:
            if self._is_shared:  # an article that is being added waits, then finds no clip
                await db.execute(text("LOCK TABLE paragraphs IN SHARE MODE"))
            await db.execute(delete(renditions).where(renditions.c.sha256 == name))
            await db.execute(delete(clips).where(is_in_it, ~is_used))
            return (await db.execute(select(clips.c.id).where(is_in_it))).first() is None

    async def unfinished(self) -> list[str]:
        """Ids of clips that are neither made nor failed, oldest article first, in order."""
        query = (
            select(paragraphs.c.clip_id)
            .join(articles)
            .outerjoin(clips, clips.c.id == paragraphs.c.clip_id)
            .where(clips.c.id.is_(None))
            .order_by(articles.c.created_at, articles.c.id, paragraphs.c.number)
        )
        async with self._reading() as db:
            return list(dict.fromkeys((await db.execute(query)).scalars()))

    async def uses_of_clip(self, clip_id: str) -> list[tuple[str, int, Tally]]:
        """Article, paragraph number, and the article's tally, for every line with the clip."""
        used, every = paragraphs.alias("used"), paragraphs.alias("every")
        query = (
            select(
                used.c.article_id,
                used.c.number,
                func.count(every.c.number).label("total"),
                func.count(clips.c.id).label("settled"),
                func.count(clips.c.error).label("failed"),
            )
            .join(every, every.c.article_id == used.c.article_id)
            .outerjoin(clips, clips.c.id == every.c.clip_id)
            .where(used.c.clip_id == clip_id)
            .group_by(used.c.article_id, used.c.number)
        )
        async with self._reading() as db:
            found = (await db.execute(query)).all()
        return [
            (row.article_id, row.number, Tally(row.total, row.settled - row.failed, row.failed))
            for row in found
        ]

    async def close(self) -> None:
        """Ends connections."""
        await self._engine.dispose()

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[AsyncConnection]:
        # A listener who goes away ends his request at any point; a connection must not be
        # torn down in the middle of a statement by that.
        with CancelScope(shield=True):
            async with translated(), self._reader.connect() as db:
                yield db

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncConnection]:
        with CancelScope(shield=True):
            async with translated(), self._engine.begin() as db:
                yield db

    async def _id_of_same(self, narration: Narration) -> str:
        """Id of another article with the same key, else with the same page."""
        has_key = articles.c.key == narration.key
        same = (
            select(articles.c.id)
            .where(or_(has_key, articles.c.page_key == narration.page_key))
            .where(articles.c.id != narration.id)
            .order_by(has_key.desc())
        )
        async with self._reading() as db:
            return str((await db.execute(same.limit(1))).scalar_one())

    async def _record(self, table: Table, row: dict[str, object]) -> None:
        upsert = (postgresql if self._is_shared else sqlite).insert(table).values(row)
        async with self._writing() as db:
            await db.execute(upsert.on_conflict_do_update(index_elements=["id"], set_=row))

    async def _read(
        self, db: AsyncConnection, query: Select[tuple[object, ...]]
    ) -> list[Narration]:
        heads = (await db.execute(query)).all()
        ids = [head.id for head in heads]
        names = select(collections).where(collections.c.article_id.in_(ids))
        collected: dict[str, list[str]] = {article_id: [] for article_id in ids}
        for row in await db.execute(names.order_by(collections.c.name)):
            collected[row.article_id].append(row.name)
        lines = (
            select(paragraphs, clips.c.size, clips.c.sha256, clips.c.spans, clips.c.error)
            .outerjoin(clips, clips.c.id == paragraphs.c.clip_id)
            .where(paragraphs.c.article_id.in_(ids))
            .order_by(paragraphs.c.article_id, paragraphs.c.number)
        )
        by_article: dict[str, list[Row[Any]]] = {article_id: [] for article_id in ids}
        for line in await db.execute(lines):
            by_article[line.article_id].append(line)
        return [rows.narration(head, by_article[head.id], collected[head.id]) for head in heads]


async def _collect(db: AsyncConnection, article_id: str, names: Sequence[str]) -> None:
    if names:
        await db.execute(insert(collections), rows.collection_rows(article_id, names))


def _demand(rowcount: int, article_id: str) -> None:
    if not rowcount:
        raise NotFound("article-unknown", article=article_id)
