"""Every library."""

import asyncio
import shutil

import pytest

from service.store.library import open_library
from tests.conftest import SLOW_POSTGRES
from tests.fakes import MemoryLibrary


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """An empty library of SQLite; a copy of it saves each test the migrations."""
    place = tmp_path_factory.mktemp("prepared") / "library.db"

    async def prepare():
        await (await open_library(f"sqlite+aiosqlite:///{place}")).close()

    asyncio.run(prepare())
    return place


@pytest.fixture(params=["memory", "sqlite", SLOW_POSTGRES])
async def library(request, tmp_path, prepared):
    if request.param == "memory":
        yield MemoryLibrary()
        return
    if request.param == "postgres":
        url = request.getfixturevalue("postgres").database()
    else:
        url = f"sqlite+aiosqlite:///{shutil.copy(prepared, tmp_path)}"
    opened = await open_library(url)
    yield opened
    await opened.close()
