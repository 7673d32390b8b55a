"""Files of a voice from the net: checked by size and hash, resumed, there as a whole or not."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from service.engines.remote import why
from service.errors import EngineFailed, EngineUnavailable

Progress = Callable[[int, int], None]  # is told the bytes that are there, and of the whole

_TIMES_S = (10.0, 30.0)  # to connect, and between two parts of the answer
_PART_BYTES = 2**18


@dataclass(frozen=True, slots=True)
class Download:
    """One file to fetch, from the first of its addresses that gives it whole."""

    urls: tuple[str, ...]
    target: Path
    size: int
    digest: str
    algorithm: str = "sha256"

    @property
    def part(self) -> Path:
        """Where it grows until it is whole."""
        return self.target.with_name(self.target.name + ".part")

    def is_whole(self, path: Path) -> bool:
        """Whether the file there is this one, by size and hash."""
        if not path.is_file() or path.stat().st_size != self.size:
            return False
        with path.open("rb") as file:
            content = hashlib.file_digest(
                file, lambda: hashlib.new(self.algorithm, usedforsecurity=False)
            )
        return content.hexdigest() == self.digest


def download(wanted: Sequence[Download], *, progress: Progress | None = None) -> None:
    """Fetches what is not there yet, in order; each file is there whole or not at all.

    Raises EngineUnavailable when the network fails (call again to go on where it broke off),
    EngineFailed when every address gives something else.
    """
    whole, there = sum(file.size for file in wanted), 0
    for file in wanted:
        file.target.parent.mkdir(parents=True, exist_ok=True)
        for size in _fetch(file):
            if progress:
                progress(there + size, whole)
        there += file.size


@contextmanager
def answer(url: str, headers: dict[str, str] | None = None) -> Iterator[requests.Response]:
    """A successful answer. Raises EngineUnavailable when it fails at any point."""
    identity = {"Accept-Encoding": "identity", **(headers or {})}
    try:
        with requests.get(url, headers=identity, timeout=_TIMES_S, stream=True) as response:
            response.raise_for_status()
            yield response
    except (requests.RequestException, HTTPError) as error:
        host = urlsplit(url).hostname
        raise EngineUnavailable("download-failed", host=str(host), reason=why(error)) from error


def _fetch(file: Download) -> Iterator[int]:
    """Fetches one file; yields the bytes that are there from time to time."""
    if file.is_whole(file.target):
        yield file.size
        return
    *mirrors, last = file.urls
    for url in mirrors:
        try:
            yield from _from(url, file)
        except (EngineFailed, EngineUnavailable):
            continue
        return
    yield from _from(last, file)


def _from(url: str, file: Download) -> Iterator[int]:
    yield from _grow(url, file)
    if not file.is_whole(file.part):
        file.part.unlink()
        raise EngineFailed(
            "download-damaged",
            file=str(file.target),
            size=file.size,
            algorithm=file.algorithm,
            digest=file.digest,
        )
    file.part.replace(file.target)


def _grow(url: str, file: Download) -> Iterator[int]:
    """Adds what is missing to the part that is there, if the server can do that."""
    size = file.part.stat().st_size if file.part.exists() else 0
    if size == file.size:
        return
    headers = {"Range": f"bytes={size}-"} if 0 < size < file.size else {}
    with answer(url, headers) as response, file.part.open("ab") as part:
        if response.status_code != 206:
            part.truncate(0)
        while content := response.raw.read(_PART_BYTES):
            part.write(content)
            yield part.tell()
            if part.tell() > file.size:
                break
        part.flush()
        os.fsync(part.fileno())
