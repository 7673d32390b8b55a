"""Paragraphs found in any kind of source → article: headline, furniture, what is left."""

from __future__ import annotations

from collections.abc import Sequence

from service.domain import Article, Kind, LeftOut, Paragraph
from service.errors import EmptyArticle
from service.reading.furniture import sort_out, without_site


def article_of(
    found: Sequence[Paragraph],
    *,
    left_out: Sequence[LeftOut] = (),
    title: str | None = None,
    **known: str | None,
) -> Article:
    """The article: `title` first if it is given, page furniture set aside.

    `known` are the other fields of an article, as far as the source tells them.
    Raises EmptyArticle when no word is left to read.
    """
    headline = " ".join((title or "").split())
    if headline and found and without_site(found[0].text)[0] == headline:
        found = found[1:]
    sorted_out = sort_out(found, headline=headline or None)
    paragraphs = sorted_out.paragraphs
    if headline:
        paragraphs = (Paragraph(Kind.TITLE, headline), *paragraphs)
    if not any(any(map(str.isalnum, paragraph.text)) for paragraph in paragraphs):
        raise EmptyArticle("There is nothing to read: give a text with at least one word.")
    return Article(
        paragraphs=paragraphs,
        left_out=(*sorted_out.left_out, *left_out),
        language=known.get("language") or "de",
        byline=known.get("byline") or sorted_out.byline,
        site=known.get("site") or sorted_out.site,
        source_url=known.get("source_url"),
        published_at=known.get("published_at"),
        picture=known.get("picture"),
    )
