"""The audio store: files named by their SHA-256, in a folder, in memory or on S3."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, MemoryStore, ObjectStore, S3Store

from service.domain import StoredFile
from service.errors import ClipDamaged, StoreError, StoreLost, cause_of
from service.store.folder import demand_writable

_REMEMBERED = 10_000  # files known to be whole, by name and entity tag
_HASHED_AT_ONCE = 1 << 20  # bytes
_FIRST = b"ready"  # what every store is opened with, and no audio
_FIRST_NAME = hashlib.sha256(_FIRST).hexdigest()
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
_CONNECT, _REQUEST, _RETRY = timedelta(seconds=5), timedelta(seconds=30), timedelta(seconds=15)


async def open_audio(place: str) -> ObjectAudioStore:
    """The audio at `place`, an address s3://bucket/prefix or a folder. Raises StoreError."""
    store = s3_store(place) if place.startswith("s3://") else folder_store(Path(place))
    await store.put(_FIRST)  # obstore's first use must not fall into a shortage: see StoreLost
    return store


def folder_store(folder: Path) -> ObjectAudioStore:
    """Audio in a folder of this machine, made when missing. Raises StoreError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError("audio-store-unmade", error=cause_of(error)) from error
    demand_writable(folder)
    return FolderAudioStore(folder)


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

    Local files are not fsynced: a file of an earlier process is hashed before its first use, and
    any again whenever its entity tag (for local files inode, time and size) is another than then.
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
            with _translated():
                await self._overwrite(name, content)
            return name
        name = hashlib.sha256(content).hexdigest()
        with _translated():
            try:
                made = await obstore.put_async(self._store, _path(name), content, mode="create")
                self._remember(name, made["e_tag"])
            except AlreadyExistsError:
                if not await self._is_whole(name):
                    await self._overwrite(name, content)
            except NotImplementedError:
                await self._overwrite(name, content)
        return name

    async def get_range(self, name: str, *, start: int, end: int) -> bytes:
        """Bytes start to end (exclusive) of a file that is whole, else ClipDamaged."""
        [content] = await self.get_ranges([(name, start, end)])
        return content

    async def get_ranges(self, ranges: Sequence[tuple[str, int, int]]) -> list[bytes]:
        """The same of several files: each name with start and end."""
        return await asyncio.gather(*(self._checked(*wanted) for wanted in ranges))

    async def _checked(self, name: str, start: int, end: int) -> bytes:
        if start >= end:
            return b""
        with _translated():
            try:
                content = await self._read(name, start, end)
            except (BaseError, FileNotFoundError):
                if await self._is_whole(name):
                    raise  # it was not the file's fault
                content = b""
        if len(content) != end - start:
            raise ClipDamaged("audio-damaged", name=name)
        return content

    async def delete(self, name: str) -> None:
        """Removes the file; nothing happens when it is not there."""
        self._whole.pop(name, None)
        with _translated(), suppress(FileNotFoundError):
            await obstore.delete_async(self._store, _path(name))

    async def files(self) -> list[StoredFile]:
        """Every file of audio, the oldest first."""
        kept = []
        with _translated():
            async for batch in obstore.list(self._store):
                for meta in batch:
                    name = meta["path"].rpartition("/")[2]
                    if name == _FIRST_NAME:
                        continue
                    kept.append(StoredFile(name, meta["size"], meta["last_modified"]))
        return sorted(kept, key=lambda file: file.written_at)

    async def _read(self, name: str, start: int, end: int) -> bytes:
        """The range, or nothing where the file is damaged."""
        result = await obstore.get_async(self._store, _path(name), options={"range": (start, end)})
        if self._whole.get(name, "") != result.meta["e_tag"] and not await self._is_whole(name):
            return b""
        return bytes(await result.bytes_async())

    async def _is_whole(self, name: str) -> bool:
        """Whether the file is there and has the content that its name says."""
        digest = hashlib.sha256()
        try:
            result = await obstore.get_async(self._store, _path(name))
            async for part in result.stream(min_chunk_size=_HASHED_AT_ONCE):
                await asyncio.to_thread(digest.update, part)
        except FileNotFoundError:
            return False
        if digest.hexdigest() != name:
            self._whole.pop(name, None)
            return False
        self._remember(name, result.meta["e_tag"])
        return True

    def _remember(self, name: str, e_tag: str | None) -> None:
        """The file is whole as long as it has that entity tag."""
        if len(self._whole) >= _REMEMBERED:
            self._whole.pop(next(iter(self._whole)))
        self._whole[name] = e_tag

    async def _overwrite(self, name: str, content: bytes | Path) -> None:
        await obstore.put_async(self._store, _path(name), content, mode="overwrite")


class FolderAudioStore(ObjectAudioStore):
    """The same in a folder of this machine, whose files are read without obstore's detour."""

    def __init__(self, folder: Path) -> None:
        super().__init__(LocalStore(folder))
        self._folder = folder

    async def get_ranges(self, ranges: Sequence[tuple[str, int, int]]) -> list[bytes]:
        """Of files that are known to be whole at once; of others as in any store."""
        with suppress(OSError):
            if contents := await asyncio.to_thread(self._ranges_if_whole, ranges):
                return contents
        return await super().get_ranges(ranges)

    def _ranges_if_whole(self, ranges: Sequence[tuple[str, int, int]]) -> list[bytes]:
        """The ranges, or nothing where one of the files is to be checked first."""
        contents = []
        for name, start, end in ranges:
            with (self._folder / _path(name)).open("rb", buffering=0) as file:
                content = os.pread(file.fileno(), end - start, start)
                about = os.fstat(file.fileno())
            if self._whole.get(name) != _e_tag(about) or len(content) != end - start:
                return []
            contents.append(content)
        return contents


def _e_tag(about: os.stat_result) -> str:
    """The entity tag that obstore gives a local file."""
    return f'"{about.st_ino:x}-{about.st_mtime_ns // 1000:x}-{about.st_size:x}"'


@contextmanager
def _translated() -> Iterator[None]:
    """Raises StoreError for what obstore raises, and StoreLost when it panics.

    After a panic it may be of no use any more in this process: its runtime is made once, and
    where that failed, as without a free descriptor, it never tries again.
    """
    try:
        yield
    except (BaseError, FileNotFoundError) as error:
        raise StoreError("audio-store-unusable", error=_reason(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # it has no public name, and no base of ours
            raise
        raise StoreLost("audio-store-lost", error=_reason(error)) from error


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _path(name: str) -> str:
    return f"{name[:2]}/{name}"


def _reason(error: BaseException) -> str:
    """The first line, without the XML that S3 servers answer with."""
    return str(error).partition("\n")[0].partition(" <?xml")[0].strip().rstrip(".:")
