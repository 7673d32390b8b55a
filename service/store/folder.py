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
        raise StoreError(
            f"Another Vorleser (process {os.read(file, 20).decode().strip() or 'unknown'}) uses "
            f"the data folder {folder.absolute()}: end it, or set VORLESER_DATA_DIR to "
            "another one. Several services share a library on PostgreSQL (VORLESER_DATABASE_URL)."
        ) from error
    except OSError as error:  # a network's disk that knows no locks
        log.warning("the data folder cannot be locked: never start a second service on it",
                    reason=str(error))  # fmt: skip


def _unusable(place: Path, error: OSError) -> StoreError:
    there = next(one for one in (place, *place.absolute().parents) if one.exists())
    told = {
        errno.EACCES: _owner(there),
        errno.EPERM: _owner(there),
        errno.EROFS: "it is on a disk that is read-only. Mount it writable",
        errno.ENOSPC: "the disk is full. Make room",
        errno.ENOTDIR: f"{there} is a file. Move it away",
        errno.EEXIST: "it is a file. Move it away",
    }
    reason = told.get(error.errno or 0, error.strerror or str(error))
    return StoreError(
        f"{place.absolute()} cannot be written: {reason}, or set VORLESER_DATA_DIR to another "
        "folder."
    )


def _owner(place: Path) -> str:
    about = place.stat()
    return (
        f"it belongs to {_name(about.st_uid)} (mode {stat.S_IMODE(about.st_mode):o}), and this "
        f"runs as {_name(os.geteuid())}. Let this user write there (chown, chmod)"
    )


def _name(user: int) -> str:
    with suppress(KeyError):
        return pwd.getpwuid(user).pw_name
    return f"user {user}"
