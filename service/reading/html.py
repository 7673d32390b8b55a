"""A web page → article: trafilatura finds the text, the furniture filter follows it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from service.domain import Article, Kind, LeftOut, Paragraph
from service.errors import EmptyArticle, UnreadableSource
from service.reading.address import known_as
from service.reading.build import article_of
from service.reading.fetch import fetch
from service.reading.furniture import reason, without_site
from service.reading.plain import decode, tidy

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LONGEST_TABLE = 20  # rows; a longer one is no pleasure to listen to
_MOST_LEFT_OUT = 500  # lines
_META_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
_BLOCKS = "p h1 h2 h3 h4 h5 h6 li td th figcaption blockquote dt dd button label summary".split()
_WHERE = {
    "figcaption": "caption",
    "nav": "navigation",
    "footer": "page footer",
    "header": "page header",
    "aside": "beside the article",
    "form": "form",
    "table": "table",
}
_GERMAN = frozenset("der die das und ist nicht mit den von auf für ein eine im dem zu sich".split())
_ENGLISH = frozenset("the and of to in is that for with on was are this have be at by".split())


def read_html(html: str, *, url: str | None = None, title: str | None = None) -> Article:
    """The article on a page. Raises EmptyArticle, UnreadableSource (not in German)."""
    import trafilatura  # noqa: PLC0415 (takes half a second, for those alone who need it)
    from lxml import html as pages  # noqa: PLC0415

    if not html.strip():
        raise EmptyArticle("The page is empty.")
    page = trafilatura.load_html(html)
    found = None
    if page is not None:
        found = trafilatura.bare_extraction(
            html, url=url, with_metadata=True, include_comments=False, deduplicate=False
        )
    if found is None or isinstance(found, dict) or found.body is None:
        raise EmptyArticle("No article was found on the page: paste its text instead.")
    paragraphs = list(_paragraphs(found.body))
    _demand_german(paragraphs, pages.fromstring(html).get("lang"))
    headline = title or _headline(found.title, paragraphs)
    left_out = list(_left_out(pages.fromstring(html), paragraphs, headline))
    return article_of(
        paragraphs,
        left_out=left_out,
        title=headline,
        byline=found.author,
        site=found.sitename if found.sitename != _host(url) else None,
        source_url=found.url or url,
    )


def read_url(url: str, *, title: str | None = None, allow_private: bool = False) -> Article:
    """The article on the page behind an address. Raises UnreadableSource, EmptyArticle."""
    page = fetch(url.strip(), allow_private=allow_private)
    html = decode_page(page.content, told=page.charset)
    article = read_html(html, url=page.url, title=title)
    source_url, name = known_as(page.url, canonical=_canonical(html))
    return replace(article, source_url=source_url, page=name)


def _canonical(html: str) -> str | None:
    """What the page's canonical link says."""
    import trafilatura  # noqa: PLC0415

    page = trafilatura.load_html(html)
    for link in () if page is None else page.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            return str(link.get("href") or "")
    return None


def decode_page(raw: bytes, *, told: str | None = None) -> str:
    """The characters of a page: by the charset told, by its meta tag, else as a text file's."""
    named = _META_CHARSET.search(raw[:4096])
    for charset in (told, named and named[1].decode("ascii")):
        with contextlib.suppress(LookupError, UnicodeDecodeError):
            if charset:
                return raw.decode(charset)
    return decode(raw)


def _paragraphs(body: Element) -> Iterator[Paragraph]:
    """What trafilatura kept, in reading order."""
    for element in body:
        match element.tag:
            case "head":
                yield from _paragraph(Kind.HEADING, element)
            case "list":
                for item in element:
                    yield from _paragraph(Kind.LIST_ITEM, item)
            case "quote":
                for part in element if len(element) else [element]:
                    yield from _paragraph(Kind.QUOTE, part)
            case "table":
                yield from _rows(element)
            case _:
                yield from _paragraph(Kind.TEXT, element)


def _paragraph(kind: Kind, element: Element) -> Iterator[Paragraph]:
    if text := _text(element):
        yield Paragraph(kind, text)


def _rows(table: Element) -> Iterator[Paragraph]:
    """A small table row by row, every cell with its column's head."""
    rows = [[_text(cell) for cell in row] for row in table]
    if len(rows) > _LONGEST_TABLE:
        return
    has_heads = len(table) > 1 and all(cell.get("role") == "head" for cell in table[0])
    heads = rows.pop(0) if has_heads else []
    for row in rows:
        named = [
            f"{heads[at]}: {cell}" if at < len(heads) and heads[at] else cell
            for at, cell in enumerate(row)
            if cell
        ]
        if named:
            yield Paragraph(Kind.LIST_ITEM, "; ".join(named))


def _headline(told: str | None, paragraphs: list[Paragraph]) -> str | None:
    """The headline on the page, else what its metadata tell, without the site's name."""
    title = without_site(" ".join((told or "").split()))[0]
    first = paragraphs[0] if paragraphs else None
    if first and first.kind is Kind.HEADING and (not title or first.text in title):
        return first.text
    return title or None


def _left_out(page: Element, kept: list[Paragraph], headline: str | None) -> Iterator[LeftOut]:
    """The lines of the page that are not in the article, with where they stand."""
    read = " ".join(paragraph.text for paragraph in kept) + f" {headline or ''}"
    seen: set[str] = set()
    for element in page.iter(*_BLOCKS):
        text = _text(element)
        has_blocks = any(True for _ in element.iterdescendants(*_BLOCKS))
        if not text or has_blocks or text in read or text in seen or len(seen) >= _MOST_LEFT_OUT:
            continue
        seen.add(text)
        yield LeftOut(text, reason(text) or _where(element))


def _where(element: Element) -> str:
    for one in (element, *element.iterancestors()):
        if isinstance(one.tag, str) and one.tag in _WHERE:
            return _WHERE[one.tag]
    return "not part of the article"


def _text(element: Element) -> str:
    return " ".join(tidy("".join(element.itertext())).split())


def _demand_german(paragraphs: list[Paragraph], told: str | None) -> None:
    """Raises UnreadableSource for a page in another language, by its words, then by its tag."""
    words = " ".join(paragraph.text for paragraph in paragraphs).lower().split()
    german, english = (sum(word in known for word in words) for known in (_GERMAN, _ENGLISH))
    is_foreign = told and not told.lower().startswith(("de", "gsw", "nds"))
    if english > german or (is_foreign and german * 20 < len(words)):
        raise UnreadableSource(
            f"The page is not in German ({told or 'en'}): Vorleser reads German articles."
        )


def _host(url: str | None) -> str | None:
    return urlsplit(url).hostname if url else None
