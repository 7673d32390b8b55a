"""What lists and feeds show of articles, by queries that leave their paragraphs alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from service.domain import Choice, Kind, Listed, Tally
from service.sound.track import Outline, small_tag
from service.store import rows
from service.store.choosing import chosen
from service.store.database import Database
from service.store.editions import heads, in_collection, is_finished
from service.store.tables import articles, clips, collections, editions, paragraphs

_OPENING, _NEAR = 2, 12  # paragraphs behind the title, and among how many of all
_KINDS = {kind.value: kind for kind in Kind}
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
        cursor: str | None = None,
        speaking: Collection[str] = (),
    ) -> list[Listed]:
        """Up to `limit` articles after the one with id `cursor`, in their newest editions."""
        query = chosen(choice, cursor, speaking, is_shared=self._database.is_shared).limit(limit)
        async with self._database.reading() as db:
            ids = list((await db.execute(query)).scalars())
            facts = await _facts(db, ids, speaking)
        return [facts.newest(article_id) for article_id in ids]

    async def episodes(
        self, *, limit: int, offset: int = 0, collection: str | None = None
    ) -> list[Listed]:
        """Up to `limit` finished editions with their openings, the newest articles first."""
        older = editions.alias("older")
        is_older = and_(older.c.article_id == articles.c.id, older.c.number < articles.c.edition)
        has_older = select(older.c.number).where(is_older).exists()
        age = articles.c.created_at.desc(), articles.c.id.desc()
        query = select(articles.c.id).where(or_(is_finished(articles.c.edition), has_older))
        if collection is not None:
            query = query.where(in_collection(collection))
        async with self._database.reading() as db:
            page = query.order_by(*age).limit(limit).offset(offset)
            ids = list((await db.execute(page)).scalars())
            facts = await _facts(db, ids)
            facts.openings = await _by_edition(db, _opening(), ids)
        return [facts.finished(article_id) for article_id in ids]


@dataclass(slots=True)
class _Facts:
    """What was read of some articles, edition by edition."""

    editions: dict[str, int]  # the newest
    heads: dict[_Key, Row[Any]]
    counts: dict[_Key, list[Row[Any]]]
    missing: dict[_Key, list[Row[Any]]]
    collections: dict[str, list[str]]
    speaking: Collection[str]
    openings: dict[_Key, list[Row[Any]]] = field(default_factory=dict)

    def newest(self, article_id: str) -> Listed:
        """The newest edition."""
        return self._listed((article_id, self.editions[article_id]))

    def finished(self, article_id: str) -> Listed:
        """The edition that listeners get."""
        newest = self.newest(article_id)
        number = newest.finished_edition or newest.edition
        return newest if number == newest.edition else self._listed((article_id, number))

    def _listed(self, key: _Key) -> Listed:
        head, [count], missing = self.heads[key], self.counts[key], self.missing.get(key, [])
        tally = Tally(
            count.total,
            ready=count.settled - count.failed,
            failed=count.failed,
            speaking=sum(line.clip_id in self.speaking for line in missing),
        )
        kinds = tuple(_KINDS[kind] for kind in head.kinds.split())
        opening = self.openings.get(key, [])[:_OPENING]
        outline = Outline(kinds, head.rate, count.made or 0, [line.letters for line in missing])
        article = rows.titled(head, [rows.paragraph(line) for line in opening])
        created_at = rows.instant(head.created_at)
        is_ready = tally.ready == tally.total
        tag = small_tag(article, created_at)
        return Listed(
            id=head.id,
            created_at=created_at,
            version=head.version,
            edition=head.number,
            finished_edition=head.number if is_ready else head.last_finished,
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
            if is_ready and self.openings
            else None,
            cast=rows.cast(head.casting),
        )


async def _facts(db: AsyncConnection, ids: Sequence[str], speaking: Collection[str] = ()) -> _Facts:
    result = await db.execute(heads(is_newest=False).where(articles.c.id.in_(ids)))
    counts = await _by_edition(db, _counts(), ids)
    unfinished = {key for key, [row] in counts.items() if row.settled - row.failed < row.total}
    missing = await _by_edition(db, _missing(), sorted({key[0] for key in unfinished}))
    collected: defaultdict[str, list[str]] = defaultdict(list)
    names = select(collections).where(collections.c.article_id.in_(ids))
    for row in await db.execute(names.order_by(collections.c.name)):
        collected[row.article_id].append(row.name)
    by_key = {(head.id, head.number): head for head in result}
    newest = {head.id: head.edition for head in by_key.values()}
    return _Facts(newest, by_key, counts, missing, collected, speaking)


async def _by_edition(
    db: AsyncConnection, query: Select[Any], ids: Sequence[str]
) -> dict[_Key, list[Row[Any]]]:
    by_edition: defaultdict[_Key, list[Row[Any]]] = defaultdict(list)
    if ids:
        for row in await db.execute(query.where(paragraphs.c.article_id.in_(ids))):
            by_edition[row.article_id, row.edition].append(row)
    return by_edition


def _counts() -> Select[Any]:
    """Of each edition: its paragraphs, how many are settled and failed, and the bytes made."""
    key = paragraphs.c.article_id, paragraphs.c.edition
    return (
        select(
            *key,
            func.count().label("total"),
            func.count(clips.c.id).label("settled"),
            func.count(clips.c.error).label("failed"),
            func.sum(clips.c.size).label("made"),
        )
        .outerjoin(clips, clips.c.id == paragraphs.c.clip_id)
        .group_by(*key)
    )


def _missing() -> Select[Any]:
    """The paragraphs that have no clip."""
    p = paragraphs.c
    query = select(p.article_id, p.edition, p.clip_id, p.letters)
    query = query.outerjoin(clips, clips.c.id == p.clip_id)
    return query.where(or_(clips.c.id.is_(None), clips.c.size == 0))


def _opening() -> Select[Any]:
    """The first paragraphs of the text behind the title, and a few more."""
    p = paragraphs.c
    written = p.kind, p.text, p.language, p.list_number, p.role, p.speaker, p.extra
    query = select(p.article_id, p.edition, *written)
    return query.where(p.number.between(2, _NEAR), p.extra.is_(None)).order_by(p.number)
