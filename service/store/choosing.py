"""Which articles a list shows, in what order, and from where on."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, select, true, tuple_, union_all

from service.domain import Choice, Sort, State
from service.store import search
from service.store.editions import in_collection, using
from service.store.tables import articles, texts


def chosen(
    choice: Choice, cursor: str | None, speaking: Collection[str], *, is_shared: bool
) -> CompoundSelect[Any]:
    """The ids of the articles after the one with id `cursor`; `speaking` clips are being made."""
    by, is_down = _order(choice.sort, is_shared=is_shared)
    query = select(articles.c.id, by.label("place"))
    if choice.sort is Sort.TITLE:
        query = query.join(texts, texts.c.article_id == articles.c.id)
    if choice.collection is not None:
        query = query.where(in_collection(choice.collection))
    if search.words(choice.text):
        query = query.where(search.has_words(choice.text, is_shared=is_shared))
    if cursor is not None:
        query = query.where(_is_after(cursor, by, is_down=is_down))
    kinds = _kinds(choice.state, speaking) if choice.state else [true()]
    page = union_all(*(query.where(is_of_kind) for is_of_kind in kinds))
    order = page.selected_columns.place, page.selected_columns.id
    return page.order_by(*((column.desc() if is_down else column.asc()) for column in order))


def _order(sort: Sort, *, is_shared: bool) -> tuple[ColumnElement[Any], bool]:
    """By what column, before the id, and whether the greatest come first."""
    if sort is Sort.TITLE:
        return texts.c.title.collate("C") if is_shared else texts.c.title, False
    return articles.c.created_at, sort is Sort.NEWEST


def _is_after(cursor: str, by: ColumnElement[Any], *, is_down: bool) -> ColumnElement[bool]:
    articles_, texts_ = articles.alias("last"), texts.alias("last_text")
    by_age = select(articles_.c.created_at).where(articles_.c.id == cursor)
    by_title = select(texts_.c.title).where(texts_.c.article_id == cursor)
    last = (by_age if by is articles.c.created_at else by_title).scalar_subquery()
    key = articles.c.id if by is articles.c.created_at else texts.c.article_id
    place, at = tuple_(by, key), tuple_(last, cursor)
    return place < at if is_down else place > at


def _kinds(state: State, speaking: Collection[str]) -> list[ColumnElement[bool]]:
    """Articles in that state, as Tally tells it: kinds of which each has an index."""
    is_in_it = articles.c.state == state
    if not speaking or state not in {State.QUEUED, State.SPEAKING}:
        return [is_in_it]
    has_begun = articles.c.id.in_(using(speaking))
    if state is State.QUEUED:
        return [is_in_it & ~has_begun]
    return [is_in_it, (articles.c.state == State.QUEUED) & has_begun]
