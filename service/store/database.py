"""The database behind the library: SQLite in a file, or PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, func, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from service.errors import StoreError

if TYPE_CHECKING:
    import asyncpg

_CONNECT_S, _STATEMENT_S = 10, 60  # after that an unreachable or silent PostgreSQL is given up
_LOCK = 0x766F726C  # the advisory lock under which tables are brought up to date


async def open_engine(url: str) -> AsyncEngine:
    """Connects, and brings the tables up to date under a lock. Raises StoreError."""
    if url.startswith("postgresql://"):
        # asyncpg reads the address itself: it knows sslmode, several hosts, PGPASSFILE …
        engine = create_async_engine(
            "postgresql+asyncpg://", async_creator=partial(connect, url), pool_pre_ping=True
        )
    else:
        engine = create_async_engine(url)
        event.listen(engine.sync_engine, "connect", _tune_sqlite)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_migrate)
    except BaseException as error:
        await engine.dispose()
        if isinstance(error, DBAPIError):
            raise StoreError("database-unprepared", error=_reason(error)) from error
        raise
    return engine


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


@asynccontextmanager
async def translated() -> AsyncIterator[None]:
    """Raises StoreError where the database could not do what is right by itself."""
    try:
        yield
    except (IntegrityError, ProgrammingError, DataError):
        raise
    except (DBAPIError, NoneFree) as error:
        raise StoreError("library-unusable", error=_reason(error)) from error


def _reason(error: DBAPIError | NoneFree) -> str:
    origin = getattr(error, "orig", None)
    return " ".join(str((origin and origin.__cause__) or origin or error).split()).rstrip(".")


def _tune_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
