"""Who may read a private library: holders of a read key, a token or an API key.

A cookie is what a browser gets for one of them: random, kept as a hash, and of use for as long as
that key or token is.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.contracts import TokenStore
from service.settings import Settings, digest_of
from service.web.access import bearer, count_failure
from service.web.hosts import host_in, host_of
from service.web.keys import Keys
from service.web.parts import root_of, token_of
from service.web.problems import Refusal

COOKIE = "vorleser-reader"
_LASTS = timedelta(days=180)
# What holds nothing of the library, or says itself who may ask.
_OPEN = re.compile(
    r"/(?:sign-in|static/.*|embed\.js|sw\.js|manifest\.webmanifest|robots\.txt|healthz|readyz|v1/.*)"
)
_PAGE = re.compile(r"/(?:articles/[^/.]+/?)?")
_SHARED_CACHES = re.compile(r"\b(?:public|private)\b(?:,\s*)?")


def is_open(path: str) -> bool:
    """Whether everybody gets what is there, or it says itself who may ask."""
    return bool(_OPEN.fullmatch(path))


class Readers:
    """Judges what people and programs show to be let in."""

    def __init__(self, settings: Settings, tokens: TokenStore) -> None:
        self._keys = [Keys(settings.read_keys), Keys(settings.api_keys)]
        self._tokens = tokens

    async def accept(self, secret: bytes, *, in_address: bool = False) -> bool:
        """Whether it is a token, a read key or, where no address shows it, an API key."""
        keys = self._keys[:1] if in_address else self._keys
        is_key = any(known.has(secret) for known in keys)
        token = None if is_key else await self._tokens.find(digest_of(secret))
        return is_key or (token is not None and token.parent is None)

    async def remember(self, secret: bytes) -> str:
        """What a browser is given for a secret that was accepted."""
        until = datetime.now(UTC) + _LASTS
        return (await self._tokens.add("", expires_at=until, parent=digest_of(secret)))[1]

    async def recall(self, cookie: str) -> bool:
        """Whether what it was given for still counts."""
        kept = await self._tokens.find(digest_of(cookie.encode()))
        if not kept or kept.parent is None:
            return False
        is_key = any(known.knows(kept.parent) for known in self._keys)
        return is_key or await self._tokens.find(kept.parent) is not None


class ReadersOnly:
    """ASGI middleware: whoever shows nothing that counts gets 401, a person the page to sign in."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or refuses it."""
        if scope["type"] != "http" or is_open(scope["path"]):
            return await self._app(scope, receive, send)
        request = Request(scope)
        readers = Readers(self._settings, scope["app"].state.parts.tokens)
        if not await _is_let_in(request, readers):
            return await _refused(request)(scope, receive, send)
        if await _shows_token(request, readers):
            return await (await _entered(request, readers))(scope, receive, send)
        return await self._app(scope, receive, _private(send))


async def let_in(request: Request, response: Response, secret: bytes, readers: Readers) -> None:
    """Gives the browser a cookie for a secret that was accepted."""
    response.set_cookie(
        COOKIE,
        await readers.remember(secret),
        max_age=int(_LASTS.total_seconds()),
        path=f"{root_of(request)}/",
        secure=_is_secure(request),
        httponly=True,
        samesite="lax",
    )


async def _is_let_in(request: Request, readers: Readers) -> bool:
    """Raises 429 where wrong ones were shown too often; cookies cannot be guessed."""
    shown = [(bearer(request), False), (token_of(request).encode(), True)]
    given = [(secret, in_address) for secret, in_address in shown if secret]
    for secret, in_address in given:
        if await readers.accept(secret, in_address=in_address):
            return True
    cookie = request.cookies.get(COOKIE)
    if cookie and await readers.recall(cookie):
        return True
    if given:
        count_failure(request)
    return False


async def _shows_token(request: Request, readers: Readers) -> bool:
    """Whether a person's browser shows one in its address bar."""
    token = token_of(request).encode()
    is_shown = bool(token) and _is_for_a_person(request)
    return is_shown and await readers.accept(token, in_address=True)


def _refused(request: Request) -> Response:
    if not _is_for_a_person(request):
        raise Refusal(401, "reading-key-needed", headers={"WWW-Authenticate": "Bearer"})
    to = quote(_without_token(request), safe="")
    headers = {"Cache-Control": "no-store"}
    return RedirectResponse(f"{root_of(request)}/sign-in?to={to}", 303, headers)


async def _entered(request: Request, readers: Readers) -> Response:
    """To the same page, where the token is in the cookie and no longer in the address."""
    headers = {"Cache-Control": "no-store"}
    answer = RedirectResponse(f"{root_of(request)}{_without_token(request)}", 303, headers)
    await let_in(request, answer, token_of(request).encode(), readers)
    return answer


def _is_for_a_person(request: Request) -> bool:
    is_page = request.method == "GET" and _PAGE.fullmatch(request.scope["path"])
    return bool(is_page) and "text/html" in request.headers.get("accept", "")


def _without_token(request: Request) -> str:
    rest = [(name, value) for name, value in parse_qsl(request.url.query) if name != "token"]
    return quote(request.scope["path"]) + (f"?{urlencode(rest)}" if rest else "")


def _is_secure(request: Request) -> bool:
    """Whether the browser speaks TLS, though the proxy may not have said so."""
    public = request.app.state.settings.public_url
    is_public = host_in(request.headers.get("host", "")) == host_of(public)
    return request.url.scheme == "https" or (is_public and public.startswith("https:"))


def _private(send: Send) -> Send:
    """No cache that others use keeps the answer."""

    async def send_private(part: Message) -> None:
        if part["type"] == "http.response.start":
            headers = MutableHeaders(scope=part)
            rest = _SHARED_CACHES.sub("", headers.get("cache-control", "")).strip(", ")
            headers["Cache-Control"] = f"private, {rest}" if rest else "private"
            headers.append("Vary", "Cookie, Authorization")
        await send(part)

    return send_private
