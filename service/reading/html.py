"""A web page → article: its lines, the choice among them, and what it tells of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import unescape
from typing import TYPE_CHECKING

from service.codes import Reason
from service.domain import Article, Extra, Kind, LeftOut, Paragraph
from service.errors import EmptyArticle, UnreadableSource
from service.net.fetch import Fetched
from service.reading.address import known_as
from service.reading.beside import Beside
from service.reading.blocks import Block, blocks
from service.reading.boxes import with_boxes
from service.reading.build import article_of, bounded, paragraphs_of
from service.reading.bylines import all_of, shown_authors
from service.reading.captions import pictures
from service.reading.charset import decode_page
from service.reading.choice import NOWHERE, Choice, choice_of_nothing, choose
from service.reading.furniture import reason, without_site
from service.reading.headline import Headline, headline_of, with_headline
from service.reading.language import language_of
from service.reading.marks import without_marks
from service.reading.origin import (
    Origin,
    canonical,
    is_credit,
    origin_of,
    site_beside,
    told_by,
)
from service.reading.places import Place
from service.reading.plain_text import paragraphs
from service.reading.sections import with_origin, with_sections
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


def read_page(
    fetched: Fetched, *, title: str | None = None, language: str | None = None
) -> Article:
    """The article on a page that was fetched. Raises UnreadableSource, EmptyArticle."""
    page = parse_html(decode_page(fetched.content, declared=fetched.charset))
    source_url, name = known_as(fetched.url, canonical=canonical(page))
    article = _read(page, url=fetched.url, title=title, language=language)
    return replace(article, source_url=source_url, page=name)


@dataclass(frozen=True, slots=True)
class _Layout:
    """A page with its lines where they stand: what it tells of itself, and which is its headline.

    `marks` are what was cut out of lines.
    """

    page: Element
    origin: Origin
    lines: tuple[Block, ...]
    headline: Headline
    marks: tuple[LeftOut, ...]


def _read(
    page: Element | None, *, url: str | None, title: str | None, language: str | None
) -> Article:
    """The article on a page; the tree is changed."""
    layout = _laid_out(page, url=url)
    page, origin, headline = layout.page, layout.origin, layout.headline
    choice = choose(page, layout.lines, headline=headline.line)
    beside = Beside(page, choice, headline.line)
    text = _told_alone(page, choice, origin, has_pictures=beside.has_pictures)
    if text:
        choice = choice_of_nothing(layout.lines, headline=headline.line)
        beside = Beside(page, choice, None)
    spoken = language_of(text or _words(choice.read), declared=origin.language, asked=language)
    left_out = [*headline.left_out, *_left_out(choice, origin, beside), *layout.marks]
    if title and headline.line:
        left_out.insert(0, LeftOut(headline.line.text, Reason.ANOTHER_TITLE))
    article = article_of(
        _told_whole(text, spoken) if text else paragraphs_of(choice.read, language=spoken),
        left_out=bounded(left_out),
        title=title or headline.text,
        language=spoken,
        byline=origin.byline or origin.publisher,
        site=origin.site or site_beside(headline.text or "", origin.page_title),
        source_url=origin.url,
        published_at=origin.published_at,
        picture=origin.picture,
    )
    return _with_text(article, page)


def _laid_out(page: Element | None, *, url: str | None) -> _Layout:
    """The lines of a page, each with its place. Raises UnreadableSource, EmptyArticle."""
    if page is None:
        raise EmptyArticle("page-empty")
    if sum(1 for _ in page.iter()) > _MOST_ELEMENTS:
        raise UnreadableSource("page-too-nested", most=_MOST_ELEMENTS)
    origin = origin_of(page, url=url)
    marks = without_marks(page)
    lines = list(blocks(page))
    origin = replace(origin, byline=all_of(origin.byline, shown_authors(lines)))
    lines = with_sections([_placed(line, origin) for line in lines])
    lines = with_boxes(lines, page, title=without_site(origin.headline or "")[0])
    headline = headline_of(origin.headline, lines)
    lines = with_headline(lines, headline)
    if headline.line:
        lines = with_origin(lines, headline.line, partial(told_by, origin=origin))
    return _Layout(page, origin, tuple(lines), headline, tuple(marks))


def _with_text(article: Article, page: Element) -> Article:
    """The article; one of pictures alone is marked. Raises EmptyArticle if they say nothing."""
    if len(article.paragraphs) > 1 or not pictures(page):
        return article
    if all(line.extra is not Extra.ALT for line in article.left_out):
        raise EmptyArticle("page-of-pictures")
    return replace(article, has_text=False)


def _placed(line: Block, origin: Origin) -> Block:
    """The line; the author's name and the date alone in it are no part of the text."""
    is_text = line.kind is not Kind.HEADING
    is_byline = line.text == origin.byline or (is_text and is_credit(line.text, origin))
    return replace(line, place=Place(Reason.BYLINE, is_certain=True)) if is_byline else line


def _left_out(choice: Choice, origin: Origin, beside: Beside) -> Iterator[LeftOut]:
    """The lines that are not read, each once, with the best reason known."""
    unread = [(line, _unread(line.text, place, origin)) for line, place in choice.unread]
    left_out = beside.left_out(unread)
    lines = {(line.text, line.extra, line.behind): line for line in left_out}
    placed = {line.text for line in left_out if line.extra}
    for line in lines.values():
        if line.extra or line.text not in placed:
            yield line
    whys = {line.reason for line in left_out}
    if not origin.is_free and Reason.SUBSCRIPTION_PROMPT in whys:
        yield LeftOut("Der Rest des Artikels", Reason.PAYWALL)


def _unread(text: str, place: Place, origin: Origin) -> LeftOut:
    known = told_by(text, origin) if place.reason is NOWHERE else None
    why = None if place.reason is Reason.CAPTION else reason(text) or known
    return replace(place, reason=why, values=()).left_out(text) if why else place.left_out(text)


def _told_alone(page: Element, choice: Choice, origin: Origin, *, has_pictures: bool) -> str | None:
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
    if not has_pictures:
        raise EmptyArticle("page-without-article")
    return None


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
        return paragraphs(unescape(text))
    return paragraphs_of(list(blocks(page)), language=language)


def _around(line: Block) -> Iterator[Element]:
    yield line.element
    yield from line.element.iterancestors()


def _words(lines: Sequence[Block]) -> str:
    return " ".join(line.text for line in lines)
