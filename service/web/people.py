"""Errors for people: where a browser shows the answer to a person, it is a page of ours."""

from __future__ import annotations

import json
import re

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.web.audiences import is_for_programs
from service.web.site import page

_VARIES = "Accept, Accept-Language"


class PagesForPeople:
    """ASGI middleware: a problem that a person would see as JSON is told on a page, as its status.

    A person's browser names text/html among what it accepts; what names JSON too is a program.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        if scope["type"] != "http" or is_for_programs(scope["path"]):
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def send_page(part: Message) -> None:
            nonlocal start, body
            if part["type"] == "http.response.start" and _is_problem(part):
                MutableHeaders(scope=part).add_vary_header(_VARIES)
                if is_for_a_person(scope):
                    start = part
                    return
            if start is None:
                await send(part)
                return
            body += part.get("body", b"")
            if not part.get("more_body", False):
                await _send_page(Request(scope), start, body, send)

        await self._app(scope, receive, send_page)


def is_for_a_person(scope: Scope) -> bool:
    """Whether a browser asks for what it will show by itself."""
    accepted = Headers(scope=scope).get("accept", "").lower()
    return scope["method"] in {"GET", "HEAD"} and "text/html" in accepted and "json" not in accepted


def reads_german(accept_language: str) -> bool:
    """Whether a reader gets German rather than English: so does who names no language."""
    wishes = [wish.strip().lower() for wish in accept_language.split(",")]
    known = {wish[:2]: weight(wish) for wish in reversed(wishes) if re.match(r"(de|en)\b", wish)}
    if not known:
        return not re.search(r"[a-z]", accept_language, re.IGNORECASE)
    return known.get("de", 0.0) >= known.get("en", 0.0)


def weight(wish: str) -> float:
    """How much something is wished for, 0 to 1 (RFC 9110, section 12.4.2)."""
    match = re.search(r";\s*q=([01](?:\.\d{0,3})?)\s*$", wish)
    return float(match[1]) if match else 1.0


def _is_problem(start: Message) -> bool:
    kind = Headers(raw=start["headers"]).get("content-type", "")
    return kind.startswith("application/problem+json")


async def _send_page(request: Request, start: Message, body: bytes, send: Send) -> None:
    problem = json.loads(body)
    context = {
        "problem": problem,
        "german": reads_german(request.headers.get("accept-language", "")),
        "is_embed": request.scope["path"].startswith("/embed/"),
    }
    shown = page(request, "problem.html", context)
    headers = MutableHeaders(raw=list(start["headers"]))
    headers["content-type"] = "text/html; charset=utf-8"
    headers["content-length"] = str(len(shown.body))
    headers.setdefault("cache-control", "no-store")
    await send({**start, "headers": headers.raw})
    await send({"type": "http.response.body", "body": shown.body})
