"""Editions of an article: the newest, and until it is finished the last that was.

How far each one is follows from the clips that are there; it is counted here and nowhere else,
in the transaction that changes clips or paragraphs, so that lists need not look at either.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from service.domain import State
from service.store.tables import articles, clips, collections, editions, paragraphs

IS_NEWEST = and_(editions.c.article_id == articles.c.id, editions.c.number == articles.c.edition)


def heads(number: ColumnElement[Any] = articles.c.edition) -> Select[Any]:
    """Articles with what is heard of them in that edition."""
    is_it = and_(editions.c.article_id == articles.c.id, editions.c.number == number)
    return select(articles, editions).join(editions, is_it)


def in_collection(name: str) -> ColumnElement[bool]:
    """How an article that is in the collection is joined with its place there."""
    return and_(collections.c.article_id == articles.c.id, collections.c.name == name)


def using(clip_ids: Collection[str]) -> Select[tuple[str]]:
    """Ids of the articles that have these clips in some edition."""
    return select(paragraphs.c.article_id).where(paragraphs.c.clip_id.in_(clip_ids))


async def settle(db: AsyncConnection, article_ids: Sequence[str] | Select[tuple[str]]) -> None:
    """Records how far these articles are, and forgets editions that a later one has outdone.

    Whoever changes paragraphs or clips calls it, before others can: see Database.alone.
    """
    counts = _counts(article_ids)
    is_counted = and_(
        editions.c.article_id == counts.c.article_id, editions.c.number == counts.c.edition
    )
    names = "ready", "failed", "missing", "size"
    await db.execute(update(editions).where(is_counted).values({n: counts.c[n] for n in names}))
    is_concerned = articles.c.id.in_(article_ids)
    change = update(articles).where(is_concerned, IS_NEWEST)
    await db.execute(change.values(state=_STATE, finished_edition=_FINISHED))
    finished = select(articles.c.finished_edition).where(articles.c.id == editions.c.article_id)
    is_outdone = editions.c.number < finished.scalar_subquery()
    await db.execute(delete(editions).where(editions.c.article_id.in_(article_ids), is_outdone))


async def keep_finished(db: AsyncConnection, article_id: str) -> None:
    """Of the editions before the newest keeps the last finished one alone."""
    finished = select(articles.c.finished_edition).where(articles.c.id == article_id)
    is_finished = editions.c.number == func.coalesce(finished.scalar_subquery(), 0)
    await db.execute(delete(editions).where(editions.c.article_id == article_id, ~is_finished))


def _counts(article_ids: Sequence[str] | Select[tuple[str]]) -> Subquery:
    """Of each edition: its paragraphs that are ready, failed, and neither; the bytes made."""
    key = paragraphs.c.article_id, paragraphs.c.edition
    settled, failed = func.count(clips.c.id), func.count(clips.c.error)
    counts = select(
        *key,
        (settled - failed).label("ready"),
        failed.label("failed"),
        (func.count() - settled).label("missing"),
        func.coalesce(func.sum(clips.c.size), 0).label("size"),
    )
    counts = counts.outerjoin(clips, clips.c.id == paragraphs.c.clip_id)
    return counts.where(paragraphs.c.article_id.in_(article_ids)).group_by(*key).subquery()


_STATE = case(  # as Tally has it, as long as nothing is being made
    (editions.c.missing == 0, case((editions.c.failed == 0, State.READY), else_=State.FAILED)),
    (editions.c.ready + editions.c.failed > 0, State.SPEAKING),
    else_=State.QUEUED,
)
_OLDER = editions.alias("older")
_FINISHED = case(
    ((editions.c.missing == 0) & (editions.c.failed == 0), articles.c.edition),
    else_=select(func.max(_OLDER.c.number))
    .where(_OLDER.c.article_id == articles.c.id, _OLDER.c.number < articles.c.edition)
    .scalar_subquery(),
)
