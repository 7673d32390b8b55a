"""The podcast feeds: RSS 2.0 with the itunes and podcast namespaces.

Apple's requirements (podcasters.apple.com/support/823-podcast-requirements) stand as a table in
tests/integration/test_feed.py; transcript and chapters are Podcasting 2.0 (podcastindex.org).
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from lxml import etree
from lxml.builder import ElementMaker

from service.domain import SAMPLE_RATE_HZ, ArticleCollection, Listed
from service.narration.articles import Articles
from service.sound.tags import DISCLOSURE, cover
from service.web.described import UNCHANGED, content
from service.web.parts import Addressed, Addresses, ArticlesDep, CollectionDep, readable
from service.web.unchanged import if_changed

router = APIRouter(tags=["feed"])

_FARTHEST = 1 << 62  # what databases can count to
PAGE_SIZE = 300  # episodes; Apple reads no more at once
_Number = Annotated[int, Query(ge=1, description="Which page, of 300 episodes each.")]
_RSS = "application/rss+xml"
_SUMMARY_CHARS = 800
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"
_ATOM = "http://www.w3.org/2005/Atom"
_SPACES = {"itunes": _ITUNES, "podcast": _PODCAST, "atom": _ATOM}
_rss, _itunes, _podcast, _atom = (
    ElementMaker(namespace=space, nsmap=_SPACES) for space in (None, _ITUNES, _PODCAST, _ATOM)
)


@dataclass(frozen=True, slots=True)
class _FeedPage:
    """One page of a feed (RFC 5005, section 3); a collection's feed has its title."""

    at: Addresses
    number: int
    collection: ArticleCollection | None
    has_more: bool

    @property
    def title(self) -> str:
        return f"Vorleser: {_clean(self.collection.title)}" if self.collection else "Vorleser"

    def link(self, rel: str, number: int) -> etree._Element:
        """The link to this or another page."""
        path = f"/feeds/{self.collection.name}.xml" if self.collection else "/feed.xml"
        href = self.at.url(path + (f"?page={number}" if number > 1 else ""))
        return _atom.link(rel=rel, type=_RSS, href=href)

    @property
    def links(self) -> list[etree._Element]:
        """Links to this page, the first, and those beside it."""
        wanted = {"self": self.number, "first": 1}
        if self.number > 1:
            wanted["previous"] = self.number - 1
        if self.has_more:
            wanted["next"] = self.number + 1
        return [self.link(rel, number) for rel, number in wanted.items()]


@readable(router, "/feed.xml", response_class=Response, responses=content(_RSS) | UNCHANGED)
async def get_feed(
    request: Request, articles: ArticlesDep, at: Addressed, page: _Number = 1
) -> Response:
    """The newest ready articles; older ones on the next pages."""
    return await _feed(request, articles, at, page=page)


@readable(
    router,
    "/feeds/{collection}.xml",
    response_class=Response,
    responses=content(_RSS) | UNCHANGED,
)
async def get_collection_feed(
    collection: CollectionDep,
    request: Request,
    articles: ArticlesDep,
    at: Addressed,
    page: _Number = 1,
) -> Response:
    """The same of one collection."""
    return await _feed(request, articles, at, page=page, collection=collection)


@readable(router, "/cover.jpg", response_class=Response, responses=content("image/jpeg"))
async def get_cover() -> Response:
    """The cover, 1400 × 1400."""
    headers = {"Cache-Control": "public, max-age=86400"}
    return Response(cover(), headers=headers, media_type="image/jpeg")


async def _feed(
    request: Request,
    articles: Articles,
    at: Addresses,
    *,
    page: int,
    collection: ArticleCollection | None = None,
) -> Response:
    episodes = await articles.listings.episodes(
        limit=PAGE_SIZE + 1,
        offset=min((page - 1) * PAGE_SIZE, _FARTHEST),
        collection=collection.name if collection else None,
    )
    about = _FeedPage(at, page, collection, has_more=len(episodes) > PAGE_SIZE)
    content = await asyncio.to_thread(_xml, episodes[:PAGE_SIZE], about)
    return if_changed(request, Response(content, media_type=f"{_RSS}; charset=utf-8"))


def _xml(episodes: list[Listed], page: _FeedPage) -> bytes:
    home, picture = f"{page.at.base}/", page.at.url("/cover.jpg")
    channel = _rss.channel(
        _rss.title(page.title),
        _rss.link(home),
        _rss.description(f"Vorgelesene Artikel. {DISCLOSURE}."),
        _rss.language("de"),
        _rss.generator("Vorleser"),
        *page.links,
        _itunes.author("Vorleser"),
        _itunes.explicit("false"),
        _itunes.type("episodic"),
        _itunes.category(text="News"),
        _itunes.image(href=picture),
        _rss.image(_rss.url(picture), _rss.title(page.title), _rss.link(home)),
        *(_episode(episode, page.at) for episode in episodes),
    )
    document = _rss.rss(channel, version="2.0")
    written: bytes = etree.tostring(document, xml_declaration=True, encoding="UTF-8")
    return written


def _episode(episode: Listed, at: Addresses) -> etree._Element:
    path, article = f"/articles/{episode.id}", episode.article
    opening = " ".join(paragraph.shown for paragraph in article.paragraphs[1:])
    summary = _clean(_shortened(opening))
    source = f" Quelle: {_clean(article.source_url)}" if article.source_url else ""
    item = _rss.item(
        _rss.title(_clean(article.title)),
        _rss.link(f"{at.base}{path}"),
        _rss.guid(f"vorleser:{episode.id}", isPermaLink="false"),
        _rss.pubDate(format_datetime(_published(episode))),
        _rss.description(f"{summary} ({DISCLOSURE}.){source}".strip()),
        _rss.enclosure(
            url=at.url(f"{path}/audio.mp3"),
            length=str(episode.size or 0),  # it is made again just now
            type="audio/mpeg",
        ),
        _itunes.duration(str(round(episode.samples / SAMPLE_RATE_HZ))),
        _itunes.explicit("false"),
        _itunes.episodeType("full"),
        _itunes.image(href=at.url("/cover.jpg")),
        _podcast.transcript(url=at.url(f"{path}/captions.vtt"), type="text/vtt", language="de"),
        _podcast.chapters(url=at.url(f"{path}/chapters.json"), type="application/json+chapters"),
    )
    if article.byline:
        item.append(_itunes.author(_clean(article.byline)))
    return item


def _shortened(text: str) -> str:
    """The first words, where there are more than fit. Unlike textwrap's in no time."""
    text = " ".join(text.split())
    if len(text) <= _SUMMARY_CHARS:
        return text
    return f"{text[: _SUMMARY_CHARS - 1].rpartition(' ')[0]} …".strip()


def _published(episode: Listed) -> datetime:
    """When the article was published, where it is known; else when it came here."""
    with contextlib.suppress(ValueError):
        published = datetime.fromisoformat(episode.article.published_at or "")
        return published if published.tzinfo else published.replace(tzinfo=UTC)
    return episode.created_at


def _clean(text: str) -> str:
    """Without what XML 1.0 cannot carry."""
    return _NO_XML.sub("", text)
