"""Editions of an article: the newest, and until it is finished the last that was.

Which one is finished is never recorded: it follows from the clips that are there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.store.tables import articles, clips, collections, editions, paragraphs

IS_NEWEST = and_(editions.c.article_id == articles.c.id, editions.c.number == articles.c.edition)
_older = editions.alias("older")  # made once: each has columns of its own


def heads(*, is_newest: bool = True) -> Select[Any]:
    """Articles with what is heard of them: in the newest edition, or in each that is there."""
    last_finished = (
        select(func.max(_older.c.number))
        .where(_older.c.article_id == articles.c.id, _older.c.number < articles.c.edition)
        .scalar_subquery()
    )
    is_of = IS_NEWEST if is_newest else editions.c.article_id == articles.c.id
    return select(articles, editions, last_finished.label("last_finished")).join(editions, is_of)


def in_collection(name: str) -> ColumnElement[bool]:
    """Whether the article is in the collection."""
    is_in = and_(collections.c.article_id == articles.c.id, collections.c.name == name)
    return select(collections.c.name).where(is_in).exists()


def is_finished(edition: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether every clip of that edition of the article is made."""
    is_missing = and_(
        paragraphs.c.article_id == articles.c.id,
        paragraphs.c.edition == edition,
        or_(clips.c.id.is_(None), clips.c.size == 0),
    )
    missing = select(paragraphs.c.number).outerjoin(clips, clips.c.id == paragraphs.c.clip_id)
    return ~missing.where(is_missing).correlate(articles).exists()


async def locked(db: AsyncConnection, article_ids: Sequence[str]) -> None:
    """Has others wait who change these articles, or finish them; always in the same order."""
    ids = select(articles.c.id).where(articles.c.id.in_(article_ids))
    await db.execute(ids.order_by(articles.c.id).with_for_update())


async def outdoing(db: AsyncConnection, clip_id: str) -> list[str]:
    """Ids of the articles that have the clip in an edition beside which an older one is kept."""
    has_older = and_(_older.c.article_id == articles.c.id, _older.c.number < articles.c.edition)
    is_used = and_(
        paragraphs.c.article_id == articles.c.id, paragraphs.c.edition == articles.c.edition
    )
    query = select(articles.c.id).join(paragraphs, is_used).join(_older, has_older)
    query = query.where(paragraphs.c.clip_id == clip_id).distinct()
    return list((await db.execute(query)).scalars())


async def drop_outdone(db: AsyncConnection, article_ids: Sequence[str]) -> None:
    """Forgets what was finished before, where the newest edition is finished by now."""
    if not article_ids:
        return
    await locked(db, article_ids)  # else two who make the last two clips see neither's
    done = select(articles.c.id).where(
        articles.c.id.in_(article_ids), is_finished(articles.c.edition)
    )
    is_outdone = editions.c.number < (
        select(articles.c.edition).where(articles.c.id == editions.c.article_id).scalar_subquery()
    )
    await db.execute(delete(editions).where(editions.c.article_id.in_(done), is_outdone))


async def keep_finished(db: AsyncConnection, article_id: str, before: int) -> None:
    """Of the editions before the newest keeps the last finished one alone."""
    is_done = select(articles.c.id).where(articles.c.id == article_id, is_finished(literal(before)))
    is_before = editions.c.number == before
    is_left = ~is_before if (await db.execute(is_done)).first() else is_before
    await db.execute(delete(editions).where(editions.c.article_id == article_id, is_left))
