"""What every route may use: the parts that the app was built from."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple, TypeVar
from urllib.parse import quote, urlsplit

from anyascii import anyascii
from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import AfterValidator, Field

from service.contracts import CollectionStore, TokenStore, Voices
from service.domain import ArticleCollection
from service.narration.articles import Articles
from service.narration.listening import Listening
from service.narration.parts import Parts
from service.narration.pictures import Pictures
from service.narration.readiness import Readiness
from service.narration.renditions import Renditions
from service.narration.samples import Samples
from service.narration.words import Words
from service.narration.writing import Writer
from service.settings import Settings
from service.web.problems import fault

_Route = TypeVar("_Route", bound=Callable[..., object])
_GREATEST = (1 << 31) - 1  # of the numbers that the library's columns hold


def _that_can_be_looked_for(number: int) -> int:
    return max(0, min(number, _GREATEST))


EditionNumber = Annotated[int, AfterValidator(_that_can_be_looked_for)]
"""Of an edition, 1 or more; any other number is one that is not there."""
CollectionName = Annotated[str, Path(description="The name of a collection, such as `politik`.")]
_Edition = Annotated[
    EditionNumber | None,
    Query(description="The number of one; without it the last that was finished."),
]
ArticleId = Annotated[str, Path(description="The id of an article, as lists have it.")]
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


async def _pictures(parts: Annotated[Parts, Depends(_parts)]) -> Pictures:
    return parts.pictures


async def _samples(parts: Annotated[Parts, Depends(_parts)]) -> Samples:
    return parts.samples


async def _words(parts: Annotated[Parts, Depends(_parts)]) -> Words:
    return parts.words


async def _readiness(parts: Annotated[Parts, Depends(_parts)]) -> Readiness:
    return parts.readiness


async def _voices(parts: Annotated[Parts, Depends(_parts)]) -> Voices:
    return parts.voices


async def _writer(parts: Annotated[Parts, Depends(_parts)]) -> Writer:
    return parts.writer


async def _collections(parts: Annotated[Parts, Depends(_parts)]) -> CollectionStore:
    return parts.collections


async def _collection(
    collection: CollectionName, collections: Annotated[CollectionStore, Depends(_collections)]
) -> ArticleCollection:
    return await collections.get(collection)


async def _tokens(parts: Annotated[Parts, Depends(_parts)]) -> TokenStore:
    return parts.tokens


class Which(NamedTuple):
    """An article, and one of its editions; without a number the one that listeners get."""

    article_id: str
    edition: int | None


async def _which(article_id: ArticleId, edition: _Edition = None) -> Which:
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


def readable(router: APIRouter, path: str, **described: Any) -> Callable[[_Route], _Route]:  # noqa: ANN401 (FastAPI's)
    """A route that answers GET, and HEAD, which goes without saying in the OpenAPI.

    `described` is how FastAPI's own decorators take it: `response_model`, `responses` …
    """

    def add(function: _Route) -> _Route:
        router.get(path, **described)(function)
        router.head(path, include_in_schema=False)(function)
        return function

    return add


_IN_WORDS = {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 64}
Slug = Annotated[str, AfterValidator(_slug), Field(json_schema_extra=_IN_WORDS)]
PartsDep = Annotated[Parts, Depends(_parts)]
ArticlesDep = Annotated[Articles, Depends(_articles)]
WhichDep = Annotated[Which, Depends(_which)]
ListeningDep = Annotated[Listening, Depends(_listening)]
RenditionsDep = Annotated[Renditions, Depends(_renditions)]
PicturesDep = Annotated[Pictures, Depends(_pictures)]
SamplesDep = Annotated[Samples, Depends(_samples)]
WordsDep = Annotated[Words, Depends(_words)]
ReadinessDep = Annotated[Readiness, Depends(_readiness)]
VoicesDep = Annotated[Voices, Depends(_voices)]
CollectionDep = Annotated[ArticleCollection, Depends(_collection)]
CollectionsDep = Annotated[CollectionStore, Depends(_collections)]
TokensDep = Annotated[TokenStore, Depends(_tokens)]
WriterDep = Annotated[Writer, Depends(_writer)]
Configured = Annotated[Settings, Depends(_settings)]


def root_of(request: Request) -> str:
    """The path that the service is under, without a trailing slash; "" at its host's root."""
    root: str = request.scope.get("root_path", "")
    return root


def base_url(request: Request) -> str:
    """Address of the service as this client sees it, without a trailing slash."""
    settings: Settings = request.app.state.settings
    seen = urlsplit(settings.public_url or str(request.base_url))
    return f"{seen.scheme}://{seen.netloc}{root_of(request)}"


def token_of(request: Request) -> str:
    """What the address carries as `token`; "" without one."""
    return request.query_params.get("token", "")


@dataclass(frozen=True, slots=True)
class Addresses:
    """How what the service has is addressed by this client."""

    base: str
    root: str
    token: str
    """Handed on to players and podcast apps that came with it; "" for all others."""

    def path(self, path: str) -> str:
        """For links within the service's host."""
        return f"{self.root}{path}{self._query('&' if '?' in path else '?')}"

    def url(self, path: str) -> str:
        """For links from anywhere."""
        return f"{self.base}{path}{self._query('&' if '?' in path else '?')}"

    def _query(self, sign: str) -> str:
        return f"{sign}token={quote(self.token, safe='')}" if self.token else ""


def addresses(request: Request) -> Addresses:
    """Those of this client."""
    is_private = bool(request.app.state.settings.read_keys)
    token = token_of(request) if is_private else ""
    return Addresses(base_url(request), root_of(request), token)


Addressed = Annotated[Addresses, Depends(addresses)]
