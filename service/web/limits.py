"""Limits on what one request may bring, and on how many may come."""

from __future__ import annotations

import ipaddress
import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from service.messages import message
from service.web.bodies import media_type
from service.web.problems import Refusal, problem, shaped


class Throttle:
    """So many requests of a kind in a minute from one address; those over it are refused."""

    def __init__(self, per_minute: int) -> None:
        self._limit = RateLimitItemPerMinute(per_minute)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def admit(self, kind: str, address: str) -> None:
        """Counts one request. Raises 429 with the seconds to wait."""
        who = _household(address)
        if self._limiter.hit(self._limit, kind, who):
            return
        reset = self._limiter.get_window_stats(self._limit, kind, who).reset_time
        wait_s = max(1, math.ceil(reset - time.time()))
        raise Refusal(
            429,
            "too-many-requests",
            headers={"Retry-After": str(wait_s)},
            limit=self._limit.amount,
            wait_s=wait_s,
        )


def _household(address: str) -> str:
    """The address; of IPv6 its network, as everyone has billions of addresses in one (RFC 6177)."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False))


class PrintablePaths:
    """ASGI middleware: an address with control characters leads nowhere; no database takes NUL."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers 404."""
        app = self._app
        if scope["type"] == "http" and not scope["path"].isprintable():
            app = shaped(problem(404, message("not-found")), scope["path"])
        await app(scope, receive, send)


class DeclaredLength:
    """ASGI middleware: a body whose declared length is over the limit is refused unread.

    `file_limit` is for uploaded files. What comes without a length is counted by FastAPI while
    it is read.
    """

    def __init__(self, app: ASGIApp, *, limit: int, file_limit: int) -> None:
        self._app = app
        self._limit = limit
        self._file_limit = file_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers 413."""
        app = self._app
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            is_file = media_type(headers.get("content-type", "")) == "multipart/form-data"
            limit = self._file_limit if is_file else self._limit
            length = headers.get("content-length", "0")
            if length.isdecimal() and int(length) > limit:
                refusal = problem(
                    413,
                    message("request-too-long", limit_mb=limit >> 20),
                    headers={"Connection": "close"},
                )
                app = shaped(refusal, scope["path"])
        await app(scope, receive, send)
