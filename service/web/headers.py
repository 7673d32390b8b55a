"""Headers on every answer: what pages may load, who may frame and read them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_EMBED = "/embed/"
_POSTED = "/api/articles"
# What players on other people's pages read, without cookies or keys.
_READABLE = re.compile(
    r"/(?:api/articles/[^/]+(?:/events|/words)?|articles/[^/]+/.+|clips/.+|static/.+|embed.*)"
)
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_ASKED = (
    "Authorization",
    "Content-Type",
    "If-Match",
    "If-None-Match",
    "If-Range",
    "Last-Event-ID",
    "Range",
)
_TOLD = ("Content-Range", "ETag", "Location", "Retry-After")
_POLICY = (
    "default-src 'self'; img-src 'self' data:; media-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
)


def _is_readable(scope: Scope) -> bool:
    """Manifests and audio are; of the library's list nothing but what was just posted."""
    is_posted = scope["method"] == "POST" and scope["path"] == _POSTED
    return is_posted or bool(_READABLE.fullmatch(scope["path"]))


class SecurityHeaders:
    """ASGI middleware; the embed page alone may be framed, by `embedders`."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        embedders: Sequence[str],
        allow_indexing: bool,
        is_private: bool = False,
    ) -> None:
        self._app = app
        # addresses of a private library may have a token
        self._referrer = "same-origin" if is_private else "strict-origin-when-cross-origin"
        self._allow_indexing = allow_indexing
        self._embedders = embedders

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and adds the headers to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_embed = scope["path"].startswith(_EMBED)
        ancestors = " ".join(self._embedders) if is_embed else "'self'"
        reader = self._reader(Headers(scope=scope).get("origin"))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                if reader and _is_readable(scope):
                    headers["Access-Control-Allow-Origin"] = reader
                    headers.append("Vary", "Origin")
                    headers["Access-Control-Expose-Headers"] = ", ".join(_TOLD)
                if not self._allow_indexing:
                    headers.setdefault("X-Robots-Tag", "noindex")
                headers.setdefault("Referrer-Policy", self._referrer)
                if headers.get("content-type", "").startswith("text/html"):
                    headers["Content-Security-Policy"] = _POLICY.format(ancestors=ancestors)
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _reader(self, origin: str | None) -> str | None:
        """Who may read the answer from another page: everyone, or one of those named."""
        if "*" in self._embedders:
            return "*"
        return origin if origin in self._embedders else None


def cross_origin(app: ASGIApp, *, origins: Sequence[str]) -> ASGIApp:
    """ASGI middleware: pages of these origins may ask and read everything that their keys allow.

    Cookies are no keys for them (fetch.spec.whatwg.org, CORS protocol).
    """
    return CORSMiddleware(
        app,
        allow_origins=origins,
        allow_methods=_METHODS,
        allow_headers=_ASKED,
        expose_headers=_TOLD,
        max_age=7200,
    )
