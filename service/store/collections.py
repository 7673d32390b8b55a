"""Collections: their titles, and the articles that are in them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import ColumnElement, func, insert, select, true, update
from sqlalchemy import delete as deleting
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from service.domain import ArticleCollection
from service.errors import AlreadyThere, NotFound
from service.store import search
from service.store.database import Database
from service.store.tables import articles, collection_heads, collections


class SqlCollections:
    """The Protocol CollectionStore over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def collections(self) -> list[ArticleCollection]:
        """All of them, in the order of their titles."""
        async with self._database.reading() as db:
            selected = await _selected(db)
        return sorted(
            selected, key=lambda collection: (search.words(collection.title), collection.name)
        )

    async def get(self, name: str) -> ArticleCollection:
        """The collection of that name. Raises NotFound."""
        async with self._database.reading() as db:
            return await _get(db, name)

    async def add(self, collection: ArticleCollection) -> None:
        """Keeps its title. Raises AlreadyThere when its name has one."""
        try:
            async with self._database.writing() as db:
                await db.execute(insert(collection_heads).values(_row(collection)))
        except IntegrityError as error:
            there = await self.get(collection.name)
            raise AlreadyThere("collection-there", collection=there.title) from error

    async def rename(self, name: str, title: str) -> ArticleCollection:
        """Gives it another title, and nothing else. Raises NotFound."""
        async with self._database.writing() as db:
            renamed = replace(await _get(db, name), title=title)
            await db.execute(self._database.upsert(collection_heads, _row(renamed)))
        return renamed

    async def delete(self, name: str) -> None:
        """Forgets it; its articles stay, in their next versions. Raises NotFound."""
        is_in = select(collections.c.article_id).where(collections.c.name == name)
        async with self._database.alone() as db:
            await _get(db, name)
            change = update(articles).where(articles.c.id.in_(is_in))
            await db.execute(change.values(version=articles.c.version + 1))
            await db.execute(deleting(collections).where(collections.c.name == name))
            await db.execute(deleting(collection_heads).where(collection_heads.c.name == name))


def _row(collection: ArticleCollection) -> dict[str, object]:
    title, is_book = collection.title, collection.is_book
    return {"name": collection.name, "title": title, "is_book": is_book}


async def _get(db: AsyncConnection, name: str) -> ArticleCollection:
    """Raises NotFound."""
    selected = await _selected(db, collections.c.name == name, collection_heads.c.name == name)
    if not selected:
        raise NotFound("collection-empty", collection=name)
    return selected[0]


async def _selected(
    db: AsyncConnection,
    is_filled: ColumnElement[bool] | None = None,
    is_titled: ColumnElement[bool] | None = None,
) -> list[ArticleCollection]:
    """Those that articles name, and those that have a title; often they are the same."""
    sizes = select(collections.c.name, func.count()).group_by(collections.c.name)
    filled = await db.execute(sizes.where(true() if is_filled is None else is_filled))
    by_name = {name: ArticleCollection(name, name, size) for name, size in filled}
    heads = select(collection_heads).where(true() if is_titled is None else is_titled)
    for head in await db.execute(heads):
        size = by_name[head.name].size if head.name in by_name else 0
        by_name[head.name] = ArticleCollection(head.name, head.title, size, is_book=head.is_book)
    return list(by_name.values())
