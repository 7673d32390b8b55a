"""Static files; scripts joined and without their comments, and text packed."""

from __future__ import annotations

import gzip
import hashlib
import os
import time
from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache
from pathlib import Path

import rjsmin
from fastapi import Response
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import Headers
from starlette.types import Scope

from service.web.scripts import Scripts
from service.web.unchanged import is_known

_PLAYER, _STYLES = "vorleser-player.js", "page.css"
_ENTRIES = ("front.js", "article.js", _PLAYER)
_FOR_EVER = "public, max-age=31536000, immutable"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class _Small:
    plain: bytes
    packed: bytes
    etag: str


class SmallFiles(StaticFiles):
    """A folder of files, of which the text is kept small and packed in memory.

    Pages name scripts and styles by their content, so that a browser asks once for each.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder)
        self._made_at = int(time.time())
        self._scripts = Scripts(folder, _ENTRIES)
        styles = shrunk(folder / _STYLES)
        self._styles = _STYLES.replace(".css", f".{_digest(styles)[:12]}.css")
        made = self._scripts.files | {self._styles: styles}
        self._made = {name: _pack(content) for name, content in made.items()}
        text = shrunk(folder / "embed.js").decode()
        self.embed = text.replace(_PLAYER, self.name(_PLAYER))

    def name(self, entry: str) -> str:
        """The file with a script and all that it needs, or with the pages' styles."""
        return self._styles if entry == _STYLES else self._scripts.name(entry)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file; those that are named by their content never change."""
        if (made := self._made.get(path)) and scope["method"] in {"GET", "HEAD"}:
            kind = _TYPES[Path(path).suffix]
            return _answer(made, scope, kind, caching=_FOR_EVER, changed_at=self._made_at)
        return await super().get_response(path, scope)

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
        small, changed_at = _small(path, stat_result.st_mtime_ns), stat_result.st_mtime
        return _answer(small, scope, _TYPES[path.suffix], changed_at=changed_at)


def _answer(
    small: _Small, scope: Scope, media_type: str, *, changed_at: float, caching: str = "no-cache"
) -> Response:
    asked = Headers(scope=scope)
    headers = {"ETag": small.etag, "Vary": "Accept-Encoding", "Cache-Control": caching}
    headers["Last-Modified"] = formatdate(changed_at, usegmt=True)
    if is_known(asked, etag=small.etag, modified_at=changed_at):
        return Response(status_code=304, headers=headers)
    if "gzip" not in asked.get("accept-encoding", ""):
        return Response(small.plain, headers=headers, media_type=media_type)
    headers["Content-Encoding"] = "gzip"
    return Response(small.packed, headers=headers, media_type=media_type)


def shrunk(path: Path) -> bytes:
    """What a browser gets of a file: scripts without comments and idle blanks."""
    if path.suffix == ".js":
        return str(rjsmin.jsmin(path.read_text("utf-8"))).encode()
    return path.read_bytes()


@lru_cache(maxsize=256)
def _small(path: Path, _changed_ns: int) -> _Small:
    return _pack(shrunk(path))


def _pack(plain: bytes) -> _Small:
    return _Small(plain, gzip.compress(plain, 9, mtime=0), f'W/"{_digest(plain)[:32]}"')


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
