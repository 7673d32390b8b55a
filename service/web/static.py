"""Static files; scripts without their comments, and text packed, as they are asked for."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache
from pathlib import Path

import rjsmin
from fastapi import Response
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import Headers
from starlette.types import Scope

from service.web.unchanged import is_known

_IMPORT = re.compile(r"^(?:import|export)\b.*'\./([\w-]+\.js)';$", re.MULTILINE)
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class _Small:
    plain: bytes
    packed: bytes
    etag: str


class SmallFiles(StaticFiles):
    """A folder of files, of which the text is kept small and packed in memory."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """The file; 304 when the browser has it already."""
        path = Path(full_path)
        if path.suffix not in _TYPES:
            return super().file_response(full_path, stat_result, scope, status_code)
        found, asked = _small(path, stat_result.st_mtime_ns), Headers(scope=scope)
        headers = {"ETag": found.etag, "Vary": "Accept-Encoding", "Cache-Control": "no-cache"}
        headers["Last-Modified"] = formatdate(stat_result.st_mtime, usegmt=True)
        if is_known(asked, etag=found.etag, modified_at=stat_result.st_mtime):
            return Response(status_code=304, headers=headers)
        if "gzip" not in asked.get("accept-encoding", ""):
            return Response(found.plain, headers=headers, media_type=_TYPES[path.suffix])
        headers["Content-Encoding"] = "gzip"
        return Response(found.packed, headers=headers, media_type=_TYPES[path.suffix])


def shrunk(path: Path) -> bytes:
    """What a browser gets of a file: scripts without comments and idle blanks."""
    if path.suffix == ".js":
        return str(rjsmin.jsmin(path.read_text("utf-8"))).encode()
    return path.read_bytes()


@lru_cache(maxsize=16)
def needed(entry: Path) -> tuple[str, ...]:
    """File names of the modules that a module imports, and those import, each once.

    A page that names them lets its browser fetch them all at once, not generation by generation.
    """
    found: dict[str, None] = {}
    waiting = [entry.name]
    while waiting:
        named = _IMPORT.findall(entry.with_name(waiting.pop()).read_text("utf-8"))
        waiting += [name for name in named if name not in found]
        found |= dict.fromkeys(named)
    return tuple(found)


@lru_cache(maxsize=256)
def _small(path: Path, _changed_ns: int) -> _Small:
    plain = shrunk(path)
    etag = f'"{hashlib.sha256(plain).hexdigest()[:32]}"'
    return _Small(plain, gzip.compress(plain, 9, mtime=0), etag)
