"""Conditional requests (RFC 9110, section 13): what a client has already is not sent again."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from email.utils import formatdate, parsedate_to_datetime

from fastapi import Request, Response
from starlette.datastructures import Headers

from service.web.ranges import matches

_MOST = 4096  # addresses that are remembered


class Sightings:
    """Since when the content of an address has been what it is, as far as it was looked at.

    Whole seconds, as HTTP knows no others: two contents of one address never have the same.
    """

    def __init__(self, *, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._seen: dict[str, tuple[str, int]] = {}

    def since(self, address: str, etag: str) -> int:
        """When that content was first seen there, in seconds since 1970."""
        key = hashlib.sha256(address.encode()).hexdigest()
        known, at = self._seen.pop(key, ("", -1))
        if known != etag:
            at = max(int(self._now()), at + 1)
        self._seen[key] = (etag, at)  # the last one is the one asked for last
        if len(self._seen) > _MOST:
            del self._seen[next(iter(self._seen))]
        return at


def if_changed(request: Request, response: Response) -> Response:
    """The response with ETag and Last-Modified; 304 where the client has it by either."""
    # weak: the same content is promised, not the same bytes, as it is packed for some
    etag = f'W/"{hashlib.sha256(response.body).hexdigest()[:32]}"'
    at = request.app.state.sightings.since(str(request.url), etag)
    date = min(at, time.time())  # earlier, and never enough, where it changed twice in a second
    headers = {"ETag": etag, "Last-Modified": formatdate(date, usegmt=True)}
    headers["Cache-Control"] = "no-cache"
    if is_known(request.headers, etag=etag, modified_at=at):
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response


def is_known(asked: Headers, *, etag: str, modified_at: float) -> bool:
    """Whether the client has the content; a date counts only where it names no tag."""
    if (tags := asked.get("if-none-match")) is not None:
        return matches(tags, etag)
    try:
        date = parsedate_to_datetime(asked.get("if-modified-since", "")).timestamp()
    except (ValueError, OverflowError):
        return False
    return date >= int(modified_at)
