"""What lists cost: CPU milliseconds of the service for the front page, lists of 100, feeds.

    python -m tests.bench.lists [ARTICLES] [PARAGRAPHS] [FOLDER]

Over HTTP in one process (no sockets) and SQLite; the median of a few, after one to warm up.
Of a hundred articles one failed, one is half spoken, one is queued, and one was finished before
its last paragraph was changed. A library is kept in FOLDER and used again from there.
Goals with 400 articles of 40 paragraphs, and with 10,000: list 60, feed 150, front page 80 ms.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from sqlalchemy import insert

from service import spoken
from service.app import build
from service.domain import (
    Article,
    ArticleCollection,
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
from service.messages import message
from service.settings import Settings
from service.store import rows
from service.store.database import Database, open_database
from service.store.library import SqlLibrary
from service.store.tables import clips
from tests.fakes import VOICE, opened

_LIST = "/api/articles?limit=100"
_TIMES, _TOGETHER = 5, 50
_FAILED, _HALF, _QUEUED, _CHANGED = range(4)  # of a hundred articles
_COLLECTIONS = 40
_SENTENCE = "Artikel {} hat hier wort{} und sonst kein Wort, das man kennt. "


def _id(number: int) -> str:
    return f"{number:016x}"


def _paths(articles: int) -> list[str]:
    deep = _id(articles // 10)
    return [
        "/",
        _LIST,
        "/feed.xml",
        f"/feed.xml?page={max(articles * 6 // 10 // 300, 1)}",
        f"{_LIST}&q=kein+wort7",
        f"{_LIST}&q=artikel+77",
        *(f"{_LIST}&state={state}" for state in ("ready", "failed", "speaking", "queued")),
        f"{_LIST}&cursor={deep}",
        f"{_LIST}&sort=oldest",
        f"{_LIST}&sort=title",
        f"{_LIST}&sort=title&cursor={deep}",
        f"{_LIST}&sort=title&state=ready",
        f"{_LIST}&sort=title&state=failed",
        f"{_LIST}&collection=half",
        f"{_LIST}&collection=c7",
        f"{_LIST}&collection=half&state=failed",
        "/feeds/half.xml",
        "/feeds/c7.xml",
        "/api/collections",
        "/metrics",
    ]


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
        id=_id(number),
        created_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number),
        spec=Spec(article, VOICE.id, 1.0, key=f"{number:064x}"),
        outcome=Outcome(VOICE.id, tuple(segments), spoken.BUILT_IN.digest),
        collections=(f"c{number % _COLLECTIONS}", *(("half",) if number % 2 else ())),
    )


def _clips(number: int, narration: Narration) -> list[dict[str, object]]:
    """What became of the clips of that article."""
    made = [rows.clip_row(segment.clip) for segment in narration.segments if segment.clip]
    if number % 100 == _FAILED:
        last = rows.failure_row(str(made[-1]["id"]), message("engine-refused", error="zu kurz"))
        return [*made[:-1], last]
    return {_HALF: made[: len(made) // 2], _QUEUED: []}.get(number % 100, made)


def _changed(narration: Narration, number: int) -> Narration:
    """The next edition, with another last paragraph."""
    last = _segment(_SENTENCE.format(number, "neu"), len(narration.segments), number)
    outcome = replace(narration.outcome, segments=(*narration.segments[:-1], last))
    return narration.revised(outcome=outcome)


async def _fill(database: Database, articles: int, paragraphs: int) -> None:
    library = SqlLibrary(database)
    for n in range(_COLLECTIONS):
        await library.collections.add(ArticleCollection(f"c{n}", f"Sammlung {n}"))
    for first in range(0, articles, _TOGETHER):
        numbers = range(first, min(first + _TOGETHER, articles))
        some = {number: _narration(number, paragraphs) for number in numbers}
        async with database.writing() as db:
            made = [row for number, one in some.items() for row in _clips(number, one)]
            await db.execute(insert(clips), made)
        await library.articles.save(list(some.values()))
        changed = [_changed(one, n) for n, one in some.items() if n % 100 == _CHANGED]
        await library.articles.save(changed)


async def _cost(do: Callable[[], Awaitable[int]]) -> tuple[float, int]:
    """CPU milliseconds, and what it returns."""
    spent, returned = [], 0
    for _ in range(_TIMES + 1):
        began = time.process_time()
        returned = await do()
        spent.append((time.process_time() - began) * 1000)
    return statistics.median(spent[1:]), returned


async def _print(name: str, do: Callable[[], Awaitable[int]], unit: str) -> None:
    milliseconds, returned = await _cost(do)
    print(f"{name:<60} {milliseconds:7.1f} ms CPU {returned:>9} {unit}", flush=True)


async def _run(articles: int, paragraphs: int, folder: Path) -> None:
    file = folder / f"library-{articles}-{paragraphs}.db"
    is_there = file.exists()
    database = await open_database(f"sqlite+aiosqlite:///{file}")
    if not is_there:
        await _fill(database, articles, paragraphs)
    library = SqlLibrary(database)
    parts = opened(library=library, workers=0)  # type: ignore[arg-type]
    settings = Settings(public_url="http://testserver")
    app = build(settings, open_parts=lambda _: nullcontext(parts))  # type: ignore[arg-type]
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://testserver") as client,
    ):

        async def get(path: str) -> int:
            return len((await client.get(path)).raise_for_status().content)

        for path in _paths(articles):
            await _print(path, lambda path=path: get(path), "B")  # type: ignore[misc]

    async def unfinished() -> int:
        return len(await library.clips.unfinished())

    async def outdated() -> int:
        return len(await library.articles.outdated(spoken.BUILT_IN.digest))

    await _print("clips.unfinished(), every 30 s", unfinished, "clips")
    await _print("articles.outdated(), at the start", outdated, "articles")
    await library.close()


def main(articles: str = "400", paragraphs: str = "40", folder: str | None = None) -> None:
    """Prints what each of them costs."""
    with tempfile.TemporaryDirectory() as own:
        place = Path(folder or own)
        place.mkdir(parents=True, exist_ok=True)
        asyncio.run(_run(int(articles), int(paragraphs), place))


if __name__ == "__main__":
    main(*sys.argv[1:])
