"""Which articles a list shows, in what order, and from where on."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, not_, or_, select

from service.domain import Choice, Sort, State
from service.store import search
from service.store.editions import in_collection
from service.store.tables import articles, clips, paragraphs, texts


def chosen(
    choice: Choice, cursor: str | None, speaking: Collection[str], *, is_shared: bool
) -> Select[Any]:
    """The ids of the articles after the one with id `cursor`; `speaking` clips are being made."""
    query = select(articles.c.id)
    if choice.sort is Sort.TITLE:
        query = query.join(texts, texts.c.article_id == articles.c.id)
    if choice.collection is not None:
        query = query.where(in_collection(choice.collection))
    if search.words(choice.text):
        query = query.where(search.has_words(choice.text, is_shared=is_shared))
    if choice.state:
        query = query.where(_states(speaking)[choice.state])
    order, is_down = _order(choice.sort, is_shared=is_shared)
    if cursor is not None:
        query = query.where(_is_after(cursor, order, is_down=is_down))
    return query.order_by(*((column.desc() if is_down else column.asc()) for column in order))


def _order(sort: Sort, *, is_shared: bool) -> tuple[list[ColumnElement[Any]], bool]:
    """By what columns, and whether the greatest come first."""
    if sort is Sort.TITLE:
        title = texts.c.title.collate("C") if is_shared else texts.c.title
        return [title, texts.c.article_id], False
    return [articles.c.created_at, articles.c.id], sort is Sort.NEWEST


def _is_after(
    cursor: str, order: list[ColumnElement[Any]], *, is_down: bool
) -> ColumnElement[bool]:
    value = order[0]
    articles_, texts_ = articles.alias("last"), texts.alias("last_text")
    by_age = select(articles_.c.created_at).where(articles_.c.id == cursor)
    by_title = select(texts_.c.title).where(texts_.c.article_id == cursor)
    at = (by_age if value is articles.c.created_at else by_title).scalar_subquery()
    key = order[1]
    if is_down:
        return or_(value < at, and_(value == at, key < cursor))
    return or_(value > at, and_(value == at, key > cursor))


def _states(speaking: Collection[str]) -> dict[State, ColumnElement[bool]]:
    """How far the newest edition is, as Tally tells it."""
    has_missing = _has(clips.c.id.is_(None))
    has_begun = or_(
        _has(clips.c.id.is_not(None)),
        _has(paragraphs.c.clip_id.in_(speaking)) if speaking else false(),
    )
    has_failed = _has(clips.c.error.is_not(None))
    return {
        State.READY: not_(or_(has_missing, has_failed)),
        State.FAILED: and_(not_(has_missing), has_failed),
        State.SPEAKING: and_(has_missing, has_begun),
        State.QUEUED: and_(has_missing, not_(has_begun)),
    }


def _has(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether such a paragraph is in the newest edition."""
    of_it = and_(
        paragraphs.c.article_id == articles.c.id, paragraphs.c.edition == articles.c.edition
    )
    query = select(paragraphs.c.number).outerjoin(clips, clips.c.id == paragraphs.c.clip_id)
    return query.where(of_it, condition).correlate(articles).exists()
