"""What lists cost: CPU milliseconds of the service for the front page, a list of 100, a feed.

    python -m tests.bench.lists [ARTICLES] [PARAGRAPHS]

Over HTTP in one process (no sockets) and SQLite; the median of a few, after one to warm up.
Goals with 400 articles of 40 paragraphs, and with 10,000: list 60, feed 150, front page 80 ms.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from sqlalchemy import insert

from service import spoken
from service.app import build
from service.domain import (
    Article,
    Clip,
    Kind,
    Narration,
    Outcome,
    Paragraph,
    Script,
    Segment,
    Sentence,
    Span,
    Spec,
)
from service.settings import Settings
from service.store import rows
from service.store.database import Database, open_database
from service.store.library import SqlLibrary
from service.store.tables import clips
from tests.fakes import VOICE, opened

_PATHS = (
    "/",
    "/api/articles?limit=100",
    "/feed.xml",
    "/api/articles?limit=100&q=kein+wort7",
    "/api/articles?limit=100&state=ready&sort=title",
)
_TIMES, _TOGETHER = 5, 50
_SENTENCE = "Artikel {} hat hier wort{} und sonst kein Wort, das man kennt. "


def _segment(text: str, number: int, article: int) -> Segment:
    kind = Kind.TEXT if number else Kind.TITLE
    said = tuple(Sentence(text, text) for _ in range(4))
    clip_id = f"{article:016x}{number:016x}"
    clip = Clip(clip_id, 192 * 400, clip_id * 2, (Span(0, 90_000),) * 4)
    return Segment(Paragraph(kind, text * 4), Script(kind, said), clip_id, clip)


def _narration(number: int, paragraphs: int) -> Narration:
    segments = [_segment(_SENTENCE.format(number, n), n, number) for n in range(paragraphs)]
    article = Article(tuple(segment.paragraph for segment in segments), site="Nordpost")
    return Narration(
        id=f"{number:016x}",
        created_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number),
        spec=Spec(article, VOICE.id, 1.0, key=f"{number:064x}"),
        outcome=Outcome(VOICE.id, tuple(segments), spoken.BUILT_IN.digest),
    )


async def _fill(database: Database, articles: int, paragraphs: int) -> None:
    for first in range(0, articles, _TOGETHER):
        last = min(first + _TOGETHER, articles)
        some = [_narration(number, paragraphs) for number in range(first, last)]
        await SqlLibrary(database).articles.save(some)
        made = [
            rows.clip_row(segment.clip) for one in some for segment in one.segments if segment.clip
        ]
        async with database.writing() as db:
            await db.execute(insert(clips), made)


async def _cost(client: httpx.AsyncClient, path: str) -> tuple[float, int]:
    """CPU milliseconds, and bytes that come back."""
    spent = []
    for _ in range(_TIMES + 1):
        began = time.process_time()
        answer = await client.get(path)
        spent.append((time.process_time() - began) * 1000)
        answer.raise_for_status()
    return statistics.median(spent[1:]), len(answer.content)


async def _run(articles: int, paragraphs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = await open_database(f"sqlite+aiosqlite:///{Path(folder, 'library.db')}")
        await _fill(database, articles, paragraphs)
        library = SqlLibrary(database)
        parts = opened(library=library)  # type: ignore[arg-type]
        settings = Settings(public_url="http://testserver")
        app = build(settings, open_parts=lambda _: nullcontext(parts))  # type: ignore[arg-type]
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://testserver") as client,
        ):
            for path in _PATHS:
                milliseconds, size = await _cost(client, path)
                print(f"{path:<52} {milliseconds:7.1f} ms CPU {size:>9} B")
        await library.close()


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    asyncio.run(_run(*(given or [400]), *([] if given[1:] else [40])))
