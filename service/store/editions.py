"""Editions of an article: the newest, and until it is finished the last that was.

How far each one is follows from the clips that are there; it is counted here and nowhere else,
in the transaction that changes clips or paragraphs, so that lists need not look at either.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Delete,
    ScalarSelect,
    Select,
    Subquery,
    Update,
    and_,
    bindparam,
    case,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from service.domain import State
from service.store.tables import articles, clips, collections, editions, paragraphs

IS_NEWEST = and_(editions.c.article_id == articles.c.id, editions.c.number == articles.c.edition)
_Ids = Select[tuple[str]] | BindParameter[Any]


def heads(number: ColumnElement[Any] = articles.c.edition) -> Select[Any]:
    """Articles with what is heard of them in that edition."""
    is_it = and_(editions.c.article_id == articles.c.id, editions.c.number == number)
    return select(articles, editions).join(editions, is_it)


def in_collection(name: str) -> ColumnElement[bool]:
    """How an article that is in the collection is joined with its place there."""
    return and_(collections.c.article_id == articles.c.id, collections.c.name == name)


def using(clip_ids: Collection[str] | BindParameter[Any]) -> Select[tuple[str]]:
    """Ids of the articles that have these clips in some edition."""
    return select(paragraphs.c.article_id).where(paragraphs.c.clip_id.in_(clip_ids))


async def settle_articles(db: AsyncConnection, article_ids: Sequence[str]) -> None:
    """Records how far these articles are, and forgets editions that a later one has outdone.

    Whoever changes paragraphs does so, before others can change any: see Database.alone.
    """
    for change in _OF_ARTICLES:
        await db.execute(change, {"ids": article_ids})


async def settle_clips(db: AsyncConnection, clip_ids: Sequence[str]) -> None:
    """The same of the articles that have these clips, for whoever changes clips."""
    for change in _OF_CLIPS:
        await db.execute(change, {"ids": clip_ids})


async def keep_finished(db: AsyncConnection, article_id: str) -> None:
    """Of the editions before the newest keeps the last finished one alone."""
    is_other = editions.c.number != func.coalesce(_finished(), 0)
    await db.execute(delete(editions).where(editions.c.article_id == article_id, is_other))


def _finished() -> ScalarSelect[Any]:
    """The edition of the same article that listeners get."""
    finished = select(articles.c.finished_edition).where(articles.c.id == editions.c.article_id)
    return finished.scalar_subquery()


def _counting(article_ids: _Ids) -> Update:
    counts = _counts(article_ids)
    is_counted = and_(
        editions.c.article_id == counts.c.article_id, editions.c.number == counts.c.edition
    )
    names = "ready", "failed", "missing", "size", "unspoken"
    return update(editions).where(is_counted).values({name: counts.c[name] for name in names})


def _counts(article_ids: _Ids) -> Subquery:
    """Of each edition: its paragraphs that are ready, failed, and neither; what they come to."""
    key = paragraphs.c.article_id, paragraphs.c.edition
    settled, failed = func.count(clips.c.id), func.count(clips.c.error)
    counts = select(
        *key,
        (settled - failed).label("ready"),
        failed.label("failed"),
        (func.count() - settled).label("missing"),
        func.coalesce(func.sum(clips.c.size), 0).label("size"),
        func.sum(case((clips.c.size > 0, 0), else_=paragraphs.c.letters)).label("unspoken"),
    )
    counts = counts.outerjoin(clips, clips.c.id == paragraphs.c.clip_id)
    return counts.where(paragraphs.c.article_id.in_(article_ids)).group_by(*key).subquery()


def _judging(article_ids: _Ids) -> Update:
    older = editions.alias("older")
    is_older = and_(older.c.article_id == articles.c.id, older.c.number < articles.c.edition)
    last = select(func.max(older.c.number)).where(is_older).scalar_subquery()
    is_settled, is_whole = editions.c.missing == 0, editions.c.failed == 0
    state = case(  # as Tally has it, as long as nothing is being made
        (is_settled & is_whole, State.READY),
        (is_settled, State.FAILED),
        (editions.c.ready + editions.c.failed > 0, State.SPEAKING),
        else_=State.QUEUED,
    )
    finished = case((is_settled & is_whole, articles.c.edition), else_=last)
    change = update(articles).where(articles.c.id.in_(article_ids), IS_NEWEST)
    return change.values(state=state, finished_edition=finished)


def _forgetting(article_ids: _Ids) -> Delete:
    is_outdone = editions.c.number < _finished()
    return delete(editions).where(editions.c.article_id.in_(article_ids), is_outdone)


def _settling(article_ids: _Ids) -> tuple[Update, Update, Delete]:
    return _counting(article_ids), _judging(article_ids), _forgetting(article_ids)


_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_OF_ARTICLES, _OF_CLIPS = _settling(_IDS), _settling(using(_IDS))  # to put them together takes time
