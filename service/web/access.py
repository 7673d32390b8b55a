"""Who may write: holders of an API key, or without keys this machine alone.

Pages of embedders that the operator names may, besides, have themselves read.
"""

from __future__ import annotations

import json
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from service.settings import Settings
from service.web.bodies import body_of
from service.web.hosts import host_in, host_of, is_loopback, is_public
from service.web.keys import Keys
from service.web.limits import Throttle
from service.web.parts import Configured
from service.web.problems import Refusal

_KEY = HTTPBearer(
    scheme_name="apiKey",
    description="One of VORLESER_API_KEYS, for everything; without any, this machine may write.",
    auto_error=False,
)
Shown = Annotated[object, Security(_KEY)]  # tells the OpenAPI; what counts are the bytes of it
_OF_PROXIES = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


def may_write(request: Request, settings: Configured, _: Shown = None) -> None:
    """Raises 401, 403 or 429 where the request must not change anything."""
    keys = Keys(settings.api_keys)
    if not keys:
        return _only_this_machine(request, settings)
    if keys.has(bearer(request)):
        return None
    count_failure(request)
    raise Refusal(401, "key-needed", headers={"WWW-Authenticate": "Bearer"})


def is_writer(request: Request, settings: Settings) -> bool:
    """Whether the request may change things; who shows no key has not failed with one."""
    if Keys(settings.api_keys) and not bearer(request):
        return False
    try:
        may_write(request, settings)
    except Refusal:
        return False
    return True


async def may_post(request: Request, settings: Configured, _: Shown = None) -> None:
    """As may_write, or a page of a named embedder asks for nothing but a page of its own site."""
    has_key = Keys(settings.api_keys).has(bearer(request))
    if has_key or not await _asks_for_itself(request, settings):
        return may_write(request, settings)
    _throttle(request).admit("a page for itself", _address(request))
    return None


def may_speak(request: Request, settings: Configured, _: Shown = None) -> None:
    """Speech alone is for everyone who may read, unless reading needs a key: then as may_write."""
    if settings.read_keys:
        may_write(request, settings)


def bearer(request: Request) -> bytes:
    """The key of the Authorization header (RFC 6750), as its bytes came; empty without one."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return given.strip().encode("latin-1") if scheme.lower() == "bearer" else b""


def count_failure(request: Request) -> None:
    """Takes note of a wrong key. Raises 429 when there were too many from this address."""
    _throttle(request).admit("no right key", _address(request))


def _throttle(request: Request) -> Throttle:
    throttle: Throttle = request.app.state.throttle
    return throttle


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


async def _asks_for_itself(request: Request, settings: Settings) -> bool:
    origin = request.headers.get("origin", "")
    if origin not in settings.embedders:
        return False
    try:
        asked = json.loads(await body_of(request))
        url = urlsplit(asked["url"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return False
    return len(asked) == 1 and f"{url.scheme}://{url.netloc}" == origin


def _only_this_machine(request: Request, settings: Settings) -> None:
    """Programs on this machine and the service's own pages in its browsers: no others' pages."""
    if is_public(settings):
        raise Refusal(403, "keys-missing")
    if not (_is_from_here(request, settings) and _is_no_foreign_page(request, settings)):
        raise Refusal(403, "only-this-machine")


def _is_from_here(request: Request, settings: Settings) -> bool:
    """What came through a proxy is not: it answers for whoever asks it."""
    host = host_in(request.headers.get("host", "")) or request.url.hostname or ""
    return (
        not any(name in request.headers for name in _OF_PROXIES)
        and is_loopback(_address(request))
        and (is_loopback(host) or host == host_of(settings.public_url))
    )


def _is_no_foreign_page(request: Request, settings: Settings) -> bool:
    """Browsers say from which page they write (Fetch standard; Fetch Metadata), programs do not."""
    origin = request.headers.get("origin")
    own = {f"{request.url.scheme}://{request.headers.get('host', '')}"}
    if settings.public_url:
        parts = urlsplit(settings.public_url)
        own.add(f"{parts.scheme}://{parts.netloc}")
    site = request.headers.get("sec-fetch-site", "none")
    if origin is None:
        return site in {"none", "same-origin"}
    return origin in own


MayWrite = Annotated[None, Depends(may_write)]
MayPost = Annotated[None, Depends(may_post)]
