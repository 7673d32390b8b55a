"""vorleser serve: the service, until it is told to stop."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import nullcontext
from functools import partial
from types import FrameType
from typing import cast

import structlog
import uvicorn
from fastapi import FastAPI

from service.app import OpenParts, build, parts
from service.commands.descriptors import for_connections, raised
from service.commands.logs import keep_secrets, log_from, server_logs, tell_unknown
from service.errors import SettingsInvalid
from service.settings import Settings
from service.store.folder import held
from service.web.connections import Guarded, Limits
from service.web.hosts import is_public

log = structlog.get_logger()

_SWITCH_S = 0.0005  # how long a thread computes while the loop has to answer; Python's own is 5 ms


def serve(given: dict[str, object], *, open_parts: OpenParts = parts) -> None:
    """Runs the service until it is told to stop; `given` are settings from the command line."""
    settings = Settings.read(**given)
    keep_secrets()
    log_from(settings.log_level)
    tell_unknown(os.environ)
    if is_public(settings) and not settings.api_keys.strip(" ,"):
        log.warning("nobody may write: VORLESER_PUBLIC_URL needs VORLESER_API_KEYS beside it")
    app = build(settings, open_parts=open_parts)
    most = for_connections(raised(), wanted=settings.max_connections)
    config = uvicorn.Config(
        app,
        http=cast("type[Guarded]", partial(Guarded, limits=Limits(most))),
        backlog=128,  # what is taken at once, before it can be refused
        host=settings.host,
        port=settings.port,
        access_log=False,
        log_config=server_logs(),
        proxy_headers=False,  # the app believes VORLESER_TRUSTED_PROXIES alone
        timeout_graceful_shutdown=3,
        # longer than proxies and clients hold theirs: else one asks just as it is closed
        timeout_keep_alive=75,
        lifespan="off",  # the server below opens the parts itself
    )
    _demand_free(settings)
    sys.setswitchinterval(_SWITCH_S)
    with nullcontext() if settings.is_shared else held(settings.data_dir):
        _Server(config, app).run(_dual_stack(settings))


def _demand_free(settings: Settings) -> None:
    """Raises SettingsInvalid where it cannot listen, before anything is opened."""
    try:
        places = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
        for family, kind, protocol, _, address in places:
            with socket.socket(family, kind, protocol) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
    except OSError as error:
        raise SettingsInvalid(
            "address-taken",
            host=settings.host,
            port=settings.port,
            error=error.strerror or str(error),
        ) from error


def _dual_stack(settings: Settings) -> list[socket.socket] | None:
    """A socket for IPv6 and IPv4 where `::` is asked for, which asyncio takes for IPv6 alone."""
    if settings.host != "::" or not socket.has_dualstack_ipv6():
        return None
    place = ("::", settings.port)
    log.info("Vorleser listens on all addresses, IPv4 and IPv6", port=settings.port)
    return [socket.create_server(place, family=socket.AF_INET6, dualstack_ipv6=True)]


class _Server(uvicorn.Server):
    """Fails with the error of the part that cannot be opened, and ends event streams first."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._app = app
        app.state.end = self._end

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        with self.capture_signals():
            async with self._app.router.lifespan_context(self._app):
                await self._serve(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._app.state.hang_up()
        super().handle_exit(sig, frame)

    def _end(self) -> None:
        self.should_exit = True
