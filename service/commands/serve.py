"""vorleser serve: the service, until it is told to stop."""

from __future__ import annotations

import socket
from types import FrameType

import uvicorn
from fastapi import FastAPI

from service.app import Parts, build, parts
from service.commands.logs import keep_secrets
from service.settings import Settings


def serve(given: dict[str, object], *, open_parts: Parts = parts) -> None:
    """Runs the service until it is told to stop; `given` are settings from the command line."""
    settings = Settings.read(**given)
    keep_secrets()
    app = build(settings, open_parts=open_parts)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        access_log=False,
        timeout_graceful_shutdown=3,
        # longer than proxies and clients hold theirs: else one asks just as it is closed
        timeout_keep_alive=75,
        lifespan="off",  # the server below opens the parts itself
    )
    _Server(config, app).run()


class _Server(uvicorn.Server):
    """Fails with the error of the part that cannot be opened, and ends event streams first."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._app = app

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        with self.capture_signals():
            async with self._app.router.lifespan_context(self._app):
                await self._serve(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if hasattr(self._app.state, "narrator"):
            self._app.state.narrator.progress.close()
        super().handle_exit(sig, frame)
