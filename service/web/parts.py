"""What every route may use: the parts that the app was built from."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, NamedTuple, TypeVar

from anyascii import anyascii
from fastapi import APIRouter, Depends, Request
from pydantic import AfterValidator, Field

from service.contracts import Voices
from service.narration.articles import Articles
from service.narration.channels import Channels
from service.narration.listening import Listening
from service.narration.parts import Parts
from service.narration.readiness import Readiness
from service.narration.renditions import Renditions
from service.narration.writing import Writer
from service.settings import Settings
from service.web.problems import fault

_Route = TypeVar("_Route", bound=Callable[..., object])
EditionNumber = Annotated[int, Field(ge=1, lt=1 << 31)]
_SLUG = re.compile(r"(?=.{1,64}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")


async def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


async def _articles(parts: Annotated[Parts, Depends(_parts)]) -> Articles:
    return parts.articles


async def _listening(parts: Annotated[Parts, Depends(_parts)]) -> Listening:
    return parts.listening


async def _renditions(parts: Annotated[Parts, Depends(_parts)]) -> Renditions:
    return parts.renditions


async def _channels(parts: Annotated[Parts, Depends(_parts)]) -> Channels:
    return parts.channels


async def _readiness(parts: Annotated[Parts, Depends(_parts)]) -> Readiness:
    return parts.readiness


async def _voices(parts: Annotated[Parts, Depends(_parts)]) -> Voices:
    return parts.voices


async def _writer(parts: Annotated[Parts, Depends(_parts)]) -> Writer:
    return parts.writer


class Which(NamedTuple):
    """An article, and one of its editions; without a number the one that listeners get."""

    article_id: str
    edition: int | None


async def _which(article_id: str, edition: EditionNumber | None = None) -> Which:
    return Which(article_id, edition)


async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _slug(name: str) -> str:
    if not _SLUG.fullmatch(name):
        raise fault("collection-name", name=name[:80])
    return name


def slug(title: str) -> str:
    """A collection's name from any title."""
    name = "-".join(re.findall(r"[a-z0-9]+", anyascii(title).lower()))
    return name[:64].strip("-") or "buch"


def readable(router: APIRouter, path: str) -> Callable[[_Route], _Route]:
    """A route that answers GET, and HEAD, which goes without saying in the OpenAPI."""

    def add(function: _Route) -> _Route:
        router.get(path)(function)
        router.head(path, include_in_schema=False)(function)
        return function

    return add


_IN_WORDS = {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 64}
Slug = Annotated[str, AfterValidator(_slug), Field(json_schema_extra=_IN_WORDS)]
ArticlesDep = Annotated[Articles, Depends(_articles)]
WhichDep = Annotated[Which, Depends(_which)]
ListeningDep = Annotated[Listening, Depends(_listening)]
RenditionsDep = Annotated[Renditions, Depends(_renditions)]
ChannelsDep = Annotated[Channels, Depends(_channels)]
ReadinessDep = Annotated[Readiness, Depends(_readiness)]
VoicesDep = Annotated[Voices, Depends(_voices)]
WriterDep = Annotated[Writer, Depends(_writer)]
Configured = Annotated[Settings, Depends(_settings)]


def base_url(request: Request) -> str:
    """Address of the service as this client sees it, without a trailing slash."""
    settings: Settings = request.app.state.settings
    return (settings.public_url or str(request.base_url)).rstrip("/")
