"""What goes along with the audio: captions and chapters."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from service.sound import captions
from service.web import models
from service.web.described import content
from service.web.parts import ArticlesDep, WhichDep, WordsDep, readable

router = APIRouter(prefix="/articles/{article_id}", tags=["audio"])

_VTT, _SRT = "text/vtt; charset=utf-8", "application/x-subrip; charset=utf-8"
_ANYWHERE = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}


@readable(router, "/captions.vtt", response_class=Response, responses=content(_VTT))
async def get_captions(
    which: WhichDep,
    articles: ArticlesDep,
    words: WordsDep,
    *,
    has_words: Annotated[
        bool, Query(alias="words", description="With a time before each word.")
    ] = False,
) -> Response:
    """WebVTT, one cue per sentence; with `words` there is a time before each word in it."""
    if has_words:
        narration, marks = await words.completed(*which)
        text = captions.webvtt(narration, [of_it or () for of_it in marks])
    else:
        text = captions.webvtt(await articles.edition(*which))
    return Response(text, headers=_ANYWHERE, media_type=_VTT)


@readable(router, "/captions.srt", response_class=Response, responses=content(_SRT))
async def get_subtitles(which: WhichDep, articles: ArticlesDep) -> Response:
    """SubRip, long sentences in several readable cues."""
    text = captions.subrip(await articles.edition(*which))
    return Response(text, headers=_ANYWHERE, media_type=_SRT)


class ChaptersResponse(JSONResponse):
    """As the namespace's specification names their type (podcastindex.org)."""

    media_type = "application/json+chapters"


@readable(router, "/chapters.json", response_class=ChaptersResponse, response_model=models.Chapters)
async def get_chapters(which: WhichDep, articles: ArticlesDep) -> ChaptersResponse:
    """Podcasting 2.0 chapters."""
    chapters = captions.json_chapters(await articles.edition(*which))
    return ChaptersResponse(chapters, headers=_ANYWHERE)
