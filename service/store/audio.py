"""The audio store: files named by their SHA-256, in a folder, in memory or on S3."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError
from obstore.store import LocalStore, MemoryStore, ObjectStore

from service.domain import StoredFile
from service.errors import ClipDamaged, StoreError

_REMEMBERED = 10_000  # files known to be whole, by name and entity tag


def folder_store(folder: Path) -> ObjectAudioStore:
    """Audio in a folder of this machine, made when missing. Raises StoreError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The audio store cannot be made: {error}.") from error
    return ObjectAudioStore(LocalStore(folder))


def memory_store() -> ObjectAudioStore:
    """Audio that is gone when the process is."""
    return ObjectAudioStore(MemoryStore())


class ObjectAudioStore:
    """The Protocol AudioStore over any obstore store.

    Local files are not fsynced: a file is hashed before its first use, and again whenever
    its entity tag (for local files inode, time and size) is not the one seen then.
    """

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._whole: dict[str, str | None] = {}

    async def put(self, content: bytes) -> str:
        """Stores all or nothing and returns the name; mends a damaged file of that name."""
        name = hashlib.sha256(content).hexdigest()
        try:
            await obstore.put_async(self._store, _path(name), content, mode="create")
        except AlreadyExistsError:
            await self._mend(name, content)
        except BaseError as error:
            raise StoreError(f"The audio store cannot be written: {error}") from error
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
            raise ClipDamaged(f"Audio {name} cannot be read: {error}") from error
        if len(content) != end - start:
            raise ClipDamaged(f"Audio {name} is shorter than recorded.")
        return content

    async def delete(self, name: str) -> None:
        """Removes the file; nothing happens when it is not there."""
        self._whole.pop(name, None)
        try:
            await obstore.delete_async(self._store, _path(name))
        except (NotFoundError, FileNotFoundError):
            return
        except BaseError as error:
            raise StoreError(f"The audio store cannot be written: {error}") from error

    async def files(self) -> list[StoredFile]:
        """Every file, the oldest first."""
        found = []
        async for batch in obstore.list(self._store):
            for meta in batch:
                name = meta["path"].rpartition("/")[2]
                found.append(StoredFile(name, meta["size"], meta["last_modified"]))
        return sorted(found, key=lambda file: file.written_at)

    async def _check(self, name: str) -> None:
        result = await obstore.get_async(self._store, _path(name))
        content = await result.bytes_async()
        digest = await asyncio.to_thread(lambda: hashlib.sha256(content).hexdigest())
        if digest != name:
            self._whole.pop(name, None)
            raise ClipDamaged(f"Audio {name} is damaged.")
        if len(self._whole) >= _REMEMBERED:
            self._whole.pop(next(iter(self._whole)))
        self._whole[name] = result.meta["e_tag"]

    async def _mend(self, name: str, content: bytes) -> None:
        try:
            await self._check(name)
        except (ClipDamaged, BaseError, FileNotFoundError):
            await obstore.put_async(self._store, _path(name), content, mode="overwrite")


def _path(name: str) -> str:
    return f"{name[:2]}/{name}"
