"""Machines are busy: hypothesis judges what code does, not how long a busy machine takes."""

import asyncio
import gc

import pytest
import structlog
from hypothesis import settings

from service.commands.logs import keep_secrets
from tests import shared

keep_secrets()  # and time: values of variables take seconds to render

settings.register_profile("patient", deadline=None, derandomize=True)
settings.load_profile("patient")

SLOW_POSTGRES = pytest.param("postgres", marks=pytest.mark.slow)


@pytest.fixture(autouse=True)
def _logs_as_before():
    """A test that configures the logs does so for itself alone."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def pytest_collection_modifyitems(items):
    """What needs a server is slow."""
    for item in items:
        if {"postgres", "s3"} & set(item.fixturenames):
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish():
    """What is loaded stays: to look at it for garbage again and again is a tenth of all work."""
    gc.freeze()


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server; see `tests.shared.Postgres`."""
    with shared.postgres() as server:
        yield server


@pytest.fixture(scope="session")
def s3():
    """The environment that leads to an S3 server."""
    with shared.s3() as environment:
        yield environment


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """An empty library of SQLite; a copy of it saves each test the migrations."""
    from service.store.library import open_library  # loaded here: not by the process that waits

    place = tmp_path_factory.mktemp("prepared") / "library.db"

    async def prepare():
        await (await open_library(f"sqlite+aiosqlite:///{place}")).close()

    asyncio.run(prepare())
    return place


@pytest.fixture(params=["sqlite", SLOW_POSTGRES])
def database_url(request, tmp_path):
    """The address of an empty database, of both kinds."""
    if request.param == "postgres":
        return request.getfixturevalue("postgres").database()
    return f"sqlite+aiosqlite:///{tmp_path / 'library.db'}"
