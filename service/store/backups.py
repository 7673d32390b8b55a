"""Backups: a tar of the library, the voices' gains and, if asked for, the audio.

Its last member, `backup.json`, lists the others with their SHA-256: without it, it is half a
backup.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from service.errors import StoreError
from service.store.database import demand_known_tables

_INDEX, _LIBRARY, _FORMAT = "backup.json", "library.db", 1
_GAIN = re.compile(r"voices/[^/\\\x00]+\.gain_db")
_AUDIO = re.compile(r"audio/([\da-f]{2})/(\1[\da-f]{62})")
_PAGES_AT_ONCE = 1000  # of the library, between which others may write
_IGNORED = frozenset({"lock", "lost+found"})  # of folders that are empty all the same


@dataclass(frozen=True, slots=True)
class Kept:
    """How much a backup holds."""

    library_bytes: int
    audio_files: int


def back_up(folder: Path, file: Path, *, audio: Path | None, version: str) -> Kept:
    """Writes the backup of a data folder, while it is in use; `audio` is where sound is kept.

    A file of that name is replaced at the end, or stays. Raises StoreError.
    """
    library = folder / _LIBRARY
    if not library.is_file():
        raise StoreError("backup-nothing", folder=str(folder.absolute()))
    with _written(file) as tar, tempfile.TemporaryDirectory(dir=file.absolute().parent) as beside:
        copy = Path(beside) / _LIBRARY
        _copy_library(library, copy)
        index = {_LIBRARY: _add(tar, _LIBRARY, copy)}
        for gain in sorted(folder.glob("voices/*.gain_db")):
            name = f"voices/{gain.name}"
            index[name] = _add(tar, name, gain)
        sounds = {name: path for name, path in _sounds(copy, audio) if _is_whole(path)}
        index |= {name: _add(tar, name, path) for name, path in sounds.items()}
        listing = {"format": _FORMAT, "vorleser": version, "files": index}
        content = json.dumps(listing, indent=1).encode()
        tar.addfile(_member(_INDEX, len(content)), io.BytesIO(content))
        return Kept(copy.stat().st_size, len(sounds))


def restore(file: Path, folder: Path, *, audio: Path | None) -> Kept:
    """Puts a backup into an empty data folder, and its sound into `audio`. All or nothing.

    Raises StoreError where the folder is in use, the backup is damaged, half there, or of a
    newer version; then nothing is left behind.
    """
    entries = {entry.name for entry in folder.iterdir()} - _IGNORED
    if entries:
        raise StoreError("restore-not-empty", folder=str(folder.absolute()), found=min(entries))
    if audio is not None and audio.is_dir() and any(audio.iterdir()):
        raise StoreError("restore-not-empty", folder=str(audio.absolute()), found="audio")
    with _all_or_nothing(folder, audio), _unpacked(file, folder) as unpacked:
        _demand_library(unpacked / _LIBRARY)
        sounds = list((unpacked / "audio").glob("*/*"))
        if sounds and audio is None:
            raise StoreError("restore-audio-elsewhere")
        kept = Kept((unpacked / _LIBRARY).stat().st_size, len(sounds))
        for name, to in (("audio", audio), ("voices", folder / "voices")):
            if to is not None and (unpacked / name).is_dir():
                shutil.copytree(unpacked / name, to, dirs_exist_ok=True, copy_function=shutil.move)
        (unpacked / _LIBRARY).replace(folder / _LIBRARY)  # the last: with it the folder is in use
        return kept


@contextmanager
def _written(file: Path) -> Iterator[tarfile.TarFile]:
    """A tar that is there in the end, or not at all, and nobody else's to read."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as raw, tarfile.open(fileobj=raw, mode="w") as tar:  # noqa: PTH123
            yield tar
            tar.close()
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(file)
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StoreError("backup-unwritable", file=str(file), error=reason) from error
    finally:
        with suppress(OSError):
            part.unlink()


