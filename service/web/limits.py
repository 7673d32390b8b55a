"""A body whose declared length is over the limit is refused before it is read."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from service.web.problems import problem, shaped


class DeclaredLength:
    """ASGI middleware; what comes without a length is counted by FastAPI while it is read."""

    def __init__(self, app: ASGIApp, *, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers 413."""
        app = self._app
        if scope["type"] == "http":
            length = Headers(scope=scope).get("content-length", "0")
            if length.isdecimal() and int(length) > self._limit:
                detail = f"The request is longer than the {self._limit} bytes that are read here."
                refusal = problem(413, detail, headers={"Connection": "close"})
                app = shaped(refusal, scope["path"])
        await app(scope, receive, send)
