"""Articles and their paragraphs, version by version."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from service.domain import Narration, Spec
from service.errors import AlreadyThere, NotFound, VersionConflict
from service.store import rows
from service.store.database import Database
from service.store.editions import (
    IS_NEWEST,
    heads,
    keep_finished,
    settle_articles,
)
from service.store.records import announced
from service.store.tables import articles, clips, collections, editions, paragraphs, texts

_TOGETHER = 200  # paragraphs in one statement: whoever else has something to do comes between


class SqlArticles:
    """The Protocol ArticleStore over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, article_id: str) -> Narration:
        """The newest edition, with the state of its clips as of now. Raises NotFound."""
        async with self._database.reading() as db:
            return await _newest(db, article_id)

    async def edition(self, article_id: str, number: int | None = None) -> Narration:
        """That edition; without a number the last finished one, or the only one there is."""
        async with self._database.reading() as db:
            finished = func.coalesce(articles.c.finished_edition, articles.c.edition)
            wanted = finished if number is None else literal(number)
            is_kept = wanted.in_([articles.c.edition, finished])
            query = heads(wanted).where(articles.c.id == article_id, is_kept)
            if narrations := await _read(db, query):
                return narrations[0]
            await _newest(db, article_id)
            raise NotFound("edition-unknown", article=article_id, edition=number or 0)

    async def find(self, spec: Spec) -> Narration | None:
        """The article that has the same key, else one of the same page."""
        has_key = articles.c.key == spec.key
        query = heads().where(_is_same(spec)).order_by(has_key.desc()).limit(1)
        async with self._database.reading() as db:
            narrations = await _read(db, query)
        return narrations[0] if narrations else None

    async def newest(self, *, limit: int) -> list[Narration]:
        """Up to `limit` narrations, newest first, with all of their paragraphs."""
        age = articles.c.created_at.desc(), articles.c.id.desc()
        async with self._database.reading() as db:
            return await _read(db, heads().order_by(*age).limit(limit))

    async def outdated(self, lexicon: str) -> list[str]:
        """Ids of the articles whose scripts were written with another lexicon."""
        query = select(articles.c.id).join(editions, IS_NEWEST)
        query = query.where(editions.c.lexicon != lexicon)
        async with self._database.reading() as db:
            return list((await db.execute(query)).scalars())

    async def save(
        self, narrations: Sequence[Narration], *, announce: Collection[str] = ()
    ) -> None:
        """Stores new articles (version 1) and next versions of others: all of them, or none.

        News are due, instead of earlier ones, of the articles whose ids are in `announce`.
        Raises VersionConflict, NotFound, AlreadyThere.
        """
        # Next versions first: they may free what a new article needs.
        ordered = sorted(narrations, key=lambda narration: narration.version == 1)
        try:
            async with self._database.alone() as db:
                for narration in ordered:
                    await (_add if narration.version == 1 else _supersede)(db, narration)
                await settle_articles(db, [narration.id for narration in ordered])
                for article_id in announce:
                    await db.execute(announced(article_id))
        except IntegrityError as error:
            raise await self._conflict(ordered) from error

    async def delete(self, article_id: str) -> None:
        """Forgets the article, not its clips. Raises NotFound."""
        async with self._database.alone() as db:
            gone = await db.execute(delete(articles).where(articles.c.id == article_id))
            if not gone.rowcount:
                raise NotFound("article-unknown", article=article_id)

    async def _conflict(self, narrations: Sequence[Narration]) -> AlreadyThere | VersionConflict:
        """What to raise when one of them has the key or the page of another article."""
        for narration in narrations:
            is_same, is_other = _is_same(narration.spec), articles.c.id != narration.id
            other = select(articles.c.id).where(is_same, is_other)
            async with self._database.reading() as db:
                if same := (await db.execute(other)).scalars().first():
                    return AlreadyThere("article-there", article=str(same))
        return VersionConflict("library-changes")


