"""The pages that a person sees, and the files that they need."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, JSONResponse
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel

import service
from service.domain import Voice
from service.errors import NotFound
from service.messages import fields
from service.narrate import Narrator
from service.web.json_ld import json_ld
from service.web.manifest import manifest, summary
from service.web.parts import READING, Speaks, base_url
from service.web.static import SmallFiles

router = APIRouter(include_in_schema=False)
voices_router = APIRouter(tags=["voices"])

_PACKAGE = Path(service.__file__).parent
_STATIC = next(
    folder for folder in (_PACKAGE / "static", _PACKAGE.parent / "static") if folder.is_dir()
)
_FRONT_ARTICLES = 50
_VOICE_FIELDS = ("id", "name", "engine", "language", "licence", "online")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_LONGEST_HINT = 300  # characters; more of them with a link at the end are a text of their own
_templates = Jinja2Templates(Path(__file__).parent / "pages")
_templates.env.globals["version"] = service.__version__

static_files = SmallFiles(_STATIC)
_templates.env.globals["made"] = static_files.name


class Shared(BaseModel):
    """What another page or app hands over (w3c.github.io/web-share-target)."""

    url: str = ""
    text: str = ""
    title: str = ""

    @property
    def source(self) -> str:
        """The link if there is one (apps put it at the end of some words), else the text."""
        text = self.text.strip()
        last_word = text.split()[-1] if 0 < len(text) <= _LONGEST_HINT else ""
        links = [link for link in (self.url.strip(), last_word) if _LINK.fullmatch(link)]
        parts = [part for part in (self.title.strip(), text) if part]
        return links[0] if links else "\n\n".join(parts)


@router.api_route("/", methods=READING)
async def front(request: Request, narrator: Speaks, shared: Annotated[Shared, Query()]) -> Response:
    """Paste text, press play; and what has been read so far. Nothing is read unasked."""
    newest = await narrator.newest(limit=_FRONT_ARTICLES)
    context = {
        "voices": await run_in_threadpool(_voices, narrator),
        "articles": [summary(narration) for narration in newest],
        "example_id": await _unless_deleted(request.app.state.example_id, narrator),
        "shared": shared.source,
    }
    return _templates.TemplateResponse(request, "front.html", context)


async def _unless_deleted(article_id: str | None, narrator: Narrator) -> str | None:
    try:
        return (await narrator.narration(article_id)).id if article_id else None
    except NotFound:
        return None


@router.api_route("/articles/{article_id}", methods=READING)
async def article(article_id: str, request: Request, narrator: Speaks) -> Response:
    """One article with its player."""
    narration = await narrator.narration(article_id)
    base = base_url(request)
    context = {
        "article": manifest(narration),
        "base": base,
        "json_ld": json_ld(narration, base),
        "origin": narration.article.site or _host(narration.article.source_url),
    }
    return _templates.TemplateResponse(request, "article.html", context)


@router.api_route("/embed/{article_id}", methods=READING)
async def embed(article_id: str, request: Request, narrator: Speaks) -> Response:
    """The player alone, for an iframe."""
    context = {
        "article": manifest(await narrator.narration(article_id)),
        "base": base_url(request),
    }
    return _templates.TemplateResponse(request, "embed.html", context)


@router.api_route("/embed.js", methods=READING)
async def embed_script(request: Request) -> Response:
    """The one script tag for other people's pages."""
    return static_files.embed(request)


@router.api_route("/sw.js", methods=READING)
async def service_worker() -> Response:
    """Saved articles offline."""
    return FileResponse(_STATIC / "sw.js", media_type="text/javascript")


@router.api_route("/manifest.webmanifest", methods=READING)
async def web_manifest() -> Response:
    """What a phone needs to install the page."""
    return FileResponse(_STATIC / "manifest.webmanifest", media_type="application/manifest+json")


@router.api_route("/robots.txt", methods=READING)
async def robots() -> Response:
    """What crawlers need not look at. Pages that they may not list say so in their own headers:
    a crawler that is kept from a page would never learn that.
    """
    return Response("User-agent: *\nDisallow: /api/\nDisallow: /v1/\n", media_type="text/plain")


@voices_router.api_route("/api/voices", methods=READING)
def voices(narrator: Speaks) -> JSONResponse:
    """Every voice, and whether it can speak here."""
    return JSONResponse({"voices": _voices(narrator)})


def _host(url: str | None) -> str | None:
    return (urlsplit(url).hostname or "").removeprefix("www.") or None if url else None


def _voices(narrator: Narrator) -> list[dict[str, object]]:
    """May take a while: a voice that is new here is tried and measured."""
    default = narrator.voices.default.id
    return [_voice(voice, default) for voice in narrator.voices.voices()]


def _voice(voice: Voice, default: str) -> dict[str, object]:
    return {name: getattr(voice, name) for name in _VOICE_FIELDS} | {
        "available": voice.unavailable is None,
        **fields("reason", voice.unavailable),
        "default": voice.id == default,
    }
