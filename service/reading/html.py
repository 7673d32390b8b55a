"""A web page → article: its lines, the choice among them, and what it tells of itself."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from html import unescape
from typing import TYPE_CHECKING

from service.codes import Reason
from service.domain import Article, Kind, LeftOut, Paragraph
from service.errors import EmptyArticle, UnreadableSource
from service.net.fetch import Page
from service.reading.address import known_as
from service.reading.blocks import Block, blocks
from service.reading.boxes import with_boxes
from service.reading.build import article_of, bounded, paragraphs_of
from service.reading.charset import decode_page
from service.reading.choice import NOWHERE, Choice, choice_of_nothing, choose
from service.reading.furniture import reason, without_site
from service.reading.language import language_of
from service.reading.marks import without_marks
from service.reading.origin import (
    Origin,
    canonical,
    is_credit,
    origin_of,
    parts_of,
    site_beside,
    told_by,
)
from service.reading.places import Place
from service.reading.plain import paragraphs
from service.reading.sections import with_origin, with_sections
from service.reading.text import is_prose
from service.reading.tree import parse_html, tag_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MOST_ELEMENTS = 60_000  # of markup; a long article has a tenth
_SHORT = 250  # characters; what a page shows until its script has run
_MOST_LINKED = 0.9  # share of letters; an article has a tenth
_MARKUP = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
_TEXT_TAGS = frozenset("p li td article main blockquote h1 h2 h3".split())


def read_html(
    html: str, *, url: str | None = None, title: str | None = None, language: str | None = None
) -> Article:
    """The article on a page, which is German unless another `language` is asked for.

    Raises EmptyArticle, and UnreadableSource for a page in another language.
    """
    return _read(parse_html(html), url=url, title=title, language=language)


def read_page(fetched: Page, *, title: str | None = None, language: str | None = None) -> Article:
    """The article on a page that was fetched. Raises UnreadableSource, EmptyArticle."""
    page = parse_html(decode_page(fetched.content, told=fetched.charset))
    source_url, name = known_as(fetched.url, canonical=canonical(page))
    article = _read(page, url=fetched.url, title=title, language=language)
    return replace(article, source_url=source_url, page=name)


def _read(
    page: Element | None, *, url: str | None, title: str | None, language: str | None
) -> Article:
    """The article on a page; the tree is changed."""
    if page is None:
        raise EmptyArticle("page-empty")
    if sum(1 for _ in page.iter()) > _MOST_ELEMENTS:
        raise UnreadableSource("page-too-nested", most=_MOST_ELEMENTS)
    origin = origin_of(page, url=url)
    marks = without_marks(page)
    lines = with_sections([_placed(line, origin) for line in blocks(page)])
    lines = with_boxes(lines, page)
    headline, heading, kicker = _headline(origin.headline, lines)
    if heading:
        lines = with_origin(lines, heading, partial(told_by, origin=origin))
    choice = choose(page, lines, headline=heading)
    text = _told_alone(page, choice, origin)
    if text:
        choice = choice_of_nothing(lines, headline=heading)
    told = language_of(text or _words(choice.read), told=origin.language, asked=language)
    found = _told_whole(text, told) if text else paragraphs_of(choice.read, language=told)
    left_out = [*kicker, *_left_out(choice, origin), *marks]
    if title and heading:
        left_out.insert(0, LeftOut(heading.text, Reason.ANOTHER_TITLE))
    return article_of(
        found,
        left_out=bounded(left_out),
        title=title or headline,
        language=told,
        byline=origin.byline,
        site=origin.site or site_beside(headline or "", origin.page_title),
        source_url=origin.url,
        published_at=origin.published_at,
        picture=origin.picture,
    )


def _placed(line: Block, origin: Origin) -> Block:
    """The line; the author's name and the date alone in it are no part of the text."""
    is_text = line.kind is not Kind.HEADING
    is_byline = line.text == origin.byline or (is_text and is_credit(line.text, origin))
    return replace(line, place=Place(Reason.BYLINE, is_certain=True)) if is_byline else line


