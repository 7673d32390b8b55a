"""The pages that a person sees, and the files that they need."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import fastapi
from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, JSONResponse
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel, ConfigDict

import service
from service.contracts import Voices
from service.domain import Choice, Voice
from service.engines.catalogue import PLAIN_ENGINE
from service.errors import NotFound
from service.messages import fields
from service.narration.articles import Articles
from service.web import models
from service.web.described import SIGN_IN, UNCHANGED, content
from service.web.hosts import host_of
from service.web.json_ld import json_ld
from service.web.manifest import entry, lean, manifest
from service.web.parts import (
    Addressed,
    ArticleId,
    ArticlesDep,
    SamplesDep,
    VoicesDep,
    WhichDep,
    base_url,
    readable,
    root_of,
)
from service.web.ranges import Content, ranged, respond
from service.web.refusals import refused
from service.web.static import SmallFiles
from service.web.unchanged import if_changed

router = APIRouter(tags=["pages"], default_response_class=Response)
voices_router = APIRouter(tags=["voices"])

_PACKAGE = Path(service.__file__).parent
_STATIC = next(
    folder for folder in (_PACKAGE / "static", _PACKAGE.parent / "static") if folder.is_dir()
)
_FRONT_ARTICLES = 50
_VOICE_FIELDS = ("id", "name", "engine", "language", "licence", "online")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_LONGEST_HINT = 300  # characters; more of them with a link at the end are a text of their own


_VoiceId = Annotated[str, fastapi.Path(description="The id of a voice, as their list has it.")]
_MP3 = "audio/mpeg"
_PAGE = content("text/html; charset=utf-8")
_SCRIPT = content("text/javascript; charset=utf-8")


def _places(request: Request) -> dict[str, str]:
    return {"root": root_of(request), "base": base_url(request)}


_templates = Jinja2Templates(Path(__file__).parent / "pages", context_processors=[_places])
_templates.env.globals["version"] = service.__version__

static_files = SmallFiles(_STATIC)
_templates.env.globals |= {"made": static_files.name, "lean": lean}


def page(request: Request, name: str, context: Mapping[str, object]) -> Response:
    """The page of that name."""
    return _templates.TemplateResponse(request, name, dict(context))


class Shared(BaseModel):
    """What another page or app hands over (w3c.github.io/web-share-target)."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    url: str = ""
    """Address of a page."""
    text: str = ""
    """A text, or some words with an address at their end."""
    title: str = ""
    """The text's headline."""

    @property
    def source(self) -> str:
        """The link if there is one (apps put it at the end of some words), else the text."""
        text = self.text.strip()
        last_word = text.split()[-1] if 0 < len(text) <= _LONGEST_HINT else ""
        links = [link for link in (self.url.strip(), last_word) if _LINK.fullmatch(link)]
        parts = [part for part in (self.title.strip(), text) if part]
        return links[0] if links else "\n\n".join(parts)


@readable(router, "/", responses=_PAGE | UNCHANGED | SIGN_IN)
async def front_page(
    request: Request,
    articles: ArticlesDep,
    voices: VoicesDep,
    at: Addressed,
    shared: Annotated[Shared, Query()],
) -> Response:
    """Paste text, press play; and what has been read so far. Nothing is read unasked."""
    newest = await articles.listed(Choice(), limit=_FRONT_ARTICLES)
    context = {
        "voices": await run_in_threadpool(_voices, voices),
        "is_plain": voices.default.engine == PLAIN_ENGINE,
        "articles": [entry(article, at.path) for article in newest],
        "example_id": await _unless_deleted(request.app.state.example_id, articles),
        "shared": shared.source,
    }
    return if_changed(request, page(request, "front.html", context))


async def _unless_deleted(article_id: str | None, articles: Articles) -> str | None:
    try:
        return (await articles.get(article_id)).id if article_id else None
    except NotFound:
        return None


@readable(router, "/articles/{article_id}", responses=_PAGE | UNCHANGED | SIGN_IN)
async def article_page(
    which: WhichDep, request: Request, articles: ArticlesDep, at: Addressed
) -> Response:
    """One article with its player; who edits it follows an edition of his own."""
    narration = await articles.edition(*which)
    context = {
        "article": manifest(narration, at.path),
        "json_ld": json_ld(narration, at.base),
        "origin": narration.article.site or _host(narration.article.source_url),
    }
    return if_changed(request, page(request, "article.html", context))


@readable(router, "/embed/{article_id}", responses=_PAGE | UNCHANGED)
async def embedded_page(
    article_id: ArticleId, request: Request, articles: ArticlesDep, at: Addressed
) -> Response:
    """The player alone, for an iframe."""
    narration = await articles.edition(article_id)
    context = {"article": manifest(narration, at.path), "token": at.token}
    return if_changed(request, page(request, "embed.html", context))


@readable(router, "/embed.js", responses=_SCRIPT | UNCHANGED)
async def embed_script(request: Request) -> Response:
    """The one script tag for other people's pages."""
    return if_changed(request, Response(static_files.embed, media_type="text/javascript"))


@readable(router, "/sw.js", responses=_SCRIPT | UNCHANGED)
async def service_worker(request: Request) -> Response:
    """Saved articles offline."""
    return _script("sw.js", request)


@readable(router, "/manifest.webmanifest", responses=content("application/manifest+json"))
async def web_manifest() -> Response:
    """What a phone needs to install the page."""
    return FileResponse(_STATIC / "manifest.webmanifest", media_type="application/manifest+json")


@readable(router, "/robots.txt", responses=content("text/plain; charset=utf-8"))
async def robots(request: Request) -> Response:
    """What crawlers need not look at.

    Pages that they may not list say so in their own headers: a crawler that is kept from a page
    would never learn that.
    """
    root = root_of(request)
    rules = f"User-agent: *\nDisallow: {root}/api/\nDisallow: {root}/v1/\n"
    return Response(rules, media_type="text/plain")


def _script(name: str, request: Request) -> Response:
    path = _STATIC / name
    return static_files.file_response(path, path.stat(), request.scope)


@readable(voices_router, "/api/voices", response_model=models.VoiceList)
def list_voices(voices: VoicesDep) -> JSONResponse:
    """Every voice, and whether it can speak here."""
    return JSONResponse({"voices": _voices(voices)})


@readable(
    voices_router,
    "/api/voices/{voice_id}/sample.mp3",
    response_class=Response,
    responses=ranged(_MP3) | refused(502),
)
async def get_sample(voice_id: _VoiceId, request: Request, samples: SamplesDep) -> Response:
    """How the voice sounds: the same two sentences by each, so that they can be compared.

    In ranges, too: Safari plays nothing else.
    """
    sample = await samples.get(voice_id)

    async def read(start: int, end: int) -> bytes:
        return sample[start:end]

    etag, headers = sha256(sample).hexdigest()[:32], {"Cache-Control": "public, max-age=3600"}
    return await respond(request, Content(len(sample), etag, _MP3, read, headers))


def _host(url: str | None) -> str | None:
    return host_of(url or "").removeprefix("www.") or None


def _voices(voices: Voices) -> list[dict[str, object]]:
    """May take a while: a voice that is new here is tried and measured."""
    default = voices.default.id
    return [_voice(voice, default) for voice in voices.voices()]


def _voice(voice: Voice, default: str) -> dict[str, object]:
    return {name: getattr(voice, name) for name in _VOICE_FIELDS} | {
        "available": voice.unavailable is None,
        **fields("reason", voice.unavailable),
        "default": voice.id == default,
    }
