"""The audio store: files named by their SHA-256, in a folder, in memory or on S3."""

from __future__ import annotations

import asyncio
import hashlib
import os
from datetime import timedelta
from pathlib import Path

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, MemoryStore, ObjectStore, S3Store

from service.domain import StoredFile
from service.errors import ClipDamaged, StoreError

_REMEMBERED = 10_000  # files known to be whole, by name and entity tag
_HASHED_AT_ONCE = 1 << 20  # bytes
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
_CONNECT, _REQUEST, _RETRY = timedelta(seconds=5), timedelta(seconds=30), timedelta(seconds=15)


async def open_audio(place: str) -> ObjectAudioStore:
    """The audio at `place`, an address s3://bucket/prefix or a folder. Raises StoreError."""
    if not place.startswith("s3://"):
        return folder_store(Path(place))
    store = s3_store(place)
    await store.put(b"ready")
    return store


def folder_store(folder: Path) -> ObjectAudioStore:
    """Audio in a folder of this machine, made when missing. Raises StoreError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError("audio-store-unmade", error=str(error)) from error
    return ObjectAudioStore(LocalStore(folder))


def s3_store(address: str) -> ObjectAudioStore:
    """Audio at s3://bucket/prefix, found by the usual AWS_* variables of the environment.

    A server that does not know conditional writes is used with AWS_CONDITIONAL_PUT=disabled:
    files are then overwritten by the same bytes, since their names are their hashes.
    """
    endpoint = next((os.environ[name] for name in _ENDPOINTS if os.environ.get(name)), None)
    store = S3Store.from_url(
        address,
        config={"endpoint": endpoint} if endpoint else None,
        client_options={
            "allow_http": (endpoint or "").startswith("http://"),
            "connect_timeout": _CONNECT,
            "timeout": _REQUEST,
        },
        retry_config={"max_retries": 3, "retry_timeout": _RETRY},
    )
    return ObjectAudioStore(store)


def memory_store() -> ObjectAudioStore:
    """Audio that is gone when the process is."""
    return ObjectAudioStore(MemoryStore())


class ObjectAudioStore:
    """The Protocol AudioStore over any obstore store.

    Local files are not fsynced: a file is hashed before its first use, and again whenever
    its entity tag (for local files inode, time and size) is not the one seen then.
    A store that does not answer is a StoreError, never a reason to call a file damaged.
    """

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._whole: dict[str, str | None] = {}

    async def put(self, content: bytes | Path) -> str:
        """Stores all or nothing and returns the name; mends a damaged file of that name.

        A large file is given by its path, and never read into memory as a whole.
        """
        if isinstance(content, Path):
            name = await asyncio.to_thread(_digest_of, content)
            await self._overwrite(name, content)
            return name
        name = hashlib.sha256(content).hexdigest()
        try:
            await obstore.put_async(self._store, _path(name), content, mode="create")
        except AlreadyExistsError:
            await self._mend(name, content)
        except NotImplementedError:
            await self._overwrite(name, content)
        except (BaseError, FileNotFoundError) as error:
            raise _unusable(error) from error
        return name

    async def get_range(self, name: str, *, start: int, end: int) -> bytes:
        """Bytes start to end (exclusive) of a file that is whole, else ClipDamaged."""
        if start >= end:
            return b""
        try:
            result = await obstore.get_async(
                self._store, _path(name), options={"range": (start, end)}
            )
            if self._whole.get(name, "") != result.meta["e_tag"]:
                await self._check(name)
            content = bytes(await result.bytes_async())
        except (BaseError, FileNotFoundError) as error:
            await self._demand_answer(name)
            raise ClipDamaged("audio-unreadable", name=name, error=_reason(error)) from error
        if len(content) != end - start:
            raise ClipDamaged("audio-short", name=name)
        return content

    async def delete(self, name: str) -> None:
        """Removes the file; nothing happens when it is not there."""
        self._whole.pop(name, None)
        try:
            await obstore.delete_async(self._store, _path(name))
        except FileNotFoundError:
            return
        except BaseError as error:
            raise _unusable(error) from error

    async def files(self) -> list[StoredFile]:
        """Every file, the oldest first."""
        found = []
        try:
            async for batch in obstore.list(self._store):
                for meta in batch:
                    name = meta["path"].rpartition("/")[2]
                    found.append(StoredFile(name, meta["size"], meta["last_modified"]))
        except (BaseError, FileNotFoundError) as error:
            raise _unusable(error) from error
        return sorted(found, key=lambda file: file.written_at)

    async def _check(self, name: str) -> None:
        result = await obstore.get_async(self._store, _path(name))
        digest = hashlib.sha256()
        async for part in result.stream(min_chunk_size=_HASHED_AT_ONCE):
            await asyncio.to_thread(digest.update, part)
        if digest.hexdigest() != name:
            self._whole.pop(name, None)
            raise ClipDamaged("audio-damaged", name=name)
        if len(self._whole) >= _REMEMBERED:
            self._whole.pop(next(iter(self._whole)))
        self._whole[name] = result.meta["e_tag"]

    async def _mend(self, name: str, content: bytes) -> None:
        try:
            await self._check(name)
        except (ClipDamaged, BaseError, FileNotFoundError):
            await self._overwrite(name, content)

    async def _overwrite(self, name: str, content: bytes | Path) -> None:
        try:
            await obstore.put_async(self._store, _path(name), content, mode="overwrite")
        except (BaseError, FileNotFoundError) as error:
            raise _unusable(error) from error

    async def _demand_answer(self, name: str) -> None:
        """Raises StoreError when the store cannot even tell whether the file is there."""
        try:
            await obstore.head_async(self._store, _path(name))
        except FileNotFoundError:
            return
        except BaseError as error:
            raise _unusable(error) from error


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _path(name: str) -> str:
    return f"{name[:2]}/{name}"


def _unusable(error: Exception) -> StoreError:
    return StoreError("audio-store-unusable", error=_reason(error))


def _reason(error: Exception) -> str:
    """The first line, without the XML that S3 servers answer with."""
    return str(error).partition("\n")[0].partition(" <?xml")[0].strip().rstrip(".:")
