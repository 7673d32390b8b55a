"""Audio: the track, single paragraphs, single clips."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from service.domain import Clip, Narration, Rendition
from service.errors import ClipDamaged, NotFound, StoreError
from service.narration.listening import Listening
from service.narration.renditions import CONTAINERS, Renditions
from service.sound.tags import Tag, id3
from service.sound.track import Track, tag_of
from service.web.described import Answers
from service.web.parts import ArticlesDep, ListeningDep, RenditionsDep, Which, WhichDep, readable
from service.web.ranges import Content, ranged, respond
from service.web.refusals import refused

router = APIRouter(tags=["audio"], default_response_class=Response)

_MP3 = "audio/mpeg"
_MOST_MENDS = 3
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_UNTIL_CHANGED = {"Cache-Control": "no-cache"}
_Number = Annotated[int, Path(description="The number of a paragraph, from 1.")]
_ClipId = Annotated[str, Path(description="The id of a clip, as manifests have it.")]


def _rendered(name: str) -> Answers:
    return ranged(CONTAINERS[name].media_type) | refused(409)


class Wanted(BaseModel):
    """What of a track is wanted: all of it, or `from` a paragraph; players take small tags."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    first: Annotated[int | None, Field(alias="from", ge=1)] = None
    """The number of the paragraph to begin with."""
    tags: Literal["small"] | None = None
    """`small` is without picture and lyrics."""

    def tag(self, narration: Narration) -> Tag:
        """What is to stand before the sound."""
        whole = tag_of(narration)
        return whole.small if self.tags else whole


@readable(router, "/articles/{article_id}/audio.mp3", responses=ranged(_MP3) | refused(409))
async def get_track(
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

    async def answer() -> Response:
        known = await listening.track_or_narration(*which)
        if isinstance(known, Track) and wanted.first is not None:
            known = await articles.edition(*which)
        if isinstance(known, Narration):
            return _stream(known, request, listening, wanted)
        asked_for = known.small if wanted.tags else known
        return await respond(request, _track_content(asked_for, listening))

    return await _mended(answer)


@readable(router, "/articles/{article_id}/audio.opus", responses=_rendered("opus"))
async def get_opus(which: WhichDep, request: Request, renditions: RenditionsDep) -> Response:
    """The finished track as Opus in Ogg, made when first asked for."""
    return await _rendition(which, request, renditions, "opus")


@readable(router, "/articles/{article_id}/audio.flac", responses=_rendered("flac"))
async def get_flac(which: WhichDep, request: Request, renditions: RenditionsDep) -> Response:
    """The finished track as FLAC, made when first asked for."""
    return await _rendition(which, request, renditions, "flac")


@readable(
    router,
    "/articles/{article_id}/paragraphs/{number}.mp3",
    responses=ranged(_MP3) | refused(502),
)
async def get_paragraph(
    which: WhichDep,
    number: _Number,
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


@readable(router, "/clips/{clip_id}.mp3", responses=ranged(_MP3) | refused(502))
async def get_clip(clip_id: _ClipId, request: Request, listening: ListeningDep) -> Response:
    """One clip, which never changes."""
    return await _clip(clip_id, request, listening, headers=_FOR_EVER)


async def _clip(
    clip_id: str, request: Request, listening: Listening, *, headers: dict[str, str]
) -> Response:
    async def answer() -> Response:
        clip = await listening.clip(clip_id)
        return await respond(request, _clip_content(clip, listening, headers))

    return await _mended(answer)


async def _rendition(which: Which, request: Request, renditions: Renditions, name: str) -> Response:
    async def answer() -> Response:
        rendition = await renditions.get(which.article_id, name, which.edition)
        return await respond(request, _rendition_content(rendition, renditions, name))

    return await _mended(answer)


async def _mended(answer: Callable[[], Awaitable[Response]]) -> Response:
    """The answer, asked for anew where stored audio is damaged, which by then is made again.

    Raises StoreError when that is no use.
    """
    for _ in range(_MOST_MENDS):
        with suppress(ClipDamaged):
            return await answer()
    raise StoreError("audio-lost")


def _rendition_content(rendition: Rendition, renditions: Renditions, name: str) -> Content:
    async def read(start: int, end: int) -> bytes:
        return await renditions.read(rendition, start=start, end=end)

    media_type = CONTAINERS[name].media_type
    return Content(rendition.size, rendition.sha256[:32], media_type, read, _UNTIL_CHANGED)


def _clip_content(clip: Clip, listening: Listening, headers: dict[str, str]) -> Content:
    async def read(start: int, end: int) -> bytes:
        return await listening.read(clip, start=start, end=end)

    return Content(clip.size, clip.sha256[:32], _MP3, read, headers)


def _track_content(track: Track, listening: Listening) -> Content:
    async def read(start: int, end: int) -> bytes:
        return await listening.read_slices(list(track.slices(start, end)))

    return Content(track.size, track.etag, _MP3, read, _UNTIL_CHANGED)


def _stream(
    narration: Narration, request: Request, listening: Listening, wanted: Wanted
) -> Response:
    first = wanted.first or 1
    if first > len(narration.segments):
        raise NotFound("paragraph-unknown", last=len(narration.segments))
    headers = {"Cache-Control": "no-store", "Accept-Ranges": "none", "X-Accel-Buffering": "no"}
    if request.method == "HEAD":
        answer = Response(headers=headers, media_type=_MP3)
        del answer.headers["Content-Length"]  # nobody knows it yet
        return answer
    frames = _frames(narration, listening, first, id3(wanted.tag(narration)))
    return StreamingResponse(frames, headers=headers, media_type=_MP3)


async def _frames(
    narration: Narration, listening: Listening, first: int, tag: bytes
) -> AsyncIterator[bytes]:
    yield tag
    async for frames in listening.stream(narration, first=first):
        yield frames
