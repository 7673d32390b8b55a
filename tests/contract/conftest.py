"""Every library; queues: in memory, on PostgreSQL, and the one that stands in elsewhere."""

import shutil
from contextlib import AsyncExitStack
from functools import partial

import pytest

from service.jobs.postgres import shared_jobs
from service.jobs.queue import MemoryJobs
from service.store.database import connect
from service.store.library import open_library
from tests.conftest import SLOW_POSTGRES
from tests.fakes import ListJobs, MemoryLibrary


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


@pytest.fixture(params=[ListJobs, MemoryJobs, SLOW_POSTGRES])
async def make_jobs(request):
    async with AsyncExitStack() as stack:

        async def make():
            if request.param == "postgres":
                return await stack.enter_async_context(shared_jobs(to_database))
            return request.param()

        if request.param == "postgres":
            to_database = partial(connect, request.getfixturevalue("postgres").database())
        yield make


@pytest.fixture
async def make_shared(postgres):
    """Makes queues that share one database, as processes would."""
    to_database = partial(connect, postgres.database())
    async with AsyncExitStack() as stack:

        async def make():
            return await stack.enter_async_context(shared_jobs(to_database))

        yield make
