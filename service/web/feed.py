"""The podcast feed: RSS 2.0 with the itunes and podcast namespaces, of all ready articles."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from email.utils import format_datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from lxml import etree
from lxml.builder import ElementMaker

from service.domain import Narration, State
from service.narrate import Narrator
from service.tags import DISCLOSURE, cover
from service.track import assemble, duration_s
from service.web.parts import Speaks, base_url
from service.web.ranges import matches

router = APIRouter(tags=["feed"])

PAGE_SIZE = 300  # episodes; Apple reads no more at once
_LOOK_AT = 100  # articles read from the library at a time
_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"
_ATOM = "http://www.w3.org/2005/Atom"
_SPACES = {"itunes": _ITUNES, "podcast": _PODCAST, "atom": _ATOM}
_rss, _itunes, _podcast, _atom = (
    ElementMaker(namespace=space, nsmap=_SPACES) for space in (None, _ITUNES, _PODCAST, _ATOM)
)


@router.api_route("/feed.xml", methods=["GET", "HEAD"])
async def feed(
    request: Request, narrator: Speaks, page: Annotated[int, Query(ge=1)] = 1
) -> Response:
    """The newest ready articles; older ones on the next pages."""
    ready = [narration async for narration in _ready(narrator, page * PAGE_SIZE + 1)]
    shown = ready[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    has_more = len(ready) > page * PAGE_SIZE
    content = _xml(shown, base_url(request), page=page, has_more=has_more)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if matches(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type="application/rss+xml; charset=utf-8")


@router.api_route("/cover.jpg", methods=["GET", "HEAD"])
async def cover_picture() -> Response:
    """The cover, 1400 × 1400."""
    headers = {"Cache-Control": "public, max-age=86400"}
    return Response(cover(), headers=headers, media_type="image/jpeg")


async def _ready(narrator: Narrator, most: int) -> AsyncIterator[Narration]:
    cursor, found = None, 0
    while page := await narrator.newest(limit=_LOOK_AT, cursor=cursor):
        for narration in page:
            if narration.state is State.READY and found < most:
                found += 1
                yield narration
        cursor = page[-1].id
        if found >= most:
            return


def _xml(episodes: list[Narration], base: str, *, page: int, has_more: bool) -> bytes:
    channel = _rss.channel(
        _rss.title("Vorleser"),
        _rss.link(f"{base}/"),
        _rss.description(f"Vorgelesene Artikel. {DISCLOSURE}."),
        _rss.language("de"),
        _rss.generator("Vorleser"),
        _atom.link(rel="self", type="application/rss+xml", href=_page(base, page)),
        _itunes.author("Vorleser"),
        _itunes.explicit("false"),
        _itunes.type("episodic"),
        _itunes.category(text="News"),
        _itunes.image(href=f"{base}/cover.jpg"),
        _rss.image(_rss.url(f"{base}/cover.jpg"), _rss.title("Vorleser"), _rss.link(f"{base}/")),
    )
    if has_more:
        channel.append(_atom.link(rel="next", href=_page(base, page + 1)))
    channel.extend(_episode(narration, base) for narration in episodes)
    document = _rss.rss(channel, version="2.0")
    found: bytes = etree.tostring(document, xml_declaration=True, encoding="UTF-8")
    return found


def _page(base: str, number: int) -> str:
    return f"{base}/feed.xml" + (f"?page={number}" if number > 1 else "")


def _episode(narration: Narration, base: str) -> etree._Element:
    address, article = f"{base}/articles/{narration.id}", narration.article
    summary = _clean(" ".join(line.paragraph.text for line in narration.lines[1:3])[:800])
    item = _rss.item(
        _rss.title(_clean(article.title)),
        _rss.link(address),
        _rss.guid(f"vorleser:{narration.id}", isPermaLink="false"),
        _rss.pubDate(format_datetime(narration.created_at)),
        _rss.description(f"{summary} ({DISCLOSURE}.)"),
        _rss.enclosure(
            url=f"{address}/audio.mp3", length=str(assemble(narration).size), type="audio/mpeg"
        ),
        _itunes.duration(str(round(duration_s(narration)))),
        _itunes.explicit("false"),
        _itunes.episodeType("full"),
        _itunes.image(href=f"{base}/cover.jpg"),
        _podcast.transcript(url=f"{address}/captions.vtt", type="text/vtt", language="de"),
        _podcast.chapters(url=f"{address}/chapters.json", type="application/json+chapters"),
    )
    if article.byline:
        item.append(_itunes.author(_clean(article.byline)))
    if article.source_url:
        item.append(_rss.source(article.site or "Quelle", url=_clean(article.source_url)))
    return item


def _clean(text: str) -> str:
    """Without what XML 1.0 cannot carry."""
    return "".join(letter for letter in text if letter.isprintable())
