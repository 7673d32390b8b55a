"""What a page tells of its article: JSON-LD (schema.org) and meta tags, then trafilatura."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from service.codes import Reason
from service.reading.text import words
from service.reading.tree import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ARTICLES = re.compile(
    r"(?:\w*Article|\w*BlogPosting|Report\w*|WebPage|\w*Review|\w*Newsletter|Recipe|CreativeWork)"
)
_MOST_NODES = 2000
_LONGEST_TOLD, _LONGEST_SITE = 100, 40  # characters
_DATE_LINE = re.compile(r"(?:\w+, )?(?:den )?\d{1,2}\.\s?(?:\d{1,2}\.|[A-ZÄ]\w+\.?)\s?\d{4}")
_DATE = re.compile(r"\d{1,2}\.\s?(?:\d{1,2}\.|[A-ZÄ][a-zä]+\.?)\s?\d{4}|\d{1,2}[:.]\d{2}")
_HANDLE = re.compile(r"@[\w.-]+(?:@[\w.-]+)?")
_SEPARATORS = re.compile(r"\s*[|–—·»:]\s+|\s+-\s+")
_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_ENDS_IN_FIGURES = re.compile(r"\d\s?(?:Min|Std|Sek|Uhr)\.$")
_AND = re.compile(r"(\S \S+)\s+(?:und|&)\s+(?=\S+ \S)")  # between whole names
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_DATES = ("article:published_time", "og:article:published_time", "datepublished", "date",
          "dc.date.issued", "dcterms.created", "dc.date", "publish-date", "pubdate")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article comes from, as far as its page tells; addresses are absolute."""

    headline: str | None = None
    page_title: str = ""
    byline: str | None = None
    publisher: str | None = None  # who is told to have written it, and only published it
    site: str | None = None
    url: str | None = None
    published_at: str | None = None
    picture: str | None = None
    language: str | None = None
    is_free: bool = True
    text: str | None = None  # of the article, whole


def origin_of(page: Element, *, url: str | None) -> Origin:
    """What the page tells; `url` is where it was fetched."""
    guess = _guessed(page, url)
    node, meta = _article_node(page), _meta(page)
    here = _address(canonical(page), url) or _address(meta.get("og:url"), url) or url
    headline = _text(node.get("headline")) or meta.get("og:title")
    site = meta.get("og:site_name") or _name(node.get("publisher")) or _domain(guess.sitename)
    title = words(page.findtext(".//title") or "")
    authors = [_names(node.get("author")), _byline(page), _marked_author(page)]
    authors.append(_person(guess.author))
    known = {
        site,
        *parts_of(title)[-1:],
        _name(node.get("publisher")),
        urlsplit(here or "").hostname,
    }
    people = [name for name in authors if name and not _is_publisher(name, known)]
    return Origin(
        headline=headline or _without(site, title) or None,
        page_title=title,
        byline=next(iter(people), None),
        publisher=next((name for name in authors if name and not _DOMAIN.fullmatch(name)), None),
        site=site if site and site != urlsplit(here or "").hostname else None,
        url=here,
        published_at=moment(_text(node.get("datePublished")))
        or next(filter(None, (moment(meta.get(name)) for name in _DATES)), None)
        or moment(guess.date),
        picture=_address(_picture(node.get("image")) or meta.get("og:image") or guess.image, here),
        language=page.get("lang") or page.get("xml:lang") or meta.get("content-language"),
        is_free=str(node.get("isAccessibleForFree", True)).lower() != "false",
        text=_body(node.get("articleBody")),
    )


def told_by(text: str, origin: Origin) -> Reason | None:
    """What a line of the page only repeats of its origin: its byline or date, else None."""
    if len(text) > _LONGEST_TOLD or (text[-1] in ".!?…" and not _ENDS_IN_FIGURES.search(text)):
        return None
    if origin.byline and any(name in text for name in origin.byline.split(", ")):
        return Reason.BYLINE
    return Reason.DATE_LINE if _DATE_LINE.match(text) else None


def is_credit(text: str, origin: Origin) -> bool:
    """Whether a line is only the author and the date, or a date with other figures beside it."""
    if _DATE_LINE.match(text) and re.search(r"\s[·•∙|]\s.*[^.!?…]$", text):
        return True
    rest = _DATE.sub(" ", _HANDLE.sub(" ", text))
    for name in (origin.byline or "").split(", "):
        rest = rest.replace(name, " ") if name else rest
    unknown = re.sub(r"\b(?:von|am|um|uhr)\b|\W", "", rest, flags=re.IGNORECASE)
    return not unknown and bool(_HANDLE.search(text) or (origin.byline or "\n") in text)


def site_beside(headline: str, title: str) -> str | None:
    """The site's name, which stands behind or before the headline in the page's title."""
    before, middle, behind = title.partition(headline) if headline else ("", "", "")
    rest = behind if not before else before if not behind else ""
    parts = parts_of(rest)
    name = "" if not (middle and parts) else parts[0] if before else parts[-1]
    return name if 0 < len(name) <= _LONGEST_SITE else None


def parts_of(title: str) -> list[str]:
    """What the separators in a page's title part."""
    return [part for part in _SEPARATORS.split(title) if part]