def _headline(
    told: str | None, lines: Sequence[Block]
) -> tuple[str | None, Block | None, list[LeftOut]]:
    """The headline, the line where it stands, and the kicker in the same line."""
    title = without_site(told or "")[0]
    headings = [
        line
        for line in lines
        if line.kind is Kind.HEADING and not (line.place and line.place.is_certain)
    ]
    for line in headings:
        if title and title in line.text and _level(line) <= 2:
            rest = line.text.replace(title, "", 1).strip(" :–—|·-")
            return title, line, [LeftOut(rest, Reason.KICKER)] if rest else []
    likely = [line for line in headings if _level(line) <= 2 and line.text in title]
    likely = [line for line in likely if not line.place and 2 * len(line.text) > len(title)]
    likely.sort(key=lambda line: -len(line.text))
    first = [line for line in headings if _level(line) == 1]
    likely += [line for line in first if not line.place]
    likely += [line for line in first if line.text in title]
    likely += _unmarked_headline(title, lines)
    return (likely[0].text, likely[0], []) if likely else (title or None, None, [])


def _unmarked_headline(title: str, lines: Sequence[Block]) -> list[Block]:
    """The lines that are the page's title, or in bold a part of it, though no headings."""
    free = [line for line in lines if line.linked < 0.5 and not line.place]
    ahead = itertools.takewhile(lambda line: not is_prose(line.text), free)
    parts = [line for line in ahead if line.bold > 0.99 and line.text in parts_of(title)]
    return [line for line in free if line.text == title] + parts[::-1]


def _level(line: Block) -> int:
    """Of a heading, 1 to 6."""
    tags = [line.element, *line.element.iterancestors()]
    return next(int(tag[1]) for tag in map(tag_of, tags) if re.fullmatch("h[1-6]", tag))


def _left_out(choice: Choice, origin: Origin) -> Iterator[LeftOut]:
    """The lines that are not read, each once, with the best reason known."""
    lines = {line.text: _unread(line.text, place, origin) for line, place in choice.unread}
    yield from lines.values()
    whys = {line.reason for line in lines.values()}
    if not origin.is_free and Reason.SUBSCRIPTION_PROMPT in whys:
        yield LeftOut("Der Rest des Artikels", Reason.PAYWALL)


def _unread(text: str, place: Place, origin: Origin) -> LeftOut:
    told = told_by(text, origin) if place.why is NOWHERE else None
    why = reason(text) or told
    return LeftOut(text, why) if why else place.left_out(text)


def _told_alone(page: Element, choice: Choice, origin: Origin) -> str | None:
    """The article's text where the page does not show it but its data has it, else None.

    Raises EmptyArticle for pages without an article.
    """
    has_script = next(page.iterdescendants("script"), None) is not None
    is_text = any(_TEXT_TAGS & set(map(tag_of, _around(line))) for line in choice.read)
    is_shell = has_script and not is_text and len(_words(choice.read)) < _SHORT
    if choice.read and not is_shell:
        _demand_prose(choice)
        return None
    if origin.text and origin.is_free:
        return origin.text
    if is_shell:
        raise EmptyArticle("page-by-script")
    raise EmptyArticle("page-without-article")


def _demand_prose(choice: Choice) -> None:
    """Raises EmptyArticle for a page that only links to articles."""
    sizes = [len(line.text) for line in choice.read]
    linked = sum(line.linked * len(line.text) for line in choice.read)
    if linked > _MOST_LINKED * sum(sizes):
        raise EmptyArticle("page-is-list")


def _told_whole(text: str, language: str) -> list[Paragraph]:
    """The paragraphs of a text that stands in the page's data alone."""
    page = parse_html(text) if _MARKUP.search(text) else None
    if page is None:
        return list(paragraphs(unescape(text)))
    return paragraphs_of(list(blocks(page)), language=language)


def _around(line: Block) -> Iterator[Element]:
    yield line.element
    yield from line.element.iterancestors()


def _words(lines: Sequence[Block]) -> str:
    return " ".join(line.text for line in lines)
