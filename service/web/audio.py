"""Audio: the track, single paragraphs, single clips."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from service.domain import Clip, Narration, Rendition
from service.errors import ClipDamaged, NotFound
from service.narration.listening import Listening
from service.narration.renditions import CONTAINERS, Renditions
from service.sound.tags import Tag, id3
from service.sound.track import Track, tag_of
from service.web.parts import ArticlesDep, ListeningDep, RenditionsDep, Which, WhichDep, readable
from service.web.ranges import Content, respond

router = APIRouter(tags=["audio"])

_MP3 = "audio/mpeg"
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_UNTIL_CHANGED = {"Cache-Control": "no-cache"}


class Wanted(BaseModel):
    """What of a track is wanted: all of it, or `from` a paragraph; players take small tags."""

    first: Annotated[int | None, Field(alias="from", ge=1)] = None
    tags: Literal["small"] | None = None

    def tag(self, narration: Narration) -> Tag:
        """What is to stand before the sound."""
        whole = tag_of(narration)
        return whole.small if self.tags else whole


@readable(router, "/articles/{article_id}/audio.mp3")
async def track(
    which: WhichDep,
    request: Request,
    articles: ArticlesDep,
    listening: ListeningDep,
    wanted: Annotated[Wanted, Query()],
) -> Response:
    """The whole article; while it is being made, or `from` a paragraph, without a length.

    With `tags=small` its tag has neither picture nor lyrics, which nobody hears. Without an
    edition it is the last finished one, as everywhere below an article's address.
    """
    while True:
        found = await listening.found(*which)
        if isinstance(found, Track) and wanted.first is not None:
            found = await articles.edition(*which)
        if isinstance(found, Narration):
            return _stream(found, request, listening, wanted)
        try:
            asked_for = found.small if wanted.tags else found
            return await respond(request, _track_content(asked_for, listening))
        except ClipDamaged:
            continue


@readable(router, "/articles/{article_id}/audio.opus")
async def opus(which: WhichDep, request: Request, renditions: RenditionsDep) -> Response:
    """The finished track as Opus in Ogg, made when first asked for."""
    return await _rendition(which, request, renditions, "opus")


@readable(router, "/articles/{article_id}/audio.flac")
async def flac(which: WhichDep, request: Request, renditions: RenditionsDep) -> Response:
    """The finished track as FLAC, made when first asked for."""
    return await _rendition(which, request, renditions, "flac")


@readable(router, "/articles/{article_id}/paragraphs/{number}.mp3")
async def paragraph(
    which: WhichDep,
    number: int,
    request: Request,
    articles: ArticlesDep,
    listening: ListeningDep,
) -> Response:
    """One paragraph, made ahead of everything else if it is not there yet."""
    narration = await articles.edition(*which)
    if not 0 < number <= len(narration.segments):
        raise NotFound("paragraph-unknown", last=len(narration.segments))
    clip_id = narration.segments[number - 1].clip_id
    return await _clip(clip_id, request, listening, headers=_UNTIL_CHANGED)


@readable(router, "/clips/{clip_id}.mp3")
async def clip(clip_id: str, request: Request, listening: ListeningDep) -> Response:
    """One clip, which never changes."""
    return await _clip(clip_id, request, listening, headers=_FOR_EVER)


async def _clip(
    clip_id: str, request: Request, listening: Listening, *, headers: dict[str, str]
) -> Response:
    while True:
        found = await listening.clip(clip_id)
        try:
            return await respond(request, _clip_content(found, listening, headers))
        except ClipDamaged:
            continue


async def _rendition(which: Which, request: Request, renditions: Renditions, name: str) -> Response:
    while True:
        found = await renditions.get(which.article_id, name, which.edition)
        try:
            return await respond(request, _rendition_content(found, renditions, name))
        except ClipDamaged:
            continue


def _rendition_content(found: Rendition, renditions: Renditions, name: str) -> Content:
    async def read(start: int, end: int) -> bytes:
        return await renditions.read(found, start=start, end=end)

    media_type = CONTAINERS[name].media_type
    return Content(found.size, found.sha256[:32], media_type, read, _UNTIL_CHANGED)


def _clip_content(found: Clip, listening: Listening, headers: dict[str, str]) -> Content:
    async def read(start: int, end: int) -> bytes:
        return await listening.read(found, start=start, end=end)

    return Content(found.size, found.sha256[:32], _MP3, read, headers)


def _track_content(found: Track, listening: Listening) -> Content:
    async def read(start: int, end: int) -> bytes:
        return await listening.read_slices(list(found.slices(start, end)))

    return Content(found.size, found.etag, _MP3, read, _UNTIL_CHANGED)


def _stream(
    narration: Narration, request: Request, listening: Listening, wanted: Wanted
) -> Response:
    first = wanted.first or 1
    if first > len(narration.segments):
        raise NotFound("paragraph-unknown", last=len(narration.segments))
    headers = {"Cache-Control": "no-store", "Accept-Ranges": "none", "X-Accel-Buffering": "no"}
    if request.method == "HEAD":
        return Response(headers=headers, media_type=_MP3)
    frames = _frames(narration, listening, first, id3(wanted.tag(narration)))
    return StreamingResponse(frames, headers=headers, media_type=_MP3)


async def _frames(
    narration: Narration, listening: Listening, first: int, tag: bytes
) -> AsyncIterator[bytes]:
    yield tag
    async for frames in listening.stream(narration, first=first):
        yield frames
