"""Which articles a list shows, in what order, and from where on."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    func,
    literal,
    select,
    true,
    tuple_,
    union_all,
)

from service.domain import Choice, Place, Sort, State
from service.store import search
from service.store.editions import in_collection, using
from service.store.tables import articles, collections


def chosen(
    choice: Choice, after: Place | None, speaking: Collection[str], *, is_shared: bool
) -> CompoundSelect[Any]:
    """The ids of the articles after that place; `speaking` clips are being made."""
    by, key, is_down = _order(choice)
    query = select(key.label("id"), by.label("place")).select_from(articles)
    if choice.collection is not None:
        query = query.join(collections, in_collection(choice.collection))
    if search.words(choice.text):
        query = query.where(search.has_words(choice.text, is_shared=is_shared))
    if after is not None:
        place, at = tuple_(by, key), tuple_(_place(after, choice.sort), after.id)
        query = query.where(place < at if is_down else place > at)
    kinds = _kinds(choice.state, speaking) if choice.state else [true()]
    page = union_all(*(query.where(is_of_kind) for is_of_kind in kinds))
    order = page.selected_columns.place, page.selected_columns.id
    return page.order_by(*((column.desc() if is_down else column.asc()) for column in order))


def _order(choice: Choice) -> tuple[ColumnElement[Any], ColumnElement[str], bool]:
    """By what columns of one index, and whether the greatest come first."""
    if choice.sort is Sort.TITLE:
        return articles.c.sort_title, articles.c.id, False
    is_down = choice.sort is Sort.NEWEST
    if choice.collection is not None:
        return collections.c.created_at, collections.c.article_id, is_down
    return articles.c.created_at, articles.c.id, is_down


def _place(after: Place, sort: Sort) -> ColumnElement[Any]:
    """Where that article is in lists, or was when it was there."""
    last = articles.alias("last")
    title = None if after.title is None else search.sorted_by(after.title)
    there, was = (
        (last.c.sort_title, title) if sort is Sort.TITLE else (last.c.created_at, after.created_at)
    )
    place = select(there).where(last.c.id == after.id).scalar_subquery()
    return func.coalesce(place, literal(was, there.type))


def _kinds(state: State, speaking: Collection[str]) -> list[ColumnElement[bool]]:
    """Articles in that state, as Tally tells it: kinds of which each has an index."""
    is_in_it = articles.c.state == state
    if not speaking or state not in {State.QUEUED, State.SPEAKING}:
        return [is_in_it]
    has_begun = articles.c.id.in_(using(speaking))
    if state is State.QUEUED:
        return [is_in_it & ~has_begun]
    return [is_in_it, (articles.c.state == State.QUEUED) & has_begun]
