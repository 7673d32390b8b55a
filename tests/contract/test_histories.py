"""Whatever happens to a library, and in whatever order: its lists tell what its clips tell."""

import asyncio
import subprocess
import sys
from random import Random

import pytest

from service.store.library import open_library
from tests.contract.histories import happens, tells_the_truth
from tests.fakes import MemoryLibrary


@pytest.mark.parametrize("seed", range(2))
async def test_one_after_the_other(library, seed):
    chance = Random(seed)
    for _ in range(4):
        await happens(library, chance)
        await tells_the_truth(library)


async def test_at_once(library):
    chances = [Random(seed) for seed in range(5)]
    for _ in range(2):
        await asyncio.gather(*(happens(library, chance) for chance in chances))
        await tells_the_truth(library)


async def test_editions_are_kept_as_the_library_in_memory_keeps_them(database_url):
    told = []
    for library in (MemoryLibrary(), await open_library(database_url)):
        await happens(library, Random(7), steps=40)
        kept = await library.articles.newest(limit=999)
        told.append([(one.created_at, one.state, one.finished_edition) for one in kept])
        await library.close()
    assert told[0] == told[1]


def test_killed_at_any_statement(database_url):
    """As kill -9 does it, of whoever writes; see histories.py."""
    command = [sys.executable, "-m", "tests.contract.histories", database_url]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
