"""Composition root: where the parts are built and wired (its voices in from_settings.py)."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache, partial
from importlib import resources

import structlog
from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

import service
from service import reading
from service.contracts import Jobs, Voices, Work
from service.domain import JobKind
from service.engines.catalogue import PLAIN_ENGINE, Catalogue
from service.engines.installing import Installer
from service.errors import SettingsInvalid, UnknownVoice, VorleserError
from service.from_settings import catalogue, lexicon
from service.jobs.queue import MemoryJobs
from service.narration.articles import Articles
from service.narration.parts import Parts, Stores, wired
from service.narration.writing import Writer
from service.notify.webhooks import Hook, Webhooks
from service.settings import Settings, listed
from service.store.audio import open_audio
from service.store.database import connect
from service.store.folder import prepare
from service.store.library import open_library
from service.web import (
    articles,
    audio,
    collections,
    docs,
    downloads,
    feed,
    health,
    oembed,
    pictures,
    problems,
    sign_in,
    site,
    speech,
    subscribing,
    texts,
    tokens,
    words,
)
from service.web.desk import Desk
from service.web.encodings import Unpacked
from service.web.headers import SecurityHeaders, cross_origin
from service.web.hosts import KnownHosts
from service.web.limits import DeclaredLength, PrintablePaths, Throttle
from service.web.manifest import summary
from service.web.metrics import Metrics
from service.web.mounting import Mounted, Unmounted
from service.web.newsroom import Newsroom
from service.web.openapi import TAGS, SelfDescribed
from service.web.packing import Packed
from service.web.people import PagesForPeople
from service.web.problems import LastResort
from service.web.readers import ReadersOnly
from service.web.unchanged import Sightings

log = structlog.get_logger()

_LOST = (
    "the library is empty, but there is audio beside it: if articles were here, stop the service, "
    "and restore a backup or put library.db back with its library.db-wal; if all were deleted, "
    "vorleser prune frees the audio"
)
_LARGEST_FILE = 32 << 20  # bytes; a book with its pictures

_ROUTES = (  # in the order in which they are tried: what is asked for most comes first
    audio,
    articles,
    words,
    collections,
    downloads,
    texts,
    feed,
    subscribing,
    oembed,
    pictures,
    speech,
    health,
    site,
    sign_in,
    docs,
    tokens,
)

OpenParts = Callable[[Settings], AbstractAsyncContextManager[Parts]]


@asynccontextmanager
async def parts(
    settings: Settings, *, open_voices: Callable[[Settings], Catalogue] | None = None
) -> AsyncIterator[Parts]:
    """The parts of a service or a worker, opened and closed again. Raises VorleserError."""
    prepare(settings.data_dir, has_library=not settings.is_shared)
    voices = (open_voices or catalogue)(settings)
    _check_fallback(voices, settings.fallback_voice)
    library = await open_library(settings.database)
    try:
        async with _jobs(settings) as jobs:
            opened = wired(
                Stores(library, await open_audio(settings.audio), jobs),
                writer=Writer(
                    voices,
                    lexicon=lexicon(settings),
                    max_chars=settings.max_article_chars,
                    spoken_notice=settings.spoken_notice,
                ),
                fallback_voice=settings.fallback_voice or None,
                announces=bool(settings.webhook_url),
                workers=settings.workers and settings.workers + 1,  # one encodes meanwhile
            )
            _schedule(opened, settings)
            yield opened
    finally:
        await library.close()
        await asyncio.to_thread(voices.close)


def _schedule(parts: Parts, settings: Settings) -> None:
    """Has the worker prune by itself, if it is to."""
    if not settings.prune_schedule:
        return

    async def prune(_: str) -> None:
        freed = await parts.pruning.prune(settings.cache_max_bytes)
        log.info("audio was freed that no article uses", bytes=freed)

    parts.worker.works[JobKind.PRUNE] = Work(prune)
    parts.worker.schedules[JobKind.PRUNE] = settings.prune_schedule


def _check_fallback(voices: Catalogue, voice: str) -> None:
    """Raises SettingsInvalid now, not when its help is needed."""
    try:
        if voice:
            voices.voice(voice)
    except UnknownVoice as error:
        raise SettingsInvalid("fallback-voice-unusable", reason=error.message) from error


@asynccontextmanager
async def _jobs(settings: Settings) -> AsyncIterator[Jobs]:
    if settings.is_shared:
        from service.jobs.postgres import shared_jobs  # noqa: PLC0415 (loads asyncpg)

        async with shared_jobs(partial(connect, settings.database)) as jobs:
            yield jobs
    elif settings.workers:
        yield MemoryJobs()
    else:
        raise SettingsInvalid("workers-elsewhere")


def build(
    settings: Settings | None = None, *, open_parts: OpenParts = parts, has_example: bool = True
) -> FastAPI:
    """The web application; it opens its parts when it starts and closes them when it ends.

    A new library begins with the example, unless that is not wanted.
    """
    settings = settings or Settings.read()
    limit = max(4 * settings.max_article_chars + (1 << 16), 5 << 20)  # bytes of a request's body
    file_limit = max(limit, _LARGEST_FILE)

    app = SelfDescribed(
        title="Vorleser",
        version=service.__version__,
        summary="Reads German articles aloud",
        lifespan=partial(
            _living, settings=settings, open_parts=open_parts, has_example=has_example
        ),
        openapi_url=None,  # FastAPI's pages load scripts from elsewhere: ours are in web/docs.py
        openapi_tags=TAGS,
    )
    app.state.settings = settings
    app.state.end = lambda: None  # how the server is told to end
    app.state.hang_up = lambda: None  # how followers are told that it ends
    app.state.longest_body = limit
    app.state.desk = Desk()
    app.state.installer = Installer(settings.data_dir / "voices")
    app.state.metrics = Metrics()
    app.state.newsroom = Newsroom(settings.max_followers)
    app.state.throttle = Throttle(settings.writes_per_minute)
    app.state.sightings = Sightings()
    _guard(app, settings, limit=limit, file_limit=file_limit)
    problems.install(app)
    app.router.routes.extend(_routes(limit, file_limit))
    app.mount("/static", site.static_files)
    return app


@cache
def _routes(limit: int, file_limit: int) -> list[BaseRoute]:
    """All that is answered; it costs more to make than the rest of an app, so apps share it."""
    router = APIRouter(generate_unique_id_function=lambda route: route.name)
    for module in _ROUTES:
        longest = file_limit if module is articles else limit
        router.include_router(module.router, max_body_size=longest)
    router.include_router(site.voices_router)
    return router.routes


def _guard(app: FastAPI, settings: Settings, *, limit: int, file_limit: int) -> None:
    """Puts around the app what every request and answer passes, from the inside out."""
    app.add_middleware(Mounted)
    if settings.read_keys:
        app.add_middleware(ReadersOnly, settings=settings)
    app.add_middleware(LastResort)
    app.add_middleware(Unpacked, limit=file_limit)
    app.add_middleware(DeclaredLength, limit=limit, file_limit=file_limit)
    app.add_middleware(PrintablePaths)
    app.add_middleware(PagesForPeople)
    app.add_middleware(KnownHosts, settings=settings)
    app.add_middleware(Packed)
    if settings.cors_origins:
        app.add_middleware(cross_origin, origins=listed(settings.cors_origins))
    app.add_middleware(
        SecurityHeaders,
        embedders=settings.embedders,
        allow_indexing=settings.allow_indexing,
        is_private=bool(settings.read_keys),
    )
    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=listed(settings.trusted_proxies))
    app.add_middleware(Unmounted, settings=settings)  # looks at who asks before that is replaced


@asynccontextmanager
async def _living(
    app: FastAPI, *, settings: Settings, open_parts: OpenParts, has_example: bool
) -> AsyncIterator[None]:
    """From the opening of the parts to their closing; ends the server when they are lost."""
    async with open_parts(settings) as opened:
        async with _notifying(opened, settings):
            app.state.parts, app.state.hang_up = opened, opened.channels.close
            working = asyncio.create_task(_work(opened))
            working.add_done_callback(lambda _: app.state.end())
            if await opened.readiness.has_lost_library():
                log.warning(_LOST, folder=str(settings.data_dir.absolute()))
            app.state.example_id = await _example(opened.articles) if has_example else None
            warming = asyncio.create_task(_warm(opened.voices))
            readers = asyncio.create_task(asyncio.to_thread(reading.warm))
            voice = opened.voices.default
            log.info("Vorleser is ready", voice=voice.id)
            if voice.engine == PLAIN_ENGINE:
                log.info("a voice that sounds natural: vorleser voices install supertonic")
            yield
            app.state.installer.close()
        await opened.worker.stop()
        await asyncio.gather(working, warming, readers)


@asynccontextmanager
async def _notifying(parts: Parts, settings: Settings) -> AsyncIterator[None]:
    """Has others told what becomes of articles, if anyone is to be told."""
    if not settings.webhook_url:
        yield
        return
    hook = Hook(
        settings.webhook_url,
        settings.webhook_key,
        base=settings.public_url.rstrip("/"),
        allow_private=settings.allow_private_fetch,
    )
    webhooks = Webhooks(parts.library, hook, parts.jobs, summary=summary)
    parts.worker.works[JobKind.WEBHOOK] = webhooks.work
    parts.broadcast.when_settled(webhooks.notify)
    sending = asyncio.create_task(webhooks.run())
    try:
        yield
    finally:
        sending.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await sending


async def _work(parts: Parts) -> None:
    try:
        await parts.rewriting.respell()
    except Exception:  # what is left is written anew at the next start
        log.exception("articles were not all written anew for the lexicon")
    await parts.worker.run()


async def _warm(voices: Voices) -> None:
    """Has a local voice say a word to nobody, so that its first listener need not wait for it."""
    with contextlib.suppress(VorleserError):
        voice = voices.default
        if not voice.online:
            speak = voices.engine(voice.id).speak
            await asyncio.to_thread(speak, "Ja.", voice=voice.id)


async def _example(articles: Articles) -> str | None:
    """Id of the example article that a new library begins with; None once it is deleted."""
    text = resources.files("service").joinpath("example.txt").read_text("utf-8")
    article = reading.read_text(text)
    newest = await articles.newest(limit=1)
    if not newest:
        narration, _ = await articles.post(article, is_news=False)
        return narration.id
    return newest[0].id if newest[0].article.title == article.title else None
