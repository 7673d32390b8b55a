"""Where on a page a line may stand that is not read: by element, role, and class names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.reading.tree import HEADINGS, tag_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

OPS_TYPE = "{http://www.idpf.org/2007/ops}type"  # epub:type


@dataclass(frozen=True, slots=True)
class Place:
    """Why a line there is not read; if `is_certain`, not even when it looks like the article."""

    why: str
    is_certain: bool = False


_TAGS = {
    "nav": Place("navigation", is_certain=True),
    "figcaption": Place("caption", is_certain=True),
    "pre": Place("code", is_certain=True),
    "form": Place("form"),
    "fieldset": Place("form"),
    "button": Place("button", is_certain=True),
    "select": Place("form", is_certain=True),
    "label": Place("form"),
    "dialog": Place("notice"),
    "aside": Place("beside the article"),
    "menu": Place("navigation"),
    "address": Place("address"),
}
_ROLES = {
    "navigation": Place("navigation", is_certain=True),
    "search": Place("form", is_certain=True),
    "button": Place("button", is_certain=True),
    "banner": Place("page header"),
    "contentinfo": Place("page footer"),
    "complementary": Place("beside the article"),
    "dialog": Place("notice"),
    "alertdialog": Place("notice"),
    "doc-footnote": Place("footnote", is_certain=True),
    "doc-endnote": Place("footnote", is_certain=True),
    "doc-endnotes": Place("footnote", is_certain=True),
    "doc-toc": Place("table of contents", is_certain=True),
    "doc-pagebreak": Place("page number", is_certain=True),
    "doc-index": Place("index", is_certain=True),
    "doc-bibliography": Place("references", is_certain=True),
}
_TYPES = {
    "footnote": _ROLES["doc-footnote"],
    "footnotes": _ROLES["doc-footnote"],
    "endnote": _ROLES["doc-footnote"],
    "endnotes": _ROLES["doc-footnote"],
    "rearnote": _ROLES["doc-footnote"],
    "rearnotes": _ROLES["doc-footnote"],
    "toc": _ROLES["doc-toc"],
    "landmarks": _ROLES["doc-toc"],
    "pagebreak": _ROLES["doc-pagebreak"],
    "index": _ROLES["doc-index"],
    "bibliography": _ROLES["doc-bibliography"],
}
# class names and ids, word by word; what is certain is never the running text's own wrapper
_CERTAIN = {
    "footnote": "footnotes? endnotes? fussnoten? fußnoten? reflist references",
    "caption": (
        "(?:.*-)?caption(?:-text)? thumbcaption bildunterschrift gallerytext"
        " credits? copyright bildnachweis"
    ),
    "infobox": "infobox taxobox",
    "navigation": "sitesub contentsub jump-to-nav",
    "keywords": "catlinks",
    "imprint": "pg-boilerplate",
    "rating": "(?:.*-)?(?:ratings?|bewertung(?:en)?|stars?|sterne)",
    "table of contents": "toc ez-toc-container inhaltsverzeichnis table-of-contents",
}
_LIKELY = {
    "page footer": "(?:.*-)?(?:site|page|location)-?footer footer",
    "page header": "(?:site|page)-(?:title|name|branding|header) logo branding masthead header",
    "cookie notice": ".*(?:cookie|consent|gdpr|dsgvo|onetrust|usercentrics|borlabs).*",
    "comments": "(?:comments?|kommentare?)(?:-.*)? respond disqus.* leserbriefe? webmentions?",
    "share prompt": (
        "(?:.*-)?(?:share|sharing|sharedaddy|social|teilen)"
        "(?:-(?:bar|buttons?|links?|list|tools?|icons?|box|menu|media))? addtoany.* shariff.*"
    ),
    "newsletter prompt": "(?:.*-)?newsletter(?:-.*)?",
    "subscription prompt": "(?:.*-)?(?:paywall|plus-box|abo-?box|piano)(?:-.*)?",
    "advertising": ("(?:.*-)?(?:ads?|adslot|advert.*|anzeige|werbung|sponsored|promo)(?:-.*)?"),
    "link to other articles": (
        "(?:.*-)?(?:related|recommend.*|relatedposts|mehr-zum-thema|meistgelesen|most-?read"
        "|read-?more|see-also|siehe-auch|post-navigation|teaser-?list|outbrain|taboola)(?:-.*)?"
    ),
    "author box": (
        "(?:.*-)?(?:(?:author|user)-?(?:box|bio|info|card)|about-(?:the-)?author"
        "|autoren-?(?:box|info))"
        "(?:-.*)?"
    ),
    "keywords": (
        "(?:(?:post|entry|article)-)?(?:tags?|tag-?list|cat-links|tags-links|schlagworte|keywords)"
    ),
    "navigation": (
        "breadcrumbs?(?:-.*)? brotkrumen nav(?:igation|bar)? menu pagination skip-?link"
        " sprungmarken navbox pager noprint hatnote"
    ),
    "counter": "(?:(?:up|down)?votes?|likes?|views?|score)(?:-(?:count|box|number))?",
    "player": "(?:.*-)?(?:audio-?player|player|read-?aloud|vorlesen)(?:-.*)?",
    "byline": (
        "(?:.*-)?(?:byline|entry-meta|post-meta|article-meta|posted-on|dateline|authors) author"
        " autor"
    ),
    "beside the article": "sidebar(?:-.*)? widget(?:-.*)? marginal.* factbox",
    "kicker": "(?:.*-)?(?:kicker|overline|dachzeile|spitzmarke|topline|eyebrow)",
}
# class names and ids, word by word; what is certain is never the running text's own wrapper
_CLASSES = [
    (Place(why, is_certain=names is _CERTAIN), re.compile("|".join(patterns.split())))
    for names in (_CERTAIN, _LIKELY)
    for why, patterns in names.items()
]
_WHOLE = frozenset("html body main article".split())  # their class names tell of other things
_HIDDEN = Place("hidden on the page")
_HIDDEN_CLASSES = frozenset("sr-only visually-hidden visuallyhidden screen-reader-text".split())
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def place_of(element: Element, tag: str) -> Place | None:
    """The place that an element is by itself, None when it is running text."""
    if tag in {"footer", "header"}:
        return _edge(element, tag)
    if tag == "button" and tag_of(element.getparent()) in HEADINGS:
        return None  # it opens what stands below
    types = (element.get(OPS_TYPE) or element.get("epub:type") or "").split()
    found = [_TYPES.get(name) for name in types]
    found += [by_class(element) if tag not in _WHOLE else None]
    found += [_ROLES.get(element.get("role", "")), _TAGS.get(tag)]
    places = [place for place in found if place]
    certain = [place for place in places if place.is_certain]
    return next(iter(certain + places), _HIDDEN if is_hidden(element) else None)


def by_class(element: Element) -> Place | None:
    """The place that an element's class names or id speak of."""
    names = f"{element.get('class', '')} {element.get('id', '')}".lower().split()
    names = [re.sub(r"[_]+", "-", name) for name in names]
    return next((place for place, pattern in _CLASSES if any(map(pattern.fullmatch, names))), None)


def is_hidden(element: Element) -> bool:
    """Whether nobody sees it, as far as the page alone tells."""
    if "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return True
    classes = set(element.get("class", "").split())
    return bool(_HIDDEN_CLASSES & classes or _HIDDEN_STYLE.search(element.get("style", "")))


def _edge(element: Element, tag: str) -> Place | None:
    """A page's header or footer; an article's header and a quotation's footer are its own."""
    around = {parent.tag for parent in element.iterancestors("article", "main", "blockquote")}
    if "blockquote" in around or (tag == "header" and around):
        return None
    return Place(f"page {tag}")
