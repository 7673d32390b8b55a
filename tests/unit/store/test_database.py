"""Connecting, and bringing tables up to date, on SQLite and PostgreSQL."""

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from service.errors import StoreError
from service.store import migrations
from service.store.database import open_database
from service.store.library import SqlLibrary
from service.store.tables import metadata
from tests.shared import PASSWORD


@asynccontextmanager
async def opened(url):
    found = await open_database(url)
    try:
        yield found
    finally:
        await found.close()


def test_the_migrations_are_one_line():
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def _without_search(connection):
    """Of the tables that are there; the index of words is each database's own."""

    def is_ours(_object, name, *_):
        return not (name or "").startswith("texts_")

    return MigrationContext.configure(connection, opts={"include_object": is_ours})


async def test_the_migrations_make_the_tables_that_the_code_knows(database_url):
    async with opened(database_url) as found, found.reading() as connection:
        differences = await connection.run_sync(
            lambda sync: compare_metadata(_without_search(sync), metadata)
        )
    assert differences == []


async def test_many_that_start_at_once_prepare_an_empty_database_once(database_url):
    databases = await asyncio.gather(*(open_database(database_url) for _ in range(6)))
    for each in databases:
        assert await SqlLibrary(each).articles.newest(limit=1) == []
        await each.close()


async def test_a_migration_that_fails_leaves_no_half_of_it(database_url, monkeypatch):
    def upgrade_and_fail(config, _revision):
        config.attributes["connection"].execute(text("CREATE TABLE half (id INTEGER)"))
        config.attributes["connection"].execute(text("SELECT nonsense"))

    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", upgrade_and_fail)
        with pytest.raises(StoreError, match=r"cannot be prepared: .*nonsense"):
            await open_database(database_url)
    async with opened(database_url) as found, found.reading() as connection:
        tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    assert "articles" in tables
    assert "half" not in tables


async def test_a_library_of_a_newer_program_is_left_alone(database_url):
    async with opened(database_url) as found, found.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = 'v9999'"))
    with pytest.raises(StoreError, match=r"newer Vorleser .*v9999.*backup") as raised:
        await open_database(database_url)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("keep", [0, 4096])
async def test_a_damaged_file_is_called_that(tmp_path, keep):
    url, file = f"sqlite+aiosqlite:///{tmp_path}/library.db", tmp_path / "library.db"
    async with opened(url):
        pass
    file.write_bytes(file.read_bytes()[:keep] + b"kein Datenbankformat " * 900)
    with pytest.raises(StoreError, match=r"damaged .*restore a backup"):
        await open_database(url)


async def test_a_file_that_may_not_be_written_says_whose_setting_it_is(tmp_path):
    (tmp_path / "library.db").mkdir()
    with pytest.raises(StoreError, match=r"unable to open database file.*VORLESER_DATA_DIR"):
        await open_database(f"sqlite+aiosqlite:///{tmp_path}/library.db")


async def test_errors_do_not_tell_what_was_to_be_stored(database_url):
    async with opened(database_url) as found, found.writing() as connection:
        with pytest.raises(DBAPIError) as raised:
            await connection.execute(text("INSERT INTO nowhere VALUES (:a)"), {"a": "GEHEIM"})
    assert "GEHEIM" not in str(raised.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _url: f"postgresql://vorleser:{PASSWORD[:2]}@127.0.0.1:1/x", "reached"),
        (lambda url: url.replace("127.0.0.1:", "127.0.0.1:99"), "VORLESER_DATABASE_URL"),
        (lambda url: url.replace("%", "", 1), "VORLESER_DATABASE_URL"),
        (lambda url: url.replace("vorleser:", "nobody:"), "nobody"),
        (lambda url: url + "nowhere", "nowhere"),
        (lambda url: url + "?sslmode=require", "SSL"),
        (lambda url: url + "?sslmode=nonsense", "VORLESER_DATABASE_URL"),
    ],
)
async def test_an_unreachable_database_is_one_clear_line_without_the_password(
    postgres, change, said
):
    with pytest.raises(StoreError) as raised:
        await open_database(change(postgres.url("postgres")))
    message = str(raised.value)
    assert said in message
    assert PASSWORD not in message
    assert PASSWORD[:8] not in message
    assert "\n" not in message


async def test_a_connection_that_broke_is_replaced(postgres):
    url = postgres.database()
    async with opened(url) as engine, opened(url) as other:
        library = SqlLibrary(engine)
        await library.articles.newest(limit=1)
        async with other.writing() as connection:
            others = "pid <> pg_backend_pid() AND datname = current_database()"
            query = f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE {others}"
            assert (await connection.execute(text(query))).scalar_one() > 0
        assert await library.articles.newest(limit=1) == []


async def test_an_answer_that_comes_too_late_is_a_fault_of_the_store(tmp_path):
    async with opened(f"sqlite+aiosqlite:///{tmp_path / 'library.db'}") as database:
        for begun in (database.reading, database.writing):
            with pytest.raises(StoreError, match="TimeoutError"):
                async with begun():
                    raise TimeoutError  # as asyncpg does, without a word
