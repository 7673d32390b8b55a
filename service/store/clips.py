"""What is known of each clip: that it was made, or why it could not be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, delete, func, select, update

from service.domain import Clip, Ordered, Tally
from service.errors import SpeechError
from service.messages import Message, recorded
from service.store import rows
from service.store.database import Database
from service.store.editions import drop_outdone, outdoing
from service.store.tables import articles, clips, editions, paragraphs

_used, _every = paragraphs.alias("used"), paragraphs.alias("every")


class SqlClips:
    """The Protocol ClipStore over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, clip_id: str) -> Clip | None:
        """The recorded clip, None when it is not made. Raises SpeechError when it failed."""
        async with self._database.reading() as db:
            row = (await db.execute(select(clips).where(clips.c.id == clip_id))).one_or_none()
        if row is None:
            return None
        if row.error is not None:
            raise SpeechError.of(recorded(row.error))
        return rows.clip(row)

    async def ordered(self, clip_id: str) -> Ordered | None:
        """What the clip is to say, and what became of it; None when no article uses it."""
        of_article = editions.c.voice.label("article_voice"), editions.c.rate
        query = (
            select(paragraphs, *of_article, *(clips.c[name] for name in rows.OF_CLIP))
            .join(editions)
            .outerjoin(clips, clips.c.id == paragraphs.c.clip_id)
            .where(paragraphs.c.clip_id == clip_id)
            .limit(1)
        )
        async with self._database.reading() as db:
            row = (await db.execute(query)).first()
        return rows.ordered(row) if row else None

    async def uses(self, clip_id: str) -> list[tuple[str, int, Tally]]:
        """Article, number and tally for every line with the clip in an article's newest edition."""
        query = _uses().where(_used.c.clip_id == clip_id)
        async with self._database.reading() as db:
            result = (await db.execute(query)).all()
        return [
            (row.article_id, row.number, Tally(row.total, row.settled - row.failed, row.failed))
            for row in result
        ]

    async def unfinished(self) -> list[str]:
        """Ids of clips that are neither made nor failed, oldest article first, in order."""
        query = (
            select(paragraphs.c.clip_id)
            .join(articles, articles.c.id == paragraphs.c.article_id)
            .outerjoin(clips, clips.c.id == paragraphs.c.clip_id)
            .where(clips.c.id.is_(None))
            .order_by(
                articles.c.created_at, articles.c.id, paragraphs.c.edition, paragraphs.c.number
            )
        )
        async with self._database.reading() as db:
            return list(dict.fromkeys((await db.execute(query)).scalars()))

    async def save(self, clip: Clip) -> None:
        """Records a made clip (again): every line that uses it is ready.

        What it finishes takes the place of the edition that was finished before.
        """
        async with self._database.writing() as db:
            await db.execute(self._database.upsert(clips, rows.clip_row(clip)))
            await drop_outdone(db, await outdoing(db, clip.id))

    async def save_words(self, clip: Clip) -> bool:
        """Records the clip's words; False when its file is another by now."""
        is_it = (clips.c.id == clip.id) & (clips.c.sha256 == clip.sha256)
        async with self._database.writing() as db:
            kept = await db.execute(update(clips).where(is_it).values(words=clip.words))
            return bool(kept.rowcount)

    async def fail(self, clip_id: str, error: Message) -> None:
        """Records that the clip could not be made: its lines are failed."""
        await self._database.record(clips, rows.failure_row(clip_id, error))

    async def forget(self, clip_ids: Sequence[str]) -> None:
        """Records that these clips are not there (any more): their lines are queued."""
        async with self._database.writing() as db:
            await db.execute(delete(clips).where(clips.c.id.in_(clip_ids)))


def _uses() -> Select[Any]:
    """Lines of newest editions, each with how many of its article there are, settled and failed."""
    is_newest = and_(articles.c.id == _used.c.article_id, articles.c.edition == _used.c.edition)
    is_beside = and_(_every.c.article_id == _used.c.article_id, _every.c.edition == _used.c.edition)
    return (
        select(
            _used.c.article_id,
            _used.c.number,
            func.count(_every.c.number).label("total"),
            func.count(clips.c.id).label("settled"),
            func.count(clips.c.error).label("failed"),
        )
        .join(articles, is_newest)
        .join(_every, is_beside)
        .outerjoin(clips, clips.c.id == _every.c.clip_id)
        .group_by(_used.c.article_id, _used.c.number)
    )
