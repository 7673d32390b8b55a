"""Libraries of older versions, brought up to date."""

import json
from datetime import UTC, datetime
from functools import partial

from alembic import command
from alembic.config import Config
from sqlalchemy import DateTime, bindparam, create_engine, text
from sqlalchemy.ext.asyncio import create_async_engine

import service.store.database as database_module
from service.domain import Choice, Sort
from service.store.database import connect
from service.store.library import open_library
from tests.contract.histories import tells_the_truth
from tests.contract.libraries import TOO_SHORT

LINES = [
    ("title", "Ein Gespräch"),
    ("text", "SZ: Frau Öz, warum?"),
    ("text", "Öz: Darum."),
    ("text", "SZ: Und wann?"),
    ("text", "Öz: Bald."),
]


def upgrade(connection, revision):
    config = Config()
    folder = database_module.__file__.rpartition("/")[0]
    config.set_main_option("script_location", f"{folder}/migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def at(file, revision):
    """An empty library of that version."""
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        upgrade(connection, revision)
    return engine


def put(db, table, **row):
    names = ", ".join(row)
    places = ", ".join(f":{name}" for name in row)
    times = [bindparam(name, type_=DateTime(timezone=True)) for name in row if name == "created_at"]
    db.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})").bindparams(*times), row)


def put_article(
    db, article_id, *, lines=LINES[:1], version=1, edition=1, site=None, source_url=None, names=()
):
    """An article as version 0016 keeps it, in the collections `names`."""
    put(db, "articles", id=article_id, version=version, edition=edition, key=article_id,
        created_at=datetime(2026, 1, 1, tzinfo=UTC))  # fmt: skip
    put(db, "editions", article_id=article_id, number=edition, voice="pico:de-DE", rate=1,
        language="de", lexicon="", left_out="[]", title=lines[0][1], kinds="title", letters=9,
        heads=9, site=site, source_url=source_url)  # fmt: skip
    for number, (kind, line) in enumerate(lines, 1):
        put(db, "paragraphs", article_id=article_id, edition=edition, number=number, kind=kind,
            text=line, letters=5, sentences=json.dumps([[line, line]]),
            clip_id=f"clip{number}")  # fmt: skip
    for name in names:
        put(db, "collections", article_id=article_id, name=name)


async def test_a_book_that_is_there_becomes_a_collection_that_is_one_and_no_list_does(tmp_path):
    engine = at(tmp_path / "library.db", "0016")
    with engine.begin() as db:
        for chapter in ("a", "b"):
            put_article(db, chapter, site="Die Mühle am Bach", names=["muehle", "abends"])
        put_article(db, "c", site="Zeitung", source_url="https://x.example/1", names=["politik"])
        put_article(db, "d", site="Zeitung", source_url="https://x.example/2", names=["politik"])
        put_article(db, "e", names=["abends"])
        put_article(db, "f", site="Ein anderes Buch", names=["einzeln"])
    engine.dispose()
    library = await open_library(f"sqlite+aiosqlite:///{tmp_path / 'library.db'}")
    found = {one.name: one for one in await library.collections.collections()}
    kept = await library.articles.get("a")
    await library.close()
    assert {name for name, one in found.items() if one.is_book} == {"muehle"}
    assert (found["muehle"].title, found["muehle"].size) == ("Die Mühle am Bach", 2)
    assert {name: one.size for name, one in found.items()} == {
        "muehle": 2, "abends": 3, "politik": 2, "einzeln": 1,
    }  # fmt: skip
    assert (kept.article.title, kept.spec.extras, kept.version) == ("Ein Gespräch", (), 1)


async def test_interviews_that_are_there_get_roles_and_nothing_else_changes(tmp_path):
    engine = at(tmp_path / "library.db", "0016")
    with engine.begin() as db:
        put_article(db, "a", lines=LINES, version=3, edition=2)
    engine.dispose()
    library = await open_library(f"sqlite+aiosqlite:///{tmp_path / 'library.db'}")
    kept = await library.articles.get("a")
    assert (kept.version, kept.edition, bool(kept.spec.cast)) == (3, 2, False)
    assert kept.outcome.voices == {"pico:de-DE"}
    assert [(one.paragraph.role, one.paragraph.speaker) for one in kept.segments] == [
        (None, None), ("question", "SZ"), ("answer", "Öz"), ("question", "SZ"), ("answer", "Öz"),
    ]  # fmt: skip
    assert [one.clip_id for one in kept.segments] == [f"clip{n}" for n in range(1, 6)]
    await library.close()