def _copy_library(library: Path, copy: Path) -> None:
    """All that is in it now, by SQLite's own backup (sqlite.org/backup.html)."""
    with (
        closing(sqlite3.connect(library, timeout=10)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target, pages=_PAGES_AT_ONCE)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, whole by itself


def _sounds(library: Path, audio: Path | None) -> Iterator[tuple[str, Path]]:
    if audio is None:
        return
    with closing(sqlite3.connect(library)) as connection:
        query = "SELECT DISTINCT sha256 FROM clips WHERE error IS NULL ORDER BY sha256"
        for (name,) in connection.execute(query):
            yield f"audio/{name[:2]}/{name}", audio / name[:2] / name


def _is_whole(sound: Path) -> bool:
    """Whether it is there and what its name says; else the service makes it again."""
    try:
        return _digest(sound) == sound.name
    except FileNotFoundError:
        return False


def _add(tar: tarfile.TarFile, name: str, path: Path) -> str:
    """Its SHA-256."""
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
        size = content.tell()
        content.seek(0)
        tar.addfile(_member(name, size), content)
    return digest


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


@contextmanager
def _unpacked(file: Path, folder: Path) -> Iterator[Path]:
    """The whole backup in a folder inside of `folder`, which is gone in the end."""
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".restoring-") as place:
            with tarfile.open(file, "r:") as tar:
                index = _unpack(tar, Path(place), file)
            _demand_whole(index, Path(place), file)
            yield Path(place)
    except (tarfile.TarError, EOFError) as error:
        raise StoreError("backup-damaged", file=str(file), error=str(error)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError("restore-failed", file=str(file), error=reason) from error


@contextmanager
def _all_or_nothing(*folders: Path | None) -> Iterator[None]:
    """Empties these folders again where not all could be done."""
    try:
        yield
    except BaseException:
        for entry in (
            entry for folder in folders if folder and folder.is_dir() for entry in folder.iterdir()
        ):
            if entry.name not in _IGNORED:
                shutil.rmtree(entry, ignore_errors=True)
        raise


def _unpack(tar: tarfile.TarFile, place: Path, file: Path) -> dict[str, str]:
    """Unpacks what belongs into a backup and nothing else; returns its index."""
    for member in tar:
        content = tar.extractfile(member) if member.isreg() else None
        if content is not None and member.name == _INDEX:
            return _index(content.read(), file)
        is_ours = member.name == _LIBRARY or any(
            kind.fullmatch(member.name) for kind in (_GAIN, _AUDIO)
        )
        if content is None or not is_ours:
            raise StoreError("backup-unknown", file=str(file), part=member.name[:80])
        to = place / member.name
        to.parent.mkdir(parents=True, exist_ok=True)
        with to.open("wb") as target:
            shutil.copyfileobj(content, target)
    raise StoreError("backup-half", file=str(file))


def _index(content: bytes, file: Path) -> dict[str, str]:
    try:
        listing = json.loads(content)
        layout, files = listing["format"], dict(listing["files"])
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError("backup-damaged", file=str(file), error=f"{_INDEX}: {error}") from error
    if layout != _FORMAT:
        raise StoreError("backup-newer", file=str(file), version=str(listing.get("vorleser"))[:40])
    return files


def _demand_whole(index: dict[str, str], place: Path, file: Path) -> None:
    there = {str(path.relative_to(place)) for path in place.rglob("*") if path.is_file()}
    for name in sorted(there | index.keys() | {_LIBRARY}):
        if name not in there or _digest(place / name) != index.get(name):
            raise StoreError("backup-damaged", file=str(file), error=name)


def _demand_library(library: Path) -> None:
    """Raises StoreError where it is none, damaged, or of a newer version."""
    try:
        with closing(sqlite3.connect(library)) as connection:
            [(verdict,)] = connection.execute("PRAGMA quick_check(1)").fetchall()
            heads = {head for (head,) in connection.execute("SELECT * FROM alembic_version")}
    except (sqlite3.Error, ValueError) as error:
        raise StoreError("library-damaged", error=str(error)) from error
    if verdict != "ok":
        raise StoreError("library-damaged", error=verdict)
    demand_known_tables(heads)


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
