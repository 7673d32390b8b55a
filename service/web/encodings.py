"""Packed bodies (Content-Encoding, RFC 9110, section 8.4): unpacked piece by piece.

Limits count what is unpacked; not more than a piece of it is in memory before somebody counts.
"""

from __future__ import annotations

import zlib

from fastapi.responses import JSONResponse
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.messages import message
from service.web.problems import Refusal, problem, shaped

_PIECE = 1 << 16  # bytes
_READ = {"gzip": 31, "x-gzip": 31, "deflate": 15}  # as zlib numbers what is around the deflated


class Unpacked:
    """ASGI middleware: gzip and deflate are unpacked, anything else is 415.

    `limit` is for what is unpacked, and for what comes packed: also nothing, packed, takes room.
    """

    def __init__(self, app: ASGIApp, *, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, its body unpacked."""
        app = self._app
        if scope["type"] == "http":
            headers = MutableHeaders(scope=scope)
            named = ",".join(headers.getlist("content-encoding")).lower()
            coding = named.strip() or "identity"
            if coding in _READ:
                del headers["content-encoding"], headers["content-length"]
                receive = _Unpacking(receive, _READ[coding], self._limit)
            elif coding != "identity":
                app = shaped(_unknown(coding), scope["path"])
        await app(scope, receive, send)


def _unknown(coding: str) -> JSONResponse:
    return problem(
        415,
        message("body-packing-unknown", coding=coding[:80]),
        headers={"Accept-Encoding": "gzip, deflate", "Connection": "close"},
    )


class _Unpacking:
    """`receive` of a request whose body is packed."""

    def __init__(self, receive: Receive, wrapping: int, limit: int) -> None:
        self._receive = receive
        self._wrapping = wrapping
        self._limit = limit
        self._unpacker = zlib.decompressobj(wrapping)
        self._packed = b""  # what came and is not unpacked yet
        self._came = self._made = 0
        self._has_more = True
        self._holds_back = False  # a full piece may not have been all

    async def __call__(self) -> Message:
        """The next piece of the body. Raises 413, and 422 where it is damaged."""
        while True:
            if not self._is_waiting:
                message = await self._receive()
                if message["type"] != "http.request":
                    return message
                self._packed = message.get("body", b"")
                self._has_more = message.get("more_body", False)
                self._came += len(self._packed)
            piece = self._piece()
            self._made += len(piece)
            if max(self._came, self._made) > self._limit:
                raise Refusal(413, "request-too-long", limit_mb=self._limit >> 20)
            has_ended = not (self._is_waiting or self._has_more)
            if has_ended and self._came and not self._unpacker.eof:
                raise _damaged()
            if piece or has_ended:
                return {"type": "http.request", "body": piece, "more_body": not has_ended}

    @property
    def _is_waiting(self) -> bool:
        """Whether something that came is not unpacked yet."""
        return bool(self._packed) or self._holds_back

    def _piece(self) -> bytes:
        if self._unpacker.eof and self._packed:  # one after another (RFC 1952, section 2.2)
            self._unpacker = zlib.decompressobj(self._wrapping)
        try:
            piece = self._unpacker.decompress(self._packed, _PIECE)
        except zlib.error:
            raise _damaged() from None
        self._packed = self._unpacker.unconsumed_tail or self._unpacker.unused_data
        self._holds_back = len(piece) == _PIECE
        return piece


def _damaged() -> Refusal:
    return Refusal(422, "body-packing-damaged")
