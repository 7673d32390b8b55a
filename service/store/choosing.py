"""Which articles a list shows, in what order, and from where on."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, ScalarSelect, select, true, tuple_, union_all

from service.domain import Choice, Sort, State
from service.store import search
from service.store.editions import in_collection, using
from service.store.tables import articles, collections, texts


def chosen(
    choice: Choice, cursor: str | None, speaking: Collection[str], *, is_shared: bool
) -> CompoundSelect[Any]:
    """The ids of the articles after the one with id `cursor`; `speaking` clips are being made."""
    by, key, is_down = _order(choice, is_shared=is_shared)
    query = select(key.label("id"), by.label("place")).select_from(articles)
    if choice.sort is Sort.TITLE:
        query = query.join(texts, texts.c.article_id == articles.c.id)
    if choice.collection is not None:
        query = query.join(collections, in_collection(choice.collection))
    if search.words(choice.text):
        query = query.where(search.has_words(choice.text, is_shared=is_shared))
    if cursor is not None:
        place, at = tuple_(by, key), tuple_(_place(cursor, choice.sort), cursor)
        query = query.where(place < at if is_down else place > at)
    kinds = _kinds(choice.state, speaking) if choice.state else [true()]
    page = union_all(*(query.where(is_of_kind) for is_of_kind in kinds))
    order = page.selected_columns.place, page.selected_columns.id
    return page.order_by(*((column.desc() if is_down else column.asc()) for column in order))


def _order(
    choice: Choice, *, is_shared: bool
) -> tuple[ColumnElement[Any], ColumnElement[str], bool]:
    """By what columns of one index, and whether the greatest come first."""
    if choice.sort is Sort.TITLE:
        title = texts.c.title.collate("C") if is_shared else texts.c.title
        return title, texts.c.article_id, False
    is_down = choice.sort is Sort.NEWEST
    if choice.collection is not None:
        return collections.c.created_at, collections.c.article_id, is_down
    return articles.c.created_at, articles.c.id, is_down


def _place(article_id: str, sort: Sort) -> ScalarSelect[Any]:
    """Where that article is in lists."""
    if sort is Sort.TITLE:
        other = texts.alias("last")
        return select(other.c.title).where(other.c.article_id == article_id).scalar_subquery()
    last = articles.alias("last")
    return select(last.c.created_at).where(last.c.id == article_id).scalar_subquery()


def _kinds(state: State, speaking: Collection[str]) -> list[ColumnElement[bool]]:
    """Articles in that state, as Tally tells it: kinds of which each has an index."""
    is_in_it = articles.c.state == state
    if not speaking or state not in {State.QUEUED, State.SPEAKING}:
        return [is_in_it]
    has_begun = articles.c.id.in_(using(speaking))
    if state is State.QUEUED:
        return [is_in_it & ~has_begun]
    return [is_in_it, (articles.c.state == State.QUEUED) & has_begun]
