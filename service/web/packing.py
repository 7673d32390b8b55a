"""Text packed on its way (Content-Encoding, RFC 9110, section 8.4); sound and events are not."""

from __future__ import annotations

from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.types import ASGIApp

_AS_THEY_ARE = (*DEFAULT_EXCLUDED_CONTENT_TYPES, "application/octet-stream", "image/*", "font/*")
_LEVEL = 6  # 9 takes three times as long for one per cent


class Packed(GZipMiddleware):
    """ASGI middleware: gzip for those who take it. Tags stay: those of text are weak anyway."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app, compresslevel=_LEVEL, exclude_content_types=_AS_THEY_ARE)
