"""Audio: the track, single paragraphs, single clips."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from service import renditions
from service.domain import Clip, Narration, Rendition
from service.errors import ClipDamaged, NotFound
from service.narrate import Narrator
from service.sound.tags import id3
from service.sound.track import Track, tag_of
from service.web.parts import READING, Speaks
from service.web.ranges import Content, respond

router = APIRouter(tags=["audio"])

_MP3 = "audio/mpeg"
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_UNTIL_CHANGED = {"Cache-Control": "no-cache"}
Tags = Literal["small"]  # without picture and lyrics: what players ask for


@router.api_route("/articles/{article_id}/audio.mp3", methods=READING)
async def track(
    article_id: str,
    request: Request,
    narrator: Speaks,
    first: Annotated[int | None, Query(alias="from", ge=1)] = None,
    tags: Tags | None = None,
) -> Response:
    """The whole article; while it is being made, or `from` a paragraph, without a length.

    With `tags=small` its tag has neither picture nor lyrics, which nobody hears.
    """
    while True:
        found = await narrator.track(article_id)
        if found is None or first is not None:
            return await _stream(article_id, request, narrator, first or 1, tags)
        try:
            whole = found.small if tags else found
            return await respond(request, _track_content(whole, narrator))
        except ClipDamaged:
            continue


@router.api_route("/articles/{article_id}/audio.opus", methods=READING)
async def opus(article_id: str, request: Request, narrator: Speaks) -> Response:
    """The finished track as Opus in Ogg, made when first asked for."""
    return await _rendition(article_id, request, narrator, "opus")


@router.api_route("/articles/{article_id}/audio.flac", methods=READING)
async def flac(article_id: str, request: Request, narrator: Speaks) -> Response:
    """The finished track as FLAC, made when first asked for."""
    return await _rendition(article_id, request, narrator, "flac")


@router.api_route("/articles/{article_id}/paragraphs/{number}.mp3", methods=READING)
async def paragraph(article_id: str, number: int, request: Request, narrator: Speaks) -> Response:
    """One paragraph, made ahead of everything else if it is not there yet."""
    narration = await narrator.narration(article_id)
    if not 0 < number <= len(narration.lines):
        raise NotFound("paragraph-unknown", last=len(narration.lines))
    clip_id = narration.lines[number - 1].clip_id
    return await _clip(clip_id, request, narrator, headers=_UNTIL_CHANGED)


@router.api_route("/clips/{clip_id}.mp3", methods=READING)
async def clip(clip_id: str, request: Request, narrator: Speaks) -> Response:
    """One clip, which never changes."""
    return await _clip(clip_id, request, narrator, headers=_FOR_EVER)


async def _clip(
    clip_id: str, request: Request, narrator: Narrator, *, headers: dict[str, str]
) -> Response:
    while True:
        found = await narrator.clip(clip_id)
        try:
            return await respond(request, _clip_content(found, narrator, headers))
        except ClipDamaged:
            continue


async def _rendition(article_id: str, request: Request, narrator: Narrator, name: str) -> Response:
    while True:
        found = await renditions.rendition(narrator, article_id, name)
        try:
            return await respond(request, _rendition_content(found, narrator, name))
        except ClipDamaged:
            continue


def _rendition_content(found: Rendition, narrator: Narrator, name: str) -> Content:
    async def read(start: int, end: int) -> bytes:
        return await renditions.read(narrator, found, start=start, end=end)

    media_type = renditions.FORMATS[name].media_type
    return Content(found.size, found.sha256[:32], media_type, read, _UNTIL_CHANGED)


def _clip_content(found: Clip, narrator: Narrator, headers: dict[str, str]) -> Content:
    async def read(start: int, end: int) -> bytes:
        return await narrator.read(found, start=start, end=end)

    return Content(found.size, found.sha256[:32], _MP3, read, headers)


def _track_content(found: Track, narrator: Narrator) -> Content:
    async def read(start: int, end: int) -> bytes:
        return b"".join([await narrator.read_slice(part) for part in found.slices(start, end)])

    return Content(found.size, found.etag, _MP3, read, _UNTIL_CHANGED)


async def _stream(
    article_id: str, request: Request, narrator: Narrator, first: int, tags: Tags | None
) -> Response:
    narration = await narrator.narration(article_id)
    if first > len(narration.lines):
        raise NotFound("paragraph-unknown", last=len(narration.lines))
    headers = {"Cache-Control": "no-store", "Accept-Ranges": "none", "X-Accel-Buffering": "no"}
    if request.method == "HEAD":
        return Response(headers=headers, media_type=_MP3)
    tag = tag_of(narration)
    frames = _frames(narration, narrator, first, id3(tag.small if tags else tag))
    return StreamingResponse(frames, headers=headers, media_type=_MP3)


async def _frames(
    narration: Narration, narrator: Narrator, first: int, tag: bytes
) -> AsyncIterator[bytes]:
    yield tag
    async for frames in narrator.stream(narration, first=first):
        yield frames