def _is_same(spec: Spec) -> ColumnElement[bool]:
    """Whether an article is known by the same key, or is of the same page."""
    has_key = articles.c.key == spec.key
    return or_(has_key, articles.c.page_key == spec.page_key) if spec.page_key else has_key


async def _newest(db: AsyncConnection, article_id: str) -> Narration:
    """Raises NotFound."""
    narrations = await _read(db, heads().where(articles.c.id == article_id))
    if not narrations:
        raise NotFound("article-unknown", article=article_id)
    return narrations[0]


async def _add(db: AsyncConnection, narration: Narration) -> None:
    await db.execute(insert(articles).values(rows.article_row(narration)))
    await _write(db, narration)
    await _collect(db, narration)


async def _write(db: AsyncConnection, narration: Narration) -> None:
    """Stores what is heard as another edition."""
    edition, lines, text = await asyncio.to_thread(rows.heard_rows, narration)
    await db.execute(insert(editions).values(edition))
    for start in range(0, len(lines), _TOGETHER):
        await db.execute(insert(paragraphs), lines[start : start + _TOGETHER])
    await db.execute(insert(texts).values(text))


async def _supersede(db: AsyncConnection, narration: Narration) -> None:
    """Compares and swaps: only the version before this one is replaced by it."""
    is_it = articles.c.id == narration.id
    is_before = articles.c.version == narration.version - 1
    edition = select(articles.c.edition).where(is_it, is_before)
    before = (await db.execute(edition)).scalar() or 0  # then it is another by now
    change = update(articles).where(is_it, is_before)
    if not (await db.execute(change.values(rows.article_row(narration)))).rowcount:
        is_there = (await db.execute(select(articles.c.id).where(is_it))).first()
        raise (
            VersionConflict("article-changed", article=narration.id)
            if is_there
            else NotFound("article-unknown", article=narration.id)
        )
    if narration.edition == before:  # its paragraphs are the same
        is_newest = (editions.c.article_id == narration.id) & (editions.c.number == before)
        await db.execute(update(editions).where(is_newest).values(rows.edition_row(narration)))
    else:
        await keep_finished(db, narration.id)
        await db.execute(delete(texts).where(texts.c.article_id == narration.id))
        await _write(db, narration)
    await db.execute(delete(collections).where(collections.c.article_id == narration.id))
    await _collect(db, narration)


async def _collect(db: AsyncConnection, narration: Narration) -> None:
    if narration.collections:
        await db.execute(insert(collections), rows.collection_rows(narration))


async def _read(db: AsyncConnection, query: Select[Any]) -> list[Narration]:
    newest = (await db.execute(query)).all()
    if not newest:
        return []
    ids = [head.id for head in newest]
    names = select(collections).where(collections.c.article_id.in_(ids))
    collected: dict[str, list[str]] = {article_id: [] for article_id in ids}
    for row in await db.execute(names.order_by(collections.c.name)):
        collected[row.article_id].append(row.name)
    lines = (
        select(paragraphs, *(clips.c[name] for name in rows.OF_CLIP))
        .outerjoin(clips, clips.c.id == paragraphs.c.clip_id)
        .where(or_(*(_is_of(head) for head in newest)))
        .order_by(paragraphs.c.article_id, paragraphs.c.number)
    )
    return await asyncio.to_thread(_joined, newest, collected, await db.execute(lines))


def _joined(
    newest: Sequence[Row[Any]], collected: dict[str, list[str]], lines: Iterable[Row[Any]]
) -> list[Narration]:
    """The narrations with these heads; a book's lines take a while to unpack."""
    by_article: dict[str, list[Row[Any]]] = {head.id: [] for head in newest}
    for line in lines:
        by_article[line.article_id].append(line)
    return [rows.narration(head, by_article[head.id], collected[head.id]) for head in newest]


def _is_of(head: Row[Any]) -> ColumnElement[bool]:
    """Whether a paragraph is of that edition of that article."""
    return and_(paragraphs.c.article_id == head.id, paragraphs.c.edition == head.number)
