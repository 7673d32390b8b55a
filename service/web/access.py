"""Who may write: holders of an API key, or without keys this machine alone.

Pages of embedders that the operator names may, besides, have themselves read.
"""

from __future__ import annotations

import json
import secrets
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request

from service.settings import Settings
from service.web.bodies import body_of
from service.web.hosts import host_in, host_of, is_loopback, is_public
from service.web.limits import Throttle
from service.web.parts import Configured
from service.web.problems import Refusal

_OF_PROXIES = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


def may_write(request: Request, settings: Configured) -> None:
    """Raises 401, 403 or 429 where the request must not change anything."""
    keys = _keys(settings)
    if not keys:
        return _only_this_machine(request, settings)
    if _has_key(request, keys):
        return None
    _throttle(request).admit("no right key", _address(request))
    raise Refusal(401, "key-needed", headers={"WWW-Authenticate": "Bearer"})


async def may_post(request: Request, settings: Configured) -> None:
    """As may_write, or a page of a named embedder asks for nothing but a page of its own site."""
    if _has_key(request, _keys(settings)) or not await _asks_for_itself(request, settings):
        return may_write(request, settings)
    _throttle(request).admit("a page for itself", _address(request))
    return None


def _keys(settings: Settings) -> list[bytes]:
    return [key.strip().encode() for key in settings.api_keys.split(",") if key.strip()]


def _has_key(request: Request, keys: list[bytes]) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    key = given.strip().encode("latin-1")  # the bytes as they came
    is_known = [secrets.compare_digest(key, known) for known in keys]
    return scheme.lower() == "bearer" and any(is_known)


def _throttle(request: Request) -> Throttle:
    throttle: Throttle = request.app.state.throttle
    return throttle


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


async def _asks_for_itself(request: Request, settings: Settings) -> bool:
    origin = request.headers.get("origin", "")
    if origin not in settings.allowed_embed_origins.split():
        return False
    try:
        asked = json.loads(await body_of(request))
        url = urlsplit(asked["url"])
    except (ValueError, TypeError, KeyError, AttributeError):
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


Writer = Annotated[None, Depends(may_write)]
Poster = Annotated[None, Depends(may_post)]
