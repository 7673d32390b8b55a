"""What goes along with the audio: captions and chapters."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from service.sound import captions
from service.web.parts import ArticlesDep, WhichDep, WordsDep, readable

router = APIRouter(prefix="/articles/{article_id}", tags=["audio"])

_ANYWHERE = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}


@readable(router, "/captions.vtt")
async def vtt(
    which: WhichDep,
    articles: ArticlesDep,
    words: WordsDep,
    *,
    has_words: Annotated[bool, Query(alias="words")] = False,
) -> Response:
    """WebVTT, one cue per sentence; with `words` there is a time before each word in it."""
    if has_words:
        narration, marks = await words.found(*which)
        text = captions.webvtt(narration, [of_it or () for of_it in marks])
    else:
        text = captions.webvtt(await articles.edition(*which))
    return Response(text, headers=_ANYWHERE, media_type="text/vtt; charset=utf-8")


@readable(router, "/captions.srt")
async def srt(which: WhichDep, articles: ArticlesDep) -> Response:
    """SubRip, long sentences in several readable cues."""
    text = captions.subrip(await articles.edition(*which))
    return Response(text, headers=_ANYWHERE, media_type="application/x-subrip; charset=utf-8")


@readable(router, "/chapters.json")
async def chapters(which: WhichDep, articles: ArticlesDep) -> JSONResponse:
    """Podcasting 2.0 chapters."""
    found = captions.json_chapters(await articles.edition(*which))
    return JSONResponse(found, headers=_ANYWHERE, media_type="application/json+chapters")
