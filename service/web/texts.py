"""What goes along with the audio: captions and chapters."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from service.sound import captions
from service.web.parts import ArticlesDep, WordsDep, readable

router = APIRouter(prefix="/articles/{article_id}", tags=["audio"])

_ANYWHERE = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}


@readable(router, "/captions.vtt")
async def vtt(
    article_id: str,
    articles: ArticlesDep,
    words: WordsDep,
    *,
    has_words: Annotated[bool, Query(alias="words")] = False,
) -> Response:
    """WebVTT, one cue per sentence; with `words` there is a time before each word in it."""
    if has_words:
        narration, marks = await words.found(article_id)
        text = captions.webvtt(narration, [of_it or () for of_it in marks])
    else:
        text = captions.webvtt(await articles.get(article_id))
    return Response(text, headers=_ANYWHERE, media_type="text/vtt; charset=utf-8")


@readable(router, "/captions.srt")
async def srt(article_id: str, articles: ArticlesDep) -> Response:
    """SubRip, long sentences in several readable cues."""
    text = captions.subrip(await articles.get(article_id))
    return Response(text, headers=_ANYWHERE, media_type="application/x-subrip; charset=utf-8")


@readable(router, "/chapters.json")
async def chapters(article_id: str, articles: ArticlesDep) -> JSONResponse:
    """Podcasting 2.0 chapters."""
    found = captions.json_chapters(await articles.get(article_id))
    return JSONResponse(found, headers=_ANYWHERE, media_type="application/json+chapters")
