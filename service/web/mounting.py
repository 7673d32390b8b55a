"""The service under a path of its host, as a proxy passes it on."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from service.settings import Settings, listed

_PREFIX = re.compile(r"(?:/[\w.~-]+)+")


class Unmounted:
    """ASGI middleware: takes the path that the service is under from that of the request.

    It is that of VORLESER_PUBLIC_URL, or what a trusted proxy says in X-Forwarded-Prefix. A proxy
    may have taken it off already, or not. It is kept as ASGI's `root_path`.
    """

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app = app
        self._own = urlsplit(settings.public_url).path.rstrip("/")
        self._trusted = list(map(ipaddress.ip_network, listed(settings.trusted_proxies)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        if scope["type"] == "http":
            root, path = self._root(scope), scope["path"]
            if path == root or path.startswith(f"{root}/"):
                path = path.removeprefix(root) or "/"
            scope = {**scope, "root_path": root, "path": path}
        await self._app(scope, receive, send)

    def _root(self, scope: Scope) -> str:
        """Several proxies name their parts one after the other."""
        parts = Headers(scope=scope).get("x-forwarded-prefix", "").split(",")
        prefix = "".join(part.strip().rstrip("/") for part in parts)
        return prefix if _PREFIX.fullmatch(prefix) and self._is_trusted(scope) else self._own

    def _is_trusted(self, scope: Scope) -> bool:
        try:
            address = ipaddress.ip_address((scope.get("client") or ("",))[0])
        except ValueError:
            return False
        return any(address in network for network in self._trusted)


class Mounted:
    """ASGI middleware: gives the app the whole path again, as ASGI wants it beside `root_path`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        if scope["type"] == "http":
            scope = {**scope, "path": f"{scope['root_path']}{scope['path']}"}
        await self._app(scope, receive, send)
