"""What every audio store keeps."""

import asyncio
import hashlib

import pytest

from service.errors import ClipDamaged
from service.store.audio import folder_store, memory_store

CONTENT = bytes(range(256)) * 40


@pytest.fixture(params=["folder", "memory"])
def store(request, tmp_path):
    return folder_store(tmp_path / "audio") if request.param == "folder" else memory_store()


async def test_a_file_is_named_by_its_hash_and_given_back_in_ranges(store):
    name = await store.put(CONTENT)
    assert name == hashlib.sha256(CONTENT).hexdigest()
    assert await store.get_range(name, start=0, end=len(CONTENT)) == CONTENT
    assert await store.get_range(name, start=100, end=300) == CONTENT[100:300]
    assert await store.get_range(name, start=5, end=5) == b""


async def test_the_same_content_is_stored_once(store):
    names = await asyncio.gather(*(store.put(CONTENT) for _ in range(20)))
    assert len(set(names)) == 1
    assert [(file.name, file.size) for file in await store.files()] == [(names[0], len(CONTENT))]


async def test_what_is_not_there_is_damaged(store):
    with pytest.raises(ClipDamaged):
        await store.get_range("0" * 64, start=0, end=10)


async def test_a_range_past_the_end_is_damage_and_never_short(store):
    name = await store.put(CONTENT)
    with pytest.raises(ClipDamaged):
        await store.get_range(name, start=0, end=len(CONTENT) + 1)


async def test_deleting_twice_is_fine(store):
    name = await store.put(CONTENT)
    await store.delete(name)
    await store.delete(name)
    assert await store.files() == []


@pytest.mark.parametrize("damage", [b"", CONTENT[:-1], b"x" + CONTENT[1:]])
async def test_a_damaged_file_is_noticed_and_mended_by_storing_it_again(tmp_path, damage):
    store = folder_store(tmp_path)
    name = await store.put(CONTENT)
    assert await store.get_range(name, start=0, end=10) == CONTENT[:10]
    next(tmp_path.rglob(name)).write_bytes(damage)
    with pytest.raises(ClipDamaged):
        await store.get_range(name, start=0, end=10)
    await store.put(CONTENT)
    assert await store.get_range(name, start=0, end=10) == CONTENT[:10]


async def test_files_are_listed_with_the_oldest_first(store):
    names = []
    for number in range(3):
        names.append(await store.put(bytes([number])))
        await asyncio.sleep(0.02)
    assert [file.name for file in await store.files()] == names
