"""Limits on connections: how many there may be, and how slowly they may send.

As Apache's mod_reqtimeout does by default: a head within 20 s, a body within 20 s and a second
more for every 500 bytes of it.
"""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from service.messages import message
from service.web.problems import problem, shaped

HEAD_S = 20.0  # for all of a request's head, from its first byte
BODY_S, BODY_BYTES_PER_S = 20.0, 500.0
_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class Limits:
    """At most so many connections at once.

    Beyond that the one that has sent nothing for the longest, though it is its turn, makes room;
    where all wait for us, the new one is told to try again.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._silent: dict[Guarded, None] = {}  # whose turn it is, the longest silent one first

    def admit(self, connection: Guarded, *, count: int) -> bool:
        """Whether a new connection, the last of `count`, is within the limit or found room."""
        oldest = next(iter(self._silent), None) if count > self._most else None
        if oldest:
            oldest.drop()
        self.awaits(connection)
        return oldest is not None or count <= self._most

    def awaits(self, connection: Guarded) -> None:
        """It is the other side's turn from now on, or still, though it has sent something."""
        self._silent.pop(connection, None)
        self._silent[connection] = None

    def forget(self, connection: Guarded) -> None:
        """It is our turn, or the connection is gone."""
        self._silent.pop(connection, None)


class Guarded(HttpToolsProtocol):
    """An HTTP connection that is closed when it sends too slowly."""

    def __init__(self, limits: Limits, **uvicorns: Any) -> None:  # noqa: ANN401
        super().__init__(**uvicorns)
        self._limits = limits
        self._timer: asyncio.TimerHandle | None = None
        self._is_in_body = False
        self._has_begun = False
        self._since_s = 0.0
        self._received = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Counts the connection, and gives it time for a request."""
        super().connection_made(transport)
        if not self._limits.admit(self, count=len(self.connections)):
            self.app = _busy
        self._expect(HEAD_S)

    def connection_lost(self, exc: Exception | None) -> None:
        """Counts it no longer."""
        self._limits.forget(self)
        self._relax()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """The time for the head of a next request begins with its first byte."""
        is_our_turn = self.cycle and not (self._is_in_body or self.cycle.response_complete)
        if not is_our_turn:
            self._limits.awaits(self)
            if not (self._is_in_body or self._has_begun):
                self._has_begun = True
                self._expect(HEAD_S)
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """From here on the body is waited for."""
        self._is_in_body, self._received = True, 0
        self._since_s = self.loop.time()
        self._expect(BODY_S)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Every byte brings time for more."""
        self._received += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """All is there: what is made of it may take its time."""
        self._is_in_body = self._has_begun = False
        self._limits.forget(self)
        self._relax()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """The next request may come."""
        super().on_response_complete()
        if self.cycle.response_complete and not self.transport.is_closing():
            self._limits.awaits(self)

    def drop(self) -> None:
        """Ends the connection; where a request has begun, it is told that it was too slow."""
        self._limits.forget(self)
        self._relax()
        is_answered = self._is_in_body and self.cycle.response_started
        if self._has_begun and not is_answered:
            self.transport.write(_TOO_SLOW)
        self.transport.close()

    def _expect(self, seconds: float) -> None:
        self._relax()
        self._timer = self.loop.call_later(seconds, self._look)

    def _relax(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = None

    def _look(self) -> None:
        """Closes what is too slow; a body that we read slowly is not."""
        if not self._is_in_body:
            return self.drop()
        if self.flow.read_paused:
            self._since_s = self.loop.time()
        allowed_s = BODY_S + self._received / BODY_BYTES_PER_S
        remaining_s = self._since_s + allowed_s - self.loop.time()
        return self._expect(remaining_s) if remaining_s > 0 else self.drop()


async def _busy(scope: Scope, receive: Receive, send: Send) -> None:
    """The answer where all connections are in use."""
    headers = {"Retry-After": "5", "Connection": "close"}
    refusal = shaped(problem(503, message("service-busy"), headers=headers), scope["path"])
    await refusal(scope, receive, send)
