"""What is known of each clip: that it was made, or why it could not be."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, select, tuple_, update

from service.domain import Clip, Ordered, Tally
from service.errors import SpeechError
from service.messages import Message, recorded
from service.store import rows
from service.store.database import Database
from service.store.editions import IS_NEWEST, settle_clips
from service.store.tables import IS_UNFINISHED, articles, clips, editions, paragraphs


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
        counts = editions.c.ready, editions.c.failed, editions.c.missing
        query = select(paragraphs.c.article_id, paragraphs.c.number, *counts)
        query = query.join(editions).join(articles, IS_NEWEST)
        async with self._database.reading() as db:
            result = (await db.execute(query.where(paragraphs.c.clip_id == clip_id))).all()
        return [(row.article_id, row.number, rows.tally(row)) for row in result]

    async def unfinished(self) -> list[str]:
        """Ids of clips that are neither made nor failed, oldest article first, in order."""
        unfinished = select(editions.c.article_id, editions.c.number).where(IS_UNFINISHED)
        edition = tuple_(paragraphs.c.article_id, paragraphs.c.edition)
        query = (
            select(paragraphs.c.clip_id)
            .join(articles, articles.c.id == paragraphs.c.article_id)
            .outerjoin(clips, clips.c.id == paragraphs.c.clip_id)
            .where(edition.in_(unfinished), clips.c.id.is_(None))
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
        await self._record(rows.clip_row(clip))

    async def save_words(self, clip: Clip) -> bool:
        """Records the clip's words; False when its file is another by now."""
        is_it = (clips.c.id == clip.id) & (clips.c.sha256 == clip.sha256)
        async with self._database.writing() as db:
            kept = await db.execute(update(clips).where(is_it).values(words=clip.words))
            return bool(kept.rowcount)

    async def fail(self, clip_id: str, error: Message) -> bool:
        """Records that the clip could not be made: its lines are failed. False where it is made."""
        is_not_made = clips.c.error.is_not(None)
        return await self._record(rows.failure_row(clip_id, error), where=is_not_made)

    async def forget(self, clip_ids: Sequence[str]) -> None:
        """Records that these clips are not there (any more): their lines are queued."""
        async with self._database.alone() as db:
            await db.execute(delete(clips).where(clips.c.id.in_(clip_ids)))
            await settle_clips(db, clip_ids)

    async def _record(
        self, row: dict[str, object], *, where: ColumnElement[bool] | None = None
    ) -> bool:
        async with self._database.alone() as db:
            kept = await db.execute(self._database.upsert(clips, row, where=where))
            await settle_clips(db, [str(row["id"])])
            return bool(kept.rowcount)