def _without(site: str | None, title: str) -> str:
    """The page's title without the site's name behind or before it."""
    parts = _SEPARATORS.split(title)
    if site and len(parts) > 1 and parts[-1] == site:
        return title[: title.rindex(parts[-2]) + len(parts[-2])]
    if site and len(parts) > 1 and parts[0] == site:
        return title[title.index(parts[1], len(site)) :]
    return title


def _domain(guess: str | None) -> str | None:
    """A guess at the site's name, if it is the name of a domain."""
    return guess if guess and _DOMAIN.fullmatch(guess) else None


def _guessed(page: Element, url: str | None) -> Any:  # noqa: ANN401 (trafilatura's Document)
    from trafilatura.metadata import extract_metadata  # noqa: PLC0415 (slow to load)

    today = datetime.now(UTC).date().isoformat()
    how = {"original_date": True, "extensive_search": False, "max_date": today}
    return extract_metadata(page, default_url=url, date_config=how)


def _article_node(page: Element) -> dict[str, Any]:
    """The JSON-LD node of the article, the most telling one."""
    nodes = [
        node
        for script in page.iterdescendants("script")
        if "ld+json" in script.get("type", "")
        for node in _nodes(_parsed(script.text or ""))
    ]
    articles = [node for node in nodes if any(map(_ARTICLES.fullmatch, _types(node)))]
    return max(articles, key=lambda node: ("headline" in node, len(node)), default={})


def _parsed(text: str) -> object:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    """Every object in the data, outermost first."""
    waiting = [data]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        match waiting.pop(0):
            case dict() as node:
                yield node
                waiting += [part for part in node.values() if isinstance(part, dict | list)]
            case list() as parts:
                waiting += parts


def _types(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type", ())
    return [str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _meta(page: Element) -> dict[str, str]:
    """Meta tags by their name in small letters; the first of a name counts."""
    meta: dict[str, str] = {}
    for tag in page.iterdescendants("meta"):
        content = words(tag.get("content") or "")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := tag.get(attribute)):
                meta.setdefault(name.lower(), content)
    return meta


def canonical(page: Element | None) -> str | None:
    """What the page's canonical link says."""
    for link in () if page is None else page.iterdescendants("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            return str(link.get("href") or "")
    return None


def _address(link: str | None, base: str | None) -> str | None:
    """An absolute http address, else None."""
    try:
        address = urljoin(base or "", (link or "").strip())
        return address if link and urlsplit(address).scheme in {"http", "https"} else None
    except ValueError:
        return None


def moment(written: str | None) -> str | None:
    """A date, or a time with its zone, in ISO 8601; None when it is neither."""
    match = _ISO.match(written or "")
    if not match:
        return None
    try:
        moment = datetime.fromisoformat(match[0].strip())
        return moment.isoformat(timespec="seconds") if moment.tzinfo else _day(match[1])
    except ValueError:
        return None


def _day(written: str) -> str:
    return date.fromisoformat(written).isoformat()


def _text(value: object) -> str | None:
    return (words(value) or None) if isinstance(value, str) else None


def _body(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _name(value: object) -> str | None:
    """The name of a person or organisation, however it is given."""
    match value:
        case dict():
            return _text(value.get("name"))
        case list() if value:
            return _name(value[0])
    return _text(value)


def _names(value: object) -> str | None:
    many = value if isinstance(value, list) else [value]
    names = dict.fromkeys(filter(None, map(_name, many)))
    return ", ".join(name for name in names if _person(name)) or None


def _is_publisher(name: str, known: set[str | None]) -> bool:
    """Whether a name is the site's own."""
    return bool(_DOMAIN.fullmatch(name)) or name.casefold() in {
        other.casefold() for other in known if other
    }


def _byline(page: Element) -> str | None:
    """The authors in the meta tags; there is one for each, or one for all."""
    for name in ("author", "article:author", "dc.creator"):
        tags = [tag for tag in page.iterdescendants("meta") if _is_called(tag, name)]
        if names := dict.fromkeys(filter(None, (_person(tag.get("content")) for tag in tags))):
            return ", ".join(names)
    return None


def _is_called(tag: Element, name: str) -> bool:
    return name in {(tag.get(attribute) or "").lower() for attribute in ("property", "name")}


def _marked_author(page: Element) -> str | None:
    """The author that microdata or microformats name."""
    for element in page.iter("*"):
        if _is_marked(element, "author"):
            named = (part for part in element.iter("*") if _is_marked(part, "name"))
            return _person(text_of(next(named, element)))
    return None


def _is_marked(element: Element, name: str) -> bool:
    return element.get("itemprop") == name or f"p-{name}" in element.get("class", "").split()


def _person(text: str | None) -> str | None:
    """A name, without “Von”; no address."""
    name = re.sub(
        r"^(?:(?:geschrieben |verfasst )?von|by):?\s+", "", words(text or ""), flags=re.IGNORECASE
    ).replace("; ", ", ")
    name = _without_place(_AND.sub(r"\1, ", name))
    return None if not name or re.match(r"https?:|@|www\.", name) else name


def _without_place(names: str) -> str:
    """The names without a single word among whole ones: “Anna Meier, Berlin”."""
    parts = names.split(", ")
    whole = [part for part in parts if " " in part]
    return ", ".join(whole) if whole and " " in parts[0] else names


def _picture(value: object) -> str | None:
    match value:
        case list() if value:
            return _picture(value[0])
        case dict():
            return _text(value.get("url")) or _text(value.get("contentUrl"))
    return _text(value)
