"""The database behind the library: SQLite in a file, or PostgreSQL."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from anyio import CancelScope
from sqlalchemy import ColumnElement, Connection, Insert, Table, event, func, make_url, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from service.errors import StoreError
from service.store.checkpoints import Checkpoints

if TYPE_CHECKING:
    import asyncpg

_CONNECT_S, _STATEMENT_S = 10, 60  # after that an unreachable or silent PostgreSQL is given up
_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x766F726C  # the advisory lock under which tables are brought up to date
_ALONE = _LOCK + 1  # … under which it is counted how far articles are


async def open_database(url: str) -> Database:
    """Connects, and brings the tables up to date under a lock. Raises StoreError."""
    if url.startswith("postgresql://"):
        # asyncpg reads the address itself: it knows sslmode, several hosts, PGPASSFILE …
        engine = create_async_engine(
            "postgresql+asyncpg://",
            async_creator=partial(connect, url),
            pool_pre_ping=True,
            hide_parameters=True,  # they are articles, and errors end in the log
        )
    else:
        await asyncio.to_thread(_demand_readable, url)
        engine = create_async_engine(url, hide_parameters=True)
        event.listen(engine.sync_engine, "connect", _tune_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
    migrator = engine.execution_options(begin="BEGIN IMMEDIATE")
    try:
        async with migrator.begin() as connection:
            await connection.run_sync(_migrate)
    except BaseException as error:
        await engine.dispose()
        if isinstance(error, DBAPIError):
            reason = _reason(error)
            raise StoreError(_code(reason), error=reason) from error
        raise
    return Database(engine, Checkpoints(engine.url.database or "") if _is_file(engine) else None)


async def connect(url: str, **options: object) -> asyncpg.Connection:
    """A connection to PostgreSQL. Raises StoreError, which never tells the password."""
    import asyncpg  # noqa: PLC0415 (only who has PostgreSQL pays for it)

    limits = {"timeout": _CONNECT_S, "command_timeout": _STATEMENT_S}
    names = {"application_name": "vorleser"}
    try:
        return await asyncpg.connect(url, server_settings=names, **limits, **options)
    except (ValueError, OverflowError):
        raise StoreError("database-url") from None  # its message may quote the password
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        reason = str(error).rstrip(".") or type(error).__name__
        raise StoreError("database-unreachable", error=reason) from error


class Database:
    """Connections for reading and for writing; a change is made as a whole, or not at all."""

    def __init__(self, engine: AsyncEngine, checkpoints: Checkpoints | None = None) -> None:
        self._engine = engine
        self._checkpoints = checkpoints
        self.is_shared = engine.dialect.name == "postgresql"
        self._reader, self._writer = engine, engine.execution_options(begin="BEGIN IMMEDIATE")
        if self.is_shared:  # a narration is read by several statements, which must agree
            self._reader = engine.execution_options(isolation_level="REPEATABLE READ")
            self._writer = engine

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one state of everything. Raises StoreError."""
        # A listener who goes away ends his request at any point; a connection must not be
        # torn down in the middle of a statement by that.
        with CancelScope(shield=True):
            async with _translated(), self._reader.connect() as db:
                yield db

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A connection whose changes are kept at the end, all or none. Raises StoreError."""
        with CancelScope(shield=True):
            async with _translated(), self._writer.begin() as db:
                yield db
            if self._checkpoints:
                self._checkpoints.wrote()

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[AsyncConnection]:
        """As writing, while nobody else does so: what is counted stays true until it is kept.

        SQLite has one writer at a time anyway. Raises StoreError.
        """
        async with self.writing() as db:
            if self.is_shared:
                await db.execute(select(func.pg_advisory_xact_lock(_ALONE)))
            yield db

    async def record(self, table: Table, row: dict[str, object]) -> None:
        """Inserts the row, or puts it in the place of the one with its key. Raises StoreError."""
        async with self.writing() as db:
            await db.execute(self.upsert(table, row))

    def upsert(
        self, table: Table, row: dict[str, object], *, where: ColumnElement[bool] | None = None
    ) -> Insert:
        """The statement that inserts the row, or puts it in the place of the one with its key.

        With `where` only in the place of one of which that is true.
        """
        new = (postgresql if self.is_shared else sqlite).insert(table).values(row)
        key = [*table.primary_key]
        upsert: Insert = new.on_conflict_do_update(index_elements=key, set_=row, where=where)
        return upsert

    async def close(self) -> None:
        """Ends connections."""
        if self._checkpoints:
            await self._checkpoints.close()
        await self._engine.dispose()


def _is_file(engine: AsyncEngine) -> bool:
    return engine.dialect.name == "sqlite" and engine.url.database not in {None, "", ":memory:"}


@asynccontextmanager
async def _translated() -> AsyncIterator[None]:
    """Raises StoreError where the database could not do what is right by itself."""
    try:
        yield
    except (IntegrityError, ProgrammingError, DataError):
        raise
    except (DBAPIError, NoneFree, OSError) as error:  # an answer that is late is a TimeoutError
        raise StoreError("library-unusable", error=_reason(error)) from error


def _reason(error: DBAPIError | NoneFree | OSError) -> str:
    origin = getattr(error, "orig", None)
    said = " ".join(str((origin and origin.__cause__) or origin or error).split()).rstrip(".")
    return said or type(error).__name__


_CODES = {  # by what SQLite says
    "locked": "library-locked",
    "not a database": "library-damaged",
    "malformed": "library-damaged",
    "readonly": "library-unwritable",
    "unable to open": "library-unwritable",
    "disk": "library-disk",
}


def _demand_readable(url: str) -> None:
    """Raises StoreError where the file cannot be opened, or is none of SQLite.

    aiosqlite would leave a thread behind that outlives the loop.
    """
    try:
        with closing(sqlite3.connect(make_url(url).database or "")) as connection:
            connection.execute("PRAGMA schema_version")
    except sqlite3.Error as error:
        raise StoreError(_code(str(error)), error=str(error)) from error


def _code(reason: str) -> str:
    """The code that says what to do."""
    return next((code for words, code in _CODES.items() if words in reason), "database-unprepared")


def _tune_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    try:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute("PRAGMA busy_timeout=10000")
        cursor.close()
    except BaseException:
        connection.close()  # and waits for its thread, which else outlives the loop
        raise
    connection.isolation_level = None  # Python's own driver begins only when something is written


def _begin_sqlite(connection: Connection) -> None:
    """Begins what SQLAlchemy thinks is begun: what is read together is of one moment."""
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    demand_known_tables(set(MigrationContext.configure(connection).get_current_heads()))
    command.upgrade(config, "head")


def demand_known_tables(heads: set[str]) -> None:
    """Raises StoreError where a newer program has written tables of the versions `heads`."""
    script = ScriptDirectory(str(_MIGRATIONS))
    known = {revision.revision for revision in script.walk_revisions()}
    unknown = heads - known
    if unknown:
        newest = script.get_current_head() or ""
        raise StoreError("library-newer", found=min(unknown), known=newest)
