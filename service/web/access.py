"""Who may write: holders of an API key, or without keys this machine alone.

Pages of embedders that the operator names may, besides, have themselves read.
"""

from __future__ import annotations

import ipaddress
import json
import secrets
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request

from service.settings import Settings
from service.web.limits import Throttle
from service.web.parts import Configured
from service.web.problems import Refusal


def may_write(request: Request, settings: Configured) -> None:
    """Raises 401, 403 or 429 where the request must not change anything."""
    keys = [key.strip() for key in settings.api_keys.split(",") if key.strip()]
    if not keys:
        return _only_this_machine(request, settings)
    throttle: Throttle = request.app.state.throttle
    throttle.admit(request.client.host if request.client else "")
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    is_known = [secrets.compare_digest(given.encode(), key.encode()) for key in keys]
    if scheme.lower() != "bearer" or not any(is_known):
        raise Refusal(401, "key-needed", headers={"WWW-Authenticate": "Bearer"})
    return None


async def may_post(request: Request, settings: Configured) -> None:
    """As may_write, or a page of a named embedder asks for nothing but a page of its own site."""
    if not await _asks_for_itself(request, settings):
        return may_write(request, settings)
    throttle: Throttle = request.app.state.throttle
    throttle.admit(request.client.host if request.client else "")
    return None


async def _asks_for_itself(request: Request, settings: Settings) -> bool:
    origin = request.headers.get("origin", "")
    if origin not in settings.allowed_embed_origins.split():
        return False
    try:
        asked = json.loads(await request.body())
        url = urlsplit(asked["url"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    return len(asked) == 1 and f"{url.scheme}://{url.netloc}" == origin


def _only_this_machine(request: Request, settings: Settings) -> None:
    """Loopback clients, and no foreign web page that makes a local browser its tool."""
    own = {"localhost", urlsplit(settings.public_url).hostname}
    hosts = [request.client.host if request.client else "", request.url.hostname or ""]
    if origin := request.headers.get("origin"):
        hosts.append(urlsplit(origin).hostname or "")
    if not _is_loopback(hosts[0]) or not all(_is_loopback(host) or host in own for host in hosts):
        raise Refusal(403, "only-this-machine")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


Writer = Annotated[None, Depends(may_write)]
Poster = Annotated[None, Depends(may_post)]
