"""oEmbed (oembed.com): a pasted link becomes the player."""

from __future__ import annotations

import re
from html import escape
from math import inf
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from service.errors import NotFound
from service.web import models
from service.web.hosts import named_hosts, origin_of
from service.web.parts import Addressed, ArticlesDep, readable
from service.web.problems import Refusal
from service.web.refusals import refused

router = APIRouter(tags=["embed"])

_ARTICLE = re.compile(r"/(?:articles|embed)/([\w-]+)/?")
_WIDTH, _HEIGHT = 600, 240
_FULL_HEIGHT = 230  # of all controls in the narrowest frame; the small bar has 64
_COVER_SIDE = 1400


class Asked(BaseModel):
    """The parameters of oEmbed; sizes in pixels."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    url: str
    """Address of an article's page."""
    format: str = "json"
    """There is no other."""
    maxwidth: Annotated[int | None, Field(ge=1)] = None
    """The player is not wider."""
    maxheight: Annotated[int | None, Field(ge=1)] = None
    """The player is not higher."""

    @property
    def smallest(self) -> float:
        """The side of the largest square that both limits let through."""
        return min(self.maxwidth or inf, self.maxheight or inf)


@readable(router, "/oembed", response_model=models.Embed, responses=refused(404, 501))
async def get_embed(
    request: Request, articles: ArticlesDep, at: Addressed, asked: Annotated[Asked, Query()]
) -> JSONResponse:
    """The player of the article at `url`, as a rich embed."""
    if asked.format != "json":
        raise Refusal(501, "oembed-format")
    narration = await articles.edition(_article_id(asked.url, request, at.root))
    title, source = narration.article.title, at.url(f"/embed/{narration.id}")
    width, height = min(asked.maxwidth or _WIDTH, _WIDTH), min(asked.maxheight or _HEIGHT, _HEIGHT)
    if height >= _FULL_HEIGHT:
        source += ("&" if "?" in source else "?") + "layout=full"
    frame = (
        f'<iframe src="{escape(source)}" title="{escape(title)}" '
        f'width="{width}" height="{height}" style="border:0" loading="lazy" '
        'allow="autoplay"></iframe>'
    )
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "author_name": narration.article.byline,
        "provider_name": "Vorleser",
        "provider_url": f"{at.base}/",
        "html": frame,
        "width": width,
        "height": height,
        "cache_age": 3600,
    }
    if asked.smallest >= _COVER_SIDE:  # a thumbnail has to keep to the limits as well
        answer["thumbnail_url"] = at.url("/cover.jpg")
        answer |= {"thumbnail_width": _COVER_SIDE, "thumbnail_height": _COVER_SIDE}
    known = {name: value for name, value in answer.items() if value is not None}
    return JSONResponse(known, headers={"Access-Control-Allow-Origin": "*"})


def _article_id(url: str, request: Request, root: str) -> str:
    """Of an address of this service, by any name that it has."""
    settings = request.app.state.settings
    public = settings.public_url.rstrip("/")
    origin = origin_of(url)
    own = {origin_of(str(request.base_url)), origin_of(public)}
    if origin and (origin in own or origin[0] in named_hosts(settings)):
        path = urlsplit(url).path.removeprefix(root)
        if match := _ARTICLE.fullmatch(path):
            return match[1]
    raise NotFound("page-unknown")