async def test_what_lists_and_searches_show_is_found_in_articles_that_are_there(tmp_path):
    engine = at(tmp_path / "library.db", "0015")
    with engine.begin() as db:
        for article, title in (("a", "Über Bäume 𝕏"), ("b", "Äpfel")):
            put(db, "articles", id=article, version=1, edition=1, key=article,
                created_at=datetime(2026, 1, 1, tzinfo=UTC))  # fmt: skip
            put(db, "editions", article_id=article, number=1, voice="pico:de-DE", rate=1,
                language="de", lexicon="", left_out="[]", site="Nordpost")  # fmt: skip
            for number, line in enumerate((title, "Ein Satz."), 1):
                put(db, "paragraphs", article_id=article, edition=1, number=number, text=line,
                    kind="text" if number > 1 else "title", clip_id=f"{article}{number}",
                    sentences=json.dumps([[line, line]]))  # fmt: skip
    engine.dispose()
    library = await open_library(f"sqlite+aiosqlite:///{tmp_path / 'library.db'}")
    await tells_the_truth(library)
    by_title = await library.listings.listed(Choice(sort=Sort.TITLE), limit=9)
    found = await library.listings.listed(Choice("baeume nordpost"), limit=9)
    await library.close()
    assert [one.id for one in by_title] == ["b", "a"]
    assert [one.id for one in found] == ["a"]


EDITIONS = {  # article, edition: what became of its two clips
    ("done", 1): ("made", "made"),
    ("failed", 1): ("made", "failed"),
    ("begun", 1): ("failed", None),
    ("new", 1): (None, None),
    ("edited", 2): ("made", "made"),
    ("edited", 4): ("made", None),
    ("again", 3): ("made", "made"),
    ("again", 4): ("failed", "failed"),
}


def put_editions(db):
    """As version 0020 keeps them."""
    for minute, article in enumerate(dict.fromkeys(article for article, _ in EDITIONS)):
        newest = max(number for name, number in EDITIONS if name == article)
        put(db, "articles", id=article, version=newest, edition=newest, key=article,
            created_at=datetime(2026, 1, 1, 0, minute, tzinfo=UTC))  # fmt: skip
        put(db, "collections", article_id=article, name="alle")
    for (article, edition), outcomes in EDITIONS.items():
        put(db, "editions", article_id=article, number=edition, voice="pico:de-DE", rate=1,
            language="de", lexicon="", left_out="[]", title=article, kinds="title text", letters=9,
            heads=9)  # fmt: skip
        for number, outcome in enumerate(outcomes, 1):
            clip_id = f"{article}-{edition}-{number}"
            put(db, "paragraphs", article_id=article, edition=edition, number=number,
                kind="text" if number > 1 else "title", text=article, letters=len(article),
                sentences=json.dumps([[article, article]]), clip_id=clip_id)  # fmt: skip
            if outcome:
                error = None if outcome == "made" else TOO_SHORT.record
                put(db, "clips", id=clip_id, size=0 if error else 1920, sha256=clip_id,
                    spans="[[0, 900]]", error=error)  # fmt: skip


async def test_how_far_articles_are_is_known_of_those_that_are_there(database_url):
    is_shared = database_url.startswith("postgresql")
    engine = (
        create_async_engine("postgresql+asyncpg://", async_creator=partial(connect, database_url))
        if is_shared
        else create_async_engine(database_url)
    )
    async with engine.begin() as db:
        await db.run_sync(upgrade, "0020")
        await db.run_sync(put_editions)
    await engine.dispose()
    library = await open_library(database_url)
    await tells_the_truth(library)
    shown = await library.listings.listed(Choice(collection="alle"), limit=9)
    episodes = await library.listings.episodes(limit=9, collection="alle")
    await library.close()
    assert [(one.id, one.tally.state, one.finished_edition) for one in shown] == [
        ("again", "failed", 3),
        ("edited", "speaking", 2),
        ("new", "queued", None),
        ("begun", "speaking", None),
        ("failed", "failed", None),
        ("done", "ready", 1),
    ]
    assert [(one.id, one.edition) for one in episodes] == [("again", 3), ("edited", 2), ("done", 1)]
