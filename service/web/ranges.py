"""Byte ranges of content that is put together on the fly (RFC 9110, sections 13 and 14)."""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from service.messages import message
from service.web.described import BINARY, UNCHANGED, Answers, answer, header
from service.web.problems import problem
from service.web.refusals import refused

MAX_RANGES = 20  # more in one request are an attack or a mistake: answered with the whole
_AT_ONCE = 1 << 18  # bytes read ahead for a listener, who costs about half a megabyte in all

Read = Callable[[int, int], Awaitable[list[bytes]]]


_WHOLE = {
    "Accept-Ranges": header("`bytes`, or `none` of what is still being made."),
    "ETag": header("Another one for other bytes."),
}
_PART = _WHOLE | {"Content-Range": header("Which part, if it is one.")}


def ranged(media_type: str) -> Answers:
    """How the answers of `respond` are described."""
    parts = {media_type: BINARY, "multipart/byteranges": BINARY}
    return (
        answer(200, headers=_WHOLE, content={media_type: BINARY})
        | answer(206, headers=_PART, content=parts, description="What was asked for of it.")
        | UNCHANGED
        | refused(416)
    )


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes of known size; `read(start, end)` gives some, end exclusive, in as many parts as it is
    put together from.
    """

    size: int
    etag: str
    media_type: str
    read: Read
    headers: dict[str, str]


async def respond(request: Request, content: Content) -> Response:
    """200, 206, 304 or 416 for a GET or HEAD of the content.

    The first bytes are read before the answer begins: what cannot be read raises here.
    """
    etag = f'"{content.etag}"'
    headers = content.headers | {"Accept-Ranges": "bytes", "ETag": etag}
    if matches(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    ranges = _wanted(request, content.size, etag)
    if ranges == []:
        spot = {"Accept-Ranges": "bytes", "Content-Range": f"bytes */{content.size}"}
        return problem(416, message("range-outside", size=content.size), headers=spot)
    plan = _plan(content, ranges)
    headers |= plan.headers | {"Content-Length": str(plan.length)}
    if request.method == "HEAD":
        return Response(status_code=plan.status, headers=headers, media_type=plan.media_type)
    read = _read(content, plan)
    first: list[bytes] = await anext(read, [])
    if sum(map(len, first)) == plan.length:
        return Response(b"".join(first), plan.status, headers, plan.media_type)
    return StreamingResponse(_parts(first, read), plan.status, headers, plan.media_type)


def parse(header: str, size: int) -> list[tuple[int, int]] | None:
    """Ranges as (start, end exclusive), [] if none can be met, None if not understood."""
    unit, _, rest = header.partition("=")
    specs = [spec.strip() for spec in rest.split(",") if spec.strip()]
    matches = [re.fullmatch(r"(\d{0,18})-(\d{0,18})", spec, re.ASCII) for spec in specs]
    if unit.strip().lower() != "bytes" or not 0 < len(specs) <= MAX_RANGES:
        return None
    ranges = []
    for match in matches:
        if match is None or match.group() == "-":
            return None
        first, last = match.groups()
        start = int(first) if first else max(0, size - int(last))
        end = min(size, int(last) + 1) if first and last else size
        if first and last and int(last) < start:
            return None
        if start < end:
            ranges.append((start, end))
    return ranges


def _wanted(request: Request, size: int, etag: str) -> list[tuple[int, int]] | None:
    header = request.headers.get("range")
    if header is None or request.method not in {"GET", "HEAD"}:
        return None
    if request.headers.get("if-range", etag) != etag:
        return None
    return parse(header, size)


def matches(header: str | None, etag: str) -> bool:
    """Whether an If-None-Match names the tag, by the weak comparison that it asks for."""
    if header is None:
        return False
    tags = {tag.strip().removeprefix("W/") for tag in header.split(",")}
    return bool(tags & {etag.removeprefix("W/"), "*"})


@dataclass(frozen=True, slots=True)
class _Plan:
    """An answer before its first byte is read: ranges, and what stands before each."""

    status: int
    ranges: list[tuple[int, int]]
    heads: list[bytes]
    tail: bytes
    media_type: str
    headers: dict[str, str]

    @property
    def length(self) -> int:
        framing = sum(map(len, self.heads)) + len(self.tail)
        return framing + sum(end - start for start, end in self.ranges)


def _plan(content: Content, ranges: list[tuple[int, int]] | None) -> _Plan:
    if ranges is None:
        return _Plan(200, [(0, content.size)], [b""], b"", content.media_type, {})
    spots = [f"bytes {start}-{end - 1}/{content.size}" for start, end in ranges]
    if len(ranges) == 1:
        spot = {"Content-Range": spots[0]}
        return _Plan(206, ranges, [b""], b"", content.media_type, spot)
    boundary = secrets.token_hex(12)
    heads = [
        f"\r\n--{boundary}\r\nContent-Type: {content.media_type}\r\n"
        f"Content-Range: {spot}\r\n\r\n".encode()
        for spot in spots
    ]
    media_type = f"multipart/byteranges; boundary={boundary}"
    return _Plan(206, ranges, heads, f"\r\n--{boundary}--\r\n".encode(), media_type, {})


async def _read(content: Content, plan: _Plan) -> AsyncIterator[list[bytes]]:
    for (start, end), head in zip(plan.ranges, plan.heads, strict=True):
        for position in range(start, end, _AT_ONCE):
            parts = await content.read(position, min(end, position + _AT_ONCE))
            if head and position == start:
                parts.insert(0, head)
            yield parts
    if plan.tail:
        yield [plan.tail]


async def _parts(first: list[bytes], rest: AsyncIterator[list[bytes]]) -> AsyncIterator[bytes]:
    """One by one, so that what was sent is not kept for what a slow listener has yet to take."""
    while first:
        yield first.pop(0)
    async for parts in rest:
        while parts:
            yield parts.pop(0)
