"""vorleser worker: clips for services on this machine and others, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal

import structlog

from service.app import Parts, parts
from service.commands.logs import keep_secrets
from service.errors import ClipDamaged, SettingsInvalid
from service.narrate import Narrator
from service.settings import Settings
from service.work import work

log = structlog.get_logger()


def worker(*, open_parts: Parts = parts) -> None:
    """Makes clips for services on this machine and others, until it is told to stop."""
    settings = Settings.read()
    if not settings.is_shared:
        raise SettingsInvalid("worker-needs-database")
    if not settings.workers:
        raise SettingsInvalid("worker-idle")
    keep_secrets()
    asyncio.run(_work_until_told_to_stop(settings, open_parts))


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
        raise SettingsInvalid("worker-other-store")
