"""What every audio store keeps."""

import asyncio
import hashlib
import itertools
from datetime import timedelta
from unittest.mock import AsyncMock

import pytest

from service.errors import ClipDamaged, StoreError
from service.store import audio
from service.store.audio import ObjectAudioStore, folder_store, memory_store, open_audio, s3_store

CONTENT = bytes(range(256)) * 40


PLACES = itertools.count()


@pytest.fixture
def bucket(s3, monkeypatch):
    """An empty place on the S3 server, with the environment that leads there."""
    for name, value in s3.items():
        monkeypatch.setenv(name, value)
    return f"s3://vorleser/place-{next(PLACES)}"


SLOW = [
    pytest.param(name, marks=pytest.mark.slow) for name in ("s3", "s3 without conditional writes")
]


@pytest.fixture(params=["folder", "memory", *SLOW])
def store(request, tmp_path, monkeypatch):
    if request.param == "folder":
        return folder_store(tmp_path / "audio")
    if request.param == "memory":
        return memory_store()
    if request.param == "s3 without conditional writes":
        monkeypatch.setenv("AWS_CONDITIONAL_PUT", "disabled")
    return s3_store(request.getfixturevalue("bucket"))


async def test_a_file_is_named_by_its_hash_and_given_back_in_ranges(store):
    name = await store.put(CONTENT)
    assert name == hashlib.sha256(CONTENT).hexdigest()
    assert await store.get_range(name, start=0, end=len(CONTENT)) == CONTENT
    assert await store.get_range(name, start=100, end=300) == CONTENT[100:300]
    assert await store.get_range(name, start=5, end=5) == b""


async def test_the_same_content_is_stored_once(store):
    names = await asyncio.gather(*(store.put(CONTENT) for _ in range(5)))
    assert len(set(names)) == 1
    assert [(file.name, file.size) for file in await store.files()] == [(names[0], len(CONTENT))]


async def test_what_is_not_there_is_damaged(store):
    with pytest.raises(ClipDamaged):
        await store.get_range("0" * 64, start=0, end=10)


async def test_a_range_past_the_end_is_damage_and_never_short(store):
    name = await store.put(CONTENT)
    with pytest.raises(ClipDamaged):
        await store.get_range(name, start=0, end=len(CONTENT) + 1)


async def test_a_large_file_is_stored_from_its_path(store, tmp_path):
    content = bytes(range(256)) * (6 << 12)  # 6 MiB: in parts where a store takes it in parts
    path = tmp_path / "large"
    path.write_bytes(content)
    name = await store.put(path)
    assert name == hashlib.sha256(content).hexdigest() == await store.put(path)
    assert await store.get_range(name, start=5 << 20, end=(5 << 20) + 256) == content[:256]


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


async def test_a_file_is_checked_once_and_one_that_was_put_here_never(tmp_path, monkeypatch):
    store, later = folder_store(tmp_path), folder_store(tmp_path)
    name = await store.put(CONTENT)
    assert await later.get_range(name, start=0, end=10) == CONTENT[:10]
    monkeypatch.setattr(ObjectAudioStore, "_is_whole", AsyncMock(side_effect=AssertionError))
    for one in (store, later):
        assert await one.get_range(name, start=10, end=20) == CONTENT[10:20]


async def test_a_store_that_does_not_answer_is_no_reason_to_call_a_file_damaged(
    bucket, monkeypatch
):
    monkeypatch.setattr(audio, "_RETRY", timedelta(0))
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    store = s3_store(bucket)
    for asked in (
        store.get_range("0" * 64, start=0, end=10),
        store.put(CONTENT),
        store.delete("0" * 64),
        store.files(),
        open_audio(bucket),
    ):
        with pytest.raises(StoreError, match="VORLESER_AUDIO_STORE") as raised:
            await asked
        assert not isinstance(raised.value, ClipDamaged)
        assert "\n" not in str(raised.value)


async def test_a_wrong_key_is_told_in_one_line_without_the_key(bucket, monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "GEHEIM")
    with pytest.raises(StoreError, match="403") as raised:
        await open_audio(bucket)
    assert "GEHEIM" not in str(raised.value)
    assert "\n" not in str(raised.value)


async def test_files_are_listed_with_the_oldest_first(store):
    names = []
    for number in range(3):
        names.append(await store.put(bytes([number])))
        await asyncio.sleep(0.02)
    files = await store.files()
    assert files == sorted(files, key=lambda file: file.written_at)
    assert {file.name for file in files} == set(names)
    if len({file.written_at for file in files}) == 3:  # S3 counts whole seconds
        assert [file.name for file in files] == names
