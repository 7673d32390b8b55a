"""Libraries of older versions, brought up to date."""

import json

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

import service.store.database as database_module
from service.store.library import open_library

LINES = [
    ("title", "Ein Gespräch"),
    ("text", "SZ: Frau Öz, warum?"),
    ("text", "Öz: Darum."),
    ("text", "SZ: Und wann?"),
    ("text", "Öz: Bald."),
]


def at(file, revision):
    """An empty library of that version."""
    config = Config()
    folder = database_module.__file__.rpartition("/")[0]
    config.set_main_option("script_location", f"{folder}/migrations")
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return engine


def put(db, table, **row):
    names = ", ".join(row)
    places = ", ".join(f":{name}" for name in row)
    db.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), row)


def put_article(
    db, article_id, *, lines=LINES[:1], version=1, edition=1, site=None, source_url=None, names=()
):
    """An article as version 0016 keeps it, in the collections `names`."""
    put(db, "articles", id=article_id, version=version, edition=edition, key=article_id,
        created_at="2026-01-01 00:00:00")  # fmt: skip
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
