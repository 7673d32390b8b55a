"""What lists and feeds show of articles, by queries that leave their paragraphs alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.domain import Choice, Kind, Listed, Place
from service.sound.track import Outline, small_tag
from service.store import rows
from service.store.choosing import chosen
from service.store.database import Database
from service.store.editions import heads, in_collection
from service.store.tables import articles, clips, collections, editions, paragraphs

_OPENING, _NEAR = 2, 12  # paragraphs behind the title, and among how many of all
_KINDS = {kind.value: kind for kind in Kind}
_SHOWN = [column for column in editions.c if column is not editions.c.left_out]
_Key = tuple[str, int]  # an article and its edition


class SqlListings:
    """The Protocol Listings over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(
        self,
        choice: Choice,
        *,
        limit: int,
        after: Place | None = None,
        speaking: Collection[str] = (),
    ) -> list[Listed]:
        """Up to `limit` articles after that place, in their newest editions."""
        query = chosen(choice, after, speaking, is_shared=self._database.is_shared).limit(limit)
        async with self._database.reading() as db:
            ids = list((await db.execute(query)).scalars())
            facts = await _facts(db, ids, articles.c.edition)
            facts.speaking = await _speaking(db, speaking)
        return [facts.listed(article_id) for article_id in ids]

    async def episodes(
        self, *, limit: int, offset: int = 0, collection: str | None = None
    ) -> list[Listed]:
        """Up to `limit` finished editions with their openings, the newest articles first."""
        query = select(articles.c.id).where(articles.c.finished_edition.is_not(None))
        age = articles.c.created_at.desc(), articles.c.id.desc()
        if collection is not None:
            query = query.join(collections, in_collection(collection))
            age = collections.c.created_at.desc(), collections.c.article_id.desc()
        async with self._database.reading() as db:
            page = query.order_by(*age).limit(limit).offset(offset)
            ids = list((await db.execute(page)).scalars())
            facts = await _facts(db, ids, articles.c.finished_edition)
            facts.openings = await _openings(db, ids)
        return [facts.listed(article_id) for article_id in ids]


@dataclass(slots=True)
class _Facts:
    """What was read of some articles, of one edition each."""

    heads: dict[str, Row[Any]]
    collections: dict[str, list[str]]
    speaking: dict[_Key, int] = field(default_factory=dict)  # paragraphs
    openings: dict[_Key, list[Row[Any]]] | None = None  # where they are episodes

    def listed(self, article_id: str) -> Listed:
        """That article."""
        head = self.heads[article_id]
        key = head.id, head.number
        opening = (self.openings or {}).get(key, [])[:_OPENING]
        kinds = tuple(_KINDS[kind] for kind in head.kinds.split())
        tally = rows.tally(head, speaking=self.speaking.get(key, 0))
        outline = Outline(kinds, head.rate, head.size, tally.total - tally.ready, head.unspoken)
        article = rows.titled(head, [rows.paragraph(line) for line in opening])
        created_at = rows.instant(head.created_at)
        tag = small_tag(article, created_at)
        return Listed(
            id=head.id,
            created_at=created_at,
            version=head.version,
            edition=head.number,
            finished_edition=head.finished_edition,
            article=article,
            voice=head.voice,
            asked_voice=head.asked_voice,
            rate=head.rate,
            extras=rows.extras(head.extras),
            note=rows.note(head.note),
            collections=tuple(self.collections[head.id]),
            tally=tally,
            samples=outline.samples,
            size=outline.size(tag, letters=head.letters, heads=head.heads)
            if tally.ready == tally.total and self.openings is not None
            else None,
            cast=rows.cast(head.casting),
        )


async def _facts(db: AsyncConnection, ids: Sequence[str], number: ColumnElement[Any]) -> _Facts:
    """Of these articles, in the editions with that number."""
    query = heads(number).where(articles.c.id.in_(ids)).with_only_columns(articles, *_SHOWN)
    by_id = {head.id: head for head in await db.execute(query)}
    collected: defaultdict[str, list[str]] = defaultdict(list)
    names = select(collections).where(collections.c.article_id.in_(ids))
    for row in await db.execute(names.order_by(collections.c.name)):
        collected[row.article_id].append(row.name)
    return _Facts(by_id, collected)


async def _speaking(db: AsyncConnection, clip_ids: Collection[str]) -> dict[_Key, int]:
    """How many paragraphs of each edition are being spoken, given what clips are being made."""
    if not clip_ids:
        return {}
    p = paragraphs.c
    query = select(p.article_id, p.edition, func.count())
    query = query.outerjoin(clips, clips.c.id == p.clip_id).group_by(p.article_id, p.edition)
    query = query.where(p.clip_id.in_(clip_ids), clips.c.id.is_(None))
    return {(row[0], row[1]): row[2] for row in await db.execute(query)}


async def _openings(db: AsyncConnection, ids: Sequence[str]) -> dict[_Key, list[Row[Any]]]:
    """The first paragraphs of the text behind the title, and a few more, of each edition."""
    p = paragraphs.c
    written = p.kind, p.text, p.language, p.list_number, p.role, p.speaker, p.extra
    is_near = p.article_id.in_(ids), p.number.between(2, _NEAR), p.extra.is_(None)
    query: Select[Any] = select(p.article_id, p.edition, *written).where(*is_near)
    openings: defaultdict[_Key, list[Row[Any]]] = defaultdict(list)
    for row in await db.execute(query.order_by(p.number)):
        openings[row.article_id, row.edition].append(row)
    return openings
