"""Piper's voices as files in a folder, and how they get there.

Piper's own downloader knows where they are; it checks nothing and writes in place, so the
download itself is ours: size and hash from the index, resumed after a break, renamed at the
end.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import requests
from pydantic import BaseModel, TypeAdapter, ValidationError
from urllib3.exceptions import HTTPError

from service.engines.remote import why
from service.errors import EngineFailed, EngineUnavailable, UnknownVoice

RECOMMENDED = "de_DE-thorsten-medium"

Progress = Callable[[int, int], None]  # is told the bytes that are there, and of the whole

_NAME = re.compile(r"[a-z]{2,3}_[A-Z]{2}-[a-z0-9_]+-(x_low|low|medium|high)")
_LICENCE = re.compile(r"^\W*License:\W*(.+)$", re.IGNORECASE | re.MULTILINE)
_TIMES_S = (10.0, 30.0)  # to connect, and between two parts of the answer
_PART_BYTES = 2**18


class _File(BaseModel):
    size_bytes: int
    md5_digest: str


class _Listed(BaseModel):
    files: dict[str, _File]  # by path below the index


_INDEX = TypeAdapter(dict[str, _Listed])


@dataclass(frozen=True, slots=True)
class VoiceFiles:
    """A voice in a folder: the model, its settings, and what we know of it."""

    folder: Path
    name: str

    @property
    def model(self) -> Path:
        """The ONNX model."""
        return self.folder / f"{self.name}.onnx"

    @property
    def config(self) -> Path:
        """The model's settings, JSON."""
        return self.folder / f"{self.name}.onnx.json"

    @property
    def card(self) -> Path:
        """Where the voice comes from, and its licence."""
        return self.folder / f"{self.name}.MODEL_CARD"

    @property
    def language(self) -> str:
        """As the name says: `de`."""
        return self.name.partition("_")[0]

    @property
    def licence(self) -> str:
        """As the card says."""
        try:
            found = _LICENCE.search(self.card.read_text("utf-8", "replace"))
        except OSError:
            found = None
        return found[1].strip() if found else "see the voice's model card"


@dataclass(frozen=True, slots=True)
class _Parcel:
    """One file to fetch."""

    url: str
    target: Path
    expected: _File

    @property
    def part(self) -> Path:
        """Where it grows until it is whole."""
        return self.target.with_name(self.target.name + ".part")


def voices_in(folder: Path) -> list[VoiceFiles]:
    """The voices there, by name; a model without its settings counts as one."""
    models = sorted(folder.glob("*.onnx"), key=lambda path: path.name)
    return [VoiceFiles(folder, model.stem) for model in models]


def install(
    name: str, folder: Path, *, progress: Progress | None = None, index_url: str | None = None
) -> VoiceFiles:
    """Fetches the voice `name` into `folder`; what is there and whole is not fetched again.

    Raises UnknownVoice when there is none of that name, EngineUnavailable when the network
    fails (call again to go on where it broke off), EngineFailed when what came is damaged.
    """
    if not _NAME.fullmatch(name):
        raise UnknownVoice("piper-name", name=name, example=RECOMMENDED)
    index_url = index_url or _piper_index_url()
    files = VoiceFiles(folder, name)
    try:
        parcels = _parcels(files, _index(index_url), index_url)
    except EngineUnavailable as error:
        raise EngineUnavailable(
            "download-without-network",
            reason=error.message,
            model=files.model.name,
            config=files.config.name,
            folder=str(folder.resolve()),
        ) from error
    whole = sum(parcel.expected.size_bytes for parcel in parcels)
    folder.mkdir(parents=True, exist_ok=True)
    there = 0
    for parcel in parcels:
        for size in _fetch(parcel):
            if progress:
                progress(there + size, whole)
        there += parcel.expected.size_bytes
    return files


def _piper_index_url() -> str:
    """Where Piper's own downloader looks. Raises EngineUnavailable without Piper."""
    try:
        return str(import_module("piper.download_voices").VOICES_JSON)
    except ImportError as error:
        raise EngineUnavailable("extra-missing", extra="piper") from error


def _index(url: str) -> dict[str, _Listed]:
    try:
        with _answer(url) as answer:
            return _INDEX.validate_json(answer.content)
    except ValidationError as error:
        raise EngineFailed("list-unreadable") from error


def _parcels(files: VoiceFiles, index: dict[str, _Listed], index_url: str) -> list[_Parcel]:
    """Card and settings before the model: a voice is there when its model is."""
    if files.name not in index:
        german = sorted(name for name in index if name.startswith("de_"))
        raise UnknownVoice("piper-unknown", voice=files.name, voices=german)
    targets = {"MODEL_CARD": files.card, files.config.name: files.config}
    targets[files.model.name] = files.model
    listed = index[files.name].files
    return [
        _Parcel(index_url.replace("voices.json", path), target, listed[path])
        for file, target in targets.items()
        for path in listed
        if path.rpartition("/")[2] == file
    ]


def _fetch(parcel: _Parcel) -> Iterator[int]:
    """Fetches one file; yields the bytes that are there from time to time."""
    expected = parcel.expected
    if parcel.target.exists() and _is_whole(parcel.target, expected):
        yield expected.size_bytes
        return
    yield from _grow(parcel)
    if not _is_whole(parcel.part, expected):
        parcel.part.unlink()
        raise EngineFailed("download-damaged", file=parcel.target.name)
    parcel.part.replace(parcel.target)


def _grow(parcel: _Parcel) -> Iterator[int]:
    """Adds what is missing to the part that is there, if the server can do that."""
    size = parcel.part.stat().st_size if parcel.part.exists() else 0
    if size == parcel.expected.size_bytes:
        return
    headers = {"Range": f"bytes={size}-"} if 0 < size < parcel.expected.size_bytes else {}
    with _answer(parcel.url, headers) as answer, parcel.part.open("ab") as file:
        if answer.status_code != 206:
            file.truncate(0)
        while part := answer.raw.read(_PART_BYTES):
            file.write(part)
            yield file.tell()
            if file.tell() > parcel.expected.size_bytes:
                break
        os.fsync(file.fileno())


@contextmanager
def _answer(url: str, headers: dict[str, str] | None = None) -> Iterator[requests.Response]:
    """A successful answer. Raises EngineUnavailable when it fails at any point."""
    identity = {"Accept-Encoding": "identity", **(headers or {})}
    try:
        with requests.get(url, headers=identity, timeout=_TIMES_S, stream=True) as answer:
            answer.raise_for_status()
            yield answer
    except (requests.RequestException, HTTPError) as error:
        host = urlsplit(url).hostname or url
        raise EngineUnavailable("download-failed", host=host, reason=why(error)) from error


def _is_whole(path: Path, expected: _File) -> bool:
    if path.stat().st_size != expected.size_bytes:
        return False
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False))
    return digest.hexdigest() == expected.md5_digest
