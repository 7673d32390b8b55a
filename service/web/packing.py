"""Text packed on its way (Content-Encoding, RFC 9110, section 8.4); sound and events are not."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_AS_THEY_ARE = (*DEFAULT_EXCLUDED_CONTENT_TYPES, "application/octet-stream", "image/*", "font/*")
_LEVEL = 6  # 9 takes three times as long for one per cent


class Packed:
    """ASGI middleware: gzip for those who take it. A tag of what is packed is a weak one.

    The same bytes are not promised then, the same content is (RFC 9110, section 8.8.1).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = GZipMiddleware(app, compresslevel=_LEVEL, exclude_content_types=_AS_THEY_ARE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and packs its answer."""

        async def send_weak(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                tag = headers.get("etag", "W/")
                if "content-encoding" in headers and not tag.startswith("W/"):
                    headers["ETag"] = f"W/{tag}"
            await send(message)

        await self._app(scope, receive, send_weak)
