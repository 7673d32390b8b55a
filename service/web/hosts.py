"""By which names this service may be called, and which pages are its own.

A page from elsewhere can have its own name lead to this machine (DNS rebinding), and would then
read the library as its own: a name that nobody gave the service is refused.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

import idna
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from service.messages import message
from service.settings import Settings, listed
from service.web.problems import problem, shaped

_HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+(?:%\w+)?\]|[^\[\]:/?#@\\\s]+)(?::\d*)?")
PROBES = frozenset({"/healthz", "/readyz", "/metrics"})  # asked by names that nobody gives


def host_in(header: str) -> str:
    """The name or address in a Host header (RFC 9110, section 7.2), small; "" if it has none."""
    match = _HOST.fullmatch(header)
    return _as_sent(match["name"].strip("[]")) if match else ""


def host_of(address: str) -> str:
    """The name or address in a web address, small; "" if it has none."""
    try:
        return _as_sent(urlsplit(address).hostname or "")
    except ValueError:  # such as brackets around what is no IPv6 address
        return ""


def origin_of(address: str) -> tuple[str, int] | None:
    """Host and port of a web address, None where it has none. The scheme is not looked at: behind
    a proxy it need not be the one that the outside sees.
    """
    try:
        parts = urlsplit(address)
        usual = {"http": 80, "https": 443}[parts.scheme]
        port = parts.port or usual
    except (ValueError, KeyError):
        return None
    host = _as_sent(parts.hostname or "")
    return (host, 0 if port in {80, 443} else port) if host else None


def is_loopback(host: str) -> bool:
    """Whether the name or address is this machine's own."""
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def is_public(settings: Settings) -> bool:
    """Whether the operator says that the outside reaches the service."""
    return bool(settings.public_url) and not is_loopback(host_of(settings.public_url))


def named_hosts(settings: Settings) -> frozenset[str]:
    """The names of VORLESER_ALLOWED_HOSTS."""
    return frozenset(map(_as_sent, listed(settings.allowed_hosts)))


class KnownHosts:
    """ASGI middleware: who calls the service by a name that it was not given gets 421."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app = app
        addresses = [settings.public_url, *settings.embedders]
        named = {host_of(address) for address in addresses} - {""}
        self._known = named_hosts(settings) | named | {"localhost"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or refuses it."""
        app = self._app
        if scope["type"] == "http" and scope["path"] not in PROBES:
            unknown = [host for host in Headers(scope=scope).getlist("host") if not self._is(host)]
            if unknown:
                app = shaped(_misdirected(unknown[0]), scope["path"])
        await app(scope, receive, send)

    def _is(self, header: str) -> bool:
        host = host_in(header)
        return header == "" or host in self._known or _is_address(host)


def _misdirected(header: str) -> JSONResponse:
    return problem(421, message("host-unknown", host=header[:80]))


def _as_sent(host: str) -> str:
    """As browsers send it: small, in ASCII, without the dot of the root."""
    name = host.lower().removesuffix(".")
    try:
        return name if name.isascii() else idna.encode(name, uts46=True).decode()
    except idna.IDNAError:
        return name


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
