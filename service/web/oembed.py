"""oEmbed (oembed.com): a pasted link becomes the player."""

from __future__ import annotations

import re
from html import escape
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from service.errors import NotFound
from service.web.parts import Speaks, base_url

router = APIRouter(tags=["embed"])

_ARTICLE = re.compile(r"/(?:articles|embed)/([\w-]+)/?")
_WIDTH, _HEIGHT = 600, 220


class Asked(BaseModel):
    """The parameters of oEmbed; sizes in pixels."""

    url: str
    format: str = "json"
    maxwidth: Annotated[int, Field(ge=1)] = _WIDTH
    maxheight: Annotated[int, Field(ge=1)] = _HEIGHT


@router.get("/oembed")
async def oembed(
    request: Request, narrator: Speaks, asked: Annotated[Asked, Query()]
) -> JSONResponse:
    """The player of the article at `url`, as a rich embed."""
    if asked.format != "json":
        raise HTTPException(501, "Only format=json is answered.")
    found = _ARTICLE.fullmatch(urlsplit(asked.url).path)
    if found is None:
        raise NotFound("The url is not the address of an article of this service.")
    narration = await narrator.narration(found[1])
    base, title = base_url(request), narration.article.title
    width, height = min(asked.maxwidth, _WIDTH), min(asked.maxheight, _HEIGHT)
    frame = (
        f'<iframe src="{escape(base)}/embed/{narration.id}" title="{escape(title)}" '
        f'width="{width}" height="{height}" style="border:0" loading="lazy" '
        'allow="autoplay"></iframe>'
    )
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "author_name": narration.article.byline,
        "provider_name": "Vorleser",
        "provider_url": f"{base}/",
        "html": frame,
        "width": width,
        "height": height,
        "thumbnail_url": f"{base}/cover.jpg",
        "thumbnail_width": 1400,
        "thumbnail_height": 1400,
        "cache_age": 3600,
    }
    known = {name: value for name, value in answer.items() if value is not None}
    return JSONResponse(known, headers={"Access-Control-Allow-Origin": "*"})
