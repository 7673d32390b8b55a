"""The data folder: whether it can be used, and that one service at a time does."""

from __future__ import annotations

import errno
import fcntl
import os
import pwd
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import structlog

from service.errors import StoreError

log = structlog.get_logger()

_LOCK = "lock"  # the file's name; it is locked, not made and removed: a lock dies with its process


def prepare(folder: Path, *, has_library: bool) -> None:
    """Makes the folder, and sees that the library in it can be written. Raises StoreError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(folder, error) from error
    if has_library:
        demand_writable(folder, *sorted(folder.glob("library.db*")))


def demand_writable(*places: Path) -> None:
    """Raises StoreError where this process may not write."""
    for place in places:
        wanted = os.R_OK | os.W_OK | (os.X_OK if place.is_dir() else 0)
        if not os.access(place, wanted):
            is_fixed = os.statvfs(place).f_flag & os.ST_RDONLY
            raise _unusable(place, OSError(errno.EROFS if is_fixed else errno.EACCES, ""))


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keeps the folder for this process until it ends, however it does. Raises StoreError."""
    prepare(folder, has_library=True)
    try:
        file = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise _unusable(folder / _LOCK, error) from error
    try:
        _lock(file, folder)
        os.truncate(file, 0)
        os.write(file, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(file)


def _lock(file: int, folder: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        process = os.read(file, 20).decode().strip() or "unknown"
        raise StoreError("folder-in-use", folder=str(folder.absolute()), process=process) from error
    except OSError as error:  # a network's disk that knows no locks
        log.warning("the data folder cannot be locked: never start a second service on it",
                    reason=str(error))  # fmt: skip


def _unusable(place: Path, error: OSError) -> StoreError:
    where, kind = str(place.absolute()), error.errno or 0
    there = next(folder for folder in (place, *place.absolute().parents) if folder.exists())
    match kind:
        case errno.EACCES | errno.EPERM:
            about = there.stat()
            return StoreError(
                "folder-of-another",
                place=where,
                owner=_name(about.st_uid),
                mode=f"{stat.S_IMODE(about.st_mode):o}",
                user=_name(os.geteuid()),
            )
        case errno.EROFS:
            return StoreError("folder-read-only", place=where)
        case errno.ENOTDIR | errno.EEXIST:
            return StoreError("folder-is-file", place=where, file=str(there))
    return StoreError("folder-unusable", place=where, error=error.strerror or str(error))


def _name(user: int) -> str:
    with suppress(KeyError):
        return pwd.getpwuid(user).pw_name
    return f"user {user}"
