"""vorleser worker: clips for services on this machine and others, until it is told to stop."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from prometheus_client import start_http_server

from service.app import OpenParts, parts
from service.commands.descriptors import raised
from service.commands.logs import keep_secrets, log_from, tell_unknown
from service.errors import SettingsInvalid
from service.settings import Settings

log = structlog.get_logger()


def worker(*, open_parts: OpenParts = parts) -> None:
    """Makes clips for services on this machine and others, until it is told to stop."""
    settings = Settings.read()
    if not settings.is_shared:
        raise SettingsInvalid("worker-needs-database")
    if not settings.workers:
        raise SettingsInvalid("worker-idle")
    keep_secrets()
    log_from(settings.log_level)
    tell_unknown(os.environ)
    raised()
    with _telling_figures(settings):
        asyncio.run(_work_until_told_to_stop(settings, open_parts))


@contextmanager
def _telling_figures(settings: Settings) -> Iterator[None]:
    """Answers Prometheus meanwhile, if it is to. Raises SettingsInvalid."""
    if not settings.metrics_port:
        yield
        return
    try:
        server, _ = start_http_server(settings.metrics_port, addr=settings.host)
    except OSError as error:
        raise SettingsInvalid(
            "metrics-port-taken",
            host=settings.host,
            port=settings.metrics_port,
            error=error.strerror or str(error),
        ) from error
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


async def _work_until_told_to_stop(settings: Settings, open_parts: OpenParts) -> None:
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    async with open_parts(settings) as opened:
        await opened.readiness.demand_same_audio()
        log.info("Vorleser's worker is ready", voice=opened.voices.default.id)
        working = asyncio.create_task(opened.worker.run())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        await opened.worker.stop()
        await working
