"""The commands that run the parts: serve, worker, prune."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from types import FrameType

import structlog
import uvicorn
from fastapi import FastAPI

from service.app import Parts, build, parts
from service.errors import ClipDamaged, SettingsInvalid
from service.narrate import Narrator
from service.settings import Settings
from service.work import work

log = structlog.get_logger()


def serve(given: dict[str, object], *, open_parts: Parts = parts) -> None:
    """Runs the service until it is told to stop; `given` are settings from the command line."""
    settings = Settings.read(**given)
    _keep_secrets()
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


def worker(*, open_parts: Parts = parts) -> None:
    """Makes clips for services on this machine and others, until it is told to stop."""
    settings = Settings.read()
    if not settings.is_shared:
        raise SettingsInvalid(
            "A worker needs the database of its service: set VORLESER_DATABASE_URL=postgresql://… "
            "and VORLESER_AUDIO_STORE for both alike. With SQLite the service speaks by itself."
        )
    if not settings.workers:
        raise SettingsInvalid("VORLESER_WORKERS=0 leaves a worker nothing to do: set it higher.")
    _keep_secrets()
    asyncio.run(_work_until_told_to_stop(settings, open_parts))


def prune() -> int:
    """Frees audio that no article uses, down to the size limit; returns the bytes freed."""
    settings = Settings.read()

    async def run() -> int:
        async with parts(settings) as narrator:
            return await narrator.prune(settings.cache_max_bytes)

    return asyncio.run(run())


async def _work_until_told_to_stop(settings: Settings, open_parts: Parts) -> None:
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    async with open_parts(settings) as narrator:
        await _demand_same_audio(narrator)
        log.info("Vorleser's worker is ready", voice=narrator.voices.default.id)
        working = asyncio.create_task(work(narrator))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        await narrator.jobs.close()
        await working
        stopping.cancel()


async def _demand_same_audio(narrator: Narrator) -> None:
    """Raises SettingsInvalid when this worker would put audio where no service looks for it."""
    articles = await narrator.newest(limit=3)
    clips = [line.clip for article in articles for line in article.lines if line.clip][:3]
    for clip in clips:
        with contextlib.suppress(ClipDamaged):
            await narrator.audio.get_range(clip.sha256, start=0, end=1)
            return
    if clips:
        raise SettingsInvalid(
            "Nothing of what was spoken is in this worker's audio store: "
            "set VORLESER_AUDIO_STORE (and AWS_ENDPOINT_URL) as for the service."
        )


def _keep_secrets() -> None:
    """Logs tracebacks without the values of variables, which may be keys or passwords."""
    structlog.dev.ConsoleRenderer.get_active().exception_formatter = structlog.dev.plain_traceback


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
