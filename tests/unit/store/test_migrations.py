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


async def test_interviews_that_are_there_get_roles_and_nothing_else_changes(tmp_path):
    engine = at(tmp_path / "library.db", "0016")
    with engine.begin() as db:
        db.execute(
            text(
                "INSERT INTO articles (id, version, edition, key, created_at) "
                "VALUES ('a', 3, 2, 'k', '2026-01-01 00:00:00')"
            )
        )
        db.execute(
            text(
                "INSERT INTO editions (article_id, number, voice, rate, language, lexicon,"
                " left_out, title, kinds, letters, heads) "
                "VALUES ('a', 2, 'pico:de-DE', 1, 'de', '', '[]', 'Ein Gespräch', 'title', 9, 9)"
            )
        )
        for number, (kind, line) in enumerate(LINES, 1):
            db.execute(
                text(
                    "INSERT INTO paragraphs (article_id, edition, number, kind, text, letters,"
                    " sentences, clip_id) VALUES ('a', 2, :number, :kind, :text, 5, :said, :clip)"
                ),
                {
                    "number": number, "kind": kind, "text": line,
                    "said": json.dumps([[line, line]]), "clip": f"clip{number}",
                },
            )  # fmt: skip
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
