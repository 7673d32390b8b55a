"""Text packed on its way (Content-Encoding, RFC 9110, section 8.4); sound and events are not."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from service.web.people import weight

_AS_THEY_ARE = (*DEFAULT_EXCLUDED_CONTENT_TYPES, "application/octet-stream", "image/*", "font/*")
_LEVEL = 6  # 9 takes three times as long for one per cent


class Packed(GZipMiddleware):
    """ASGI middleware: gzip for those who take it. Tags stay: those of text are weak anyway."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app, compresslevel=_LEVEL, exclude_content_types=_AS_THEY_ARE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on; who says how much he wants gzip is taken at his word."""
        if scope["type"] == "http":
            headers = MutableHeaders(scope=scope)
            wishes = headers.get("accept-encoding", "").split(",")
            if not any("gzip" in wish and weight(wish) for wish in wishes):
                del headers["accept-encoding"]
        await super().__call__(scope, receive, send)
