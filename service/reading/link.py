"""What was fetched from the net → its articles: a page's, or those of the document behind it."""

from __future__ import annotations

from dataclasses import replace

from service.domain import Article
from service.net.fetch import Fetched, fetch
from service.reading import formats
from service.reading.address import known_as
from service.reading.file import read_file
from service.reading.html import read_page


def fetch_link(url: str, *, allow_private: bool = False) -> Fetched:
    """What is behind an address; `allow_private` opens the intranet. Raises UnreadableSource."""
    return fetch(url.strip(), limit=formats.limit, allow_private=allow_private)


def read_link(
    fetched: Fetched, *, title: str | None = None, language: str | None = None
) -> tuple[Article, ...]:
    """The articles behind an address, each with the address. Raises as `read_file`.

    An article alone is known again by its address, so that a newer version takes its place.
    """
    if fetched.kind in formats.PAGES:
        return (read_page(fetched, title=title, language=language),)
    articles = read_file(
        formats.named(fetched.kind, fetched.name), fetched.content, title=title, language=language
    )
    source_url, known = known_as(fetched.url, canonical=None)
    key = known if len(articles) == 1 else None
    return tuple(replace(article, source_url=source_url, page=key) for article in articles)
