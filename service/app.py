"""Composition root: where the parts are built and wired (its voices in voices.py)."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from functools import partial
from importlib import resources

import structlog
from fastapi import FastAPI

import service
from service import reading
from service.contracts import Jobs
from service.engines.catalogue import Catalogue
from service.errors import SettingsInvalid, StoreError, UnknownVoice, VorleserError
from service.jobs.queue import MemoryJobs
from service.narrate import Narrator
from service.notify.webhooks import Hook, Webhooks
from service.settings import Settings
from service.store.audio import open_audio
from service.store.database import connect
from service.store.library import open_library
from service.voices import catalogue, lexicon
from service.web import articles, audio, feed, health, oembed, problems, site, speech, texts
from service.web.headers import SecurityHeaders
from service.web.limits import DeclaredLength, Throttle
from service.web.manifest import summary
from service.web.packing import Packed
from service.work import work

log = structlog.get_logger()

_LARGEST_FILE = 32 << 20  # bytes; a book with its pictures

Parts = Callable[[Settings], AbstractAsyncContextManager[Narrator]]


@asynccontextmanager
async def parts(
    settings: Settings, *, open_voices: Callable[[Settings], Catalogue] | None = None
) -> AsyncIterator[Narrator]:
    """The parts of a service or a worker, opened and closed again. Raises VorleserError."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsInvalid("data-dir-unusable", error=str(error)) from error
    voices = (open_voices or catalogue)(settings)
    _check_fallback(voices, settings.fallback_voice)
    library = await open_library(settings.database)
    try:
        async with _jobs(settings) as jobs:
            yield Narrator(
                library=library,
                audio=await open_audio(settings.audio),
                jobs=jobs,
                voices=voices,
                max_chars=settings.max_article_chars,
                lexicon=lexicon(settings),
                fallback_voice=settings.fallback_voice or None,
                spoken_notice=settings.spoken_notice,
            )
    finally:
        await library.close()
        await asyncio.to_thread(voices.close)


def _check_fallback(voices: Catalogue, voice: str) -> None:
    """Raises SettingsInvalid now, not when its help is needed."""
    try:
        if voice:
            voices.voice(voice)
    except UnknownVoice as error:
        raise SettingsInvalid("fallback-voice-unusable", reason=error.message) from error


@asynccontextmanager
async def _jobs(settings: Settings) -> AsyncIterator[Jobs]:
    at_once = settings.workers and settings.workers + 1  # one encodes while the others speak
    if settings.is_shared:
        from service.jobs.postgres import shared_jobs  # noqa: PLC0415 (loads asyncpg)

        async with shared_jobs(partial(connect, settings.database), workers=at_once) as jobs:
            yield jobs
    elif at_once:
        yield MemoryJobs(workers=at_once)
    else:
        raise SettingsInvalid("workers-elsewhere")


def build(settings: Settings | None = None, *, open_parts: Parts = parts) -> FastAPI:
    """The web application; it opens its parts when it starts and closes them when it ends."""
    settings = settings or Settings.read()
    limit = max(4 * settings.max_article_chars + (1 << 16), 5 << 20)  # bytes of a request's body
    file_limit = max(limit, _LARGEST_FILE)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_parts(settings) as quiet, _heralded(quiet, settings) as narrator:
            app.state.narrator = narrator
            making = asyncio.create_task(_make_clips(narrator))
            app.state.example_id = await _example(quiet)
            warming = asyncio.create_task(_warm(narrator))
            log.info("Vorleser is ready", voice=narrator.voices.default.id)
            yield
            narrator.progress.close()
            await narrator.jobs.close()
            await asyncio.gather(making, warming)

    app = FastAPI(
        title="Vorleser",
        version=service.__version__,
        summary="Reads German articles aloud",
        lifespan=lifespan,
        docs_url=None,  # its page loads scripts from elsewhere; /openapi.json stays
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.longest_body = limit
    app.state.throttle = Throttle(settings.writes_per_minute)
    app.add_middleware(DeclaredLength, limit=limit, file_limit=file_limit)
    app.add_middleware(Packed)
    app.add_middleware(
        SecurityHeaders,
        embedders=settings.allowed_embed_origins,
        allow_indexing=settings.allow_indexing,
    )
    problems.install(app)
    app.include_router(articles.router, max_body_size=file_limit)
    for module in (audio, texts, feed, oembed, speech, health, site):
        app.include_router(module.router, max_body_size=limit)
    app.include_router(site.voices_router)
    app.mount("/static", site.static_files)
    return app


@asynccontextmanager
async def _heralded(narrator: Narrator, settings: Settings) -> AsyncIterator[Narrator]:
    """The narrator with someone who tells others what it has done, if anyone is to be told."""
    if not settings.webhook_url:
        yield narrator
        return
    hook = Hook(
        settings.webhook_url,
        settings.webhook_key,
        base=settings.public_url.rstrip("/"),
        allow_private=settings.allow_private_fetch,
    )
    webhooks = Webhooks(narrator.library, hook, summary=summary)
    telling = asyncio.create_task(webhooks.run())
    try:
        yield replace(narrator, herald=webhooks)
    finally:
        telling.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await telling


async def _make_clips(narrator: Narrator) -> None:
    with contextlib.suppress(StoreError):  # the next start tries again
        await narrator.respell()
    await work(narrator)


async def _warm(narrator: Narrator) -> None:
    """Has a local voice say a word to nobody, so that its first listener need not wait for it."""
    with contextlib.suppress(VorleserError):
        voice = narrator.voices.default
        if not voice.online:
            speak = narrator.voices.engine(voice.id).speak
            await asyncio.to_thread(speak, "Ja.", voice=voice.id)


async def _example(narrator: Narrator) -> str | None:
    """Id of the example article that a new library begins with; None once it is deleted."""
    text = resources.files("service").joinpath("example.txt").read_text("utf-8")
    article = reading.read_text(text)
    newest = await narrator.newest(limit=1)
    if not newest:
        narration, _ = await narrator.narrate(article)
        return narration.id
    return newest[0].id if newest[0].article.title == article.title else None
