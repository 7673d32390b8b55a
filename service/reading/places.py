"""Where on a page a line may stand that is not read: by element, role, and class names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.codes import Reason
from service.domain import LeftOut
from service.reading.tree import HEADINGS, tag_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

OPS_TYPE = "{http://www.idpf.org/2007/ops}type"  # epub:type


@dataclass(frozen=True, slots=True)
class Place:
    """Why a line there is not read; if `is_certain`, not even when it looks like the article.

    `values` belong into the reason's phrase.
    """

    why: Reason
    is_certain: bool = False
    values: tuple[tuple[str, int], ...] = ()

    def left_out(self, text: str) -> LeftOut:
        """A line there, as it is told of."""
        return LeftOut(text, self.why, self.values)


_TAGS = {
    "nav": Place(Reason.NAVIGATION, is_certain=True),
    "figcaption": Place(Reason.CAPTION, is_certain=True),
    "pre": Place(Reason.CODE, is_certain=True),
    "form": Place(Reason.FORM),
    "fieldset": Place(Reason.FORM),
    "button": Place(Reason.BUTTON, is_certain=True),
    "select": Place(Reason.FORM, is_certain=True),
    "label": Place(Reason.FORM),
    "dialog": Place(Reason.NOTICE),
    "aside": Place(Reason.BESIDE),
    "menu": Place(Reason.NAVIGATION),
    "address": Place(Reason.ADDRESS),
}
_ROLES = {
    "navigation": Place(Reason.NAVIGATION, is_certain=True),
    "search": Place(Reason.FORM, is_certain=True),
    "button": Place(Reason.BUTTON, is_certain=True),
    "banner": Place(Reason.PAGE_HEADER),
    "contentinfo": Place(Reason.PAGE_FOOTER),
    "complementary": Place(Reason.BESIDE),
    "dialog": Place(Reason.NOTICE),
    "alertdialog": Place(Reason.NOTICE),
    "doc-footnote": Place(Reason.FOOTNOTE, is_certain=True),
    "doc-endnote": Place(Reason.FOOTNOTE, is_certain=True),
    "doc-endnotes": Place(Reason.FOOTNOTE, is_certain=True),
    "doc-toc": Place(Reason.TABLE_OF_CONTENTS, is_certain=True),
    "doc-pagebreak": Place(Reason.PAGE_NUMBER, is_certain=True),
    "doc-index": Place(Reason.INDEX, is_certain=True),
    "doc-bibliography": Place(Reason.REFERENCES, is_certain=True),
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
    Reason.FOOTNOTE: "footnotes? endnotes? fussnoten? fußnoten? reflist references",
    Reason.CAPTION: (
        "(?:.*-)?caption(?:-text)? thumbcaption bildunterschrift gallerytext"
        " credits? copyright bildnachweis"
    ),
    Reason.INFOBOX: "infobox taxobox",
    Reason.NAVIGATION: "sitesub contentsub jump-to-nav",
    Reason.KEYWORDS: "catlinks",
    Reason.IMPRINT: "pg-boilerplate",
    Reason.RATING: "(?:.*-)?(?:ratings?|bewertung(?:en)?|stars?|sterne)",
    Reason.TABLE_OF_CONTENTS: "toc ez-toc-container inhaltsverzeichnis table-of-contents",
}
_LIKELY = {
    Reason.PAGE_FOOTER: "(?:.*-)?(?:site|page|location)-?footer footer",
    Reason.PAGE_HEADER: (
        "(?:site|page)-(?:title|name|branding|header) logo branding masthead header"
    ),
    Reason.COOKIE_NOTICE: ".*(?:cookie|consent|gdpr|dsgvo|onetrust|usercentrics|borlabs).*",
    Reason.COMMENTS: "(?:comments?|kommentare?)(?:-.*)? respond disqus.* leserbriefe? webmentions?",
    Reason.SHARE_PROMPT: (
        "(?:.*-)?(?:share|sharing|sharedaddy|social|teilen)"
        "(?:-(?:bar|buttons?|links?|list|tools?|icons?|box|menu|media))? addtoany.* shariff.*"
    ),
    Reason.NEWSLETTER_PROMPT: "(?:.*-)?newsletter(?:-.*)?",
    Reason.SUBSCRIPTION_PROMPT: "(?:.*-)?(?:paywall|plus-box|abo-?box|piano)(?:-.*)?",
    Reason.ADVERTISING: (
        "(?:.*-)?(?:ads?|adslot|advert.*|anzeige|werbung|sponsored|promo)(?:-.*)?"
    ),
    Reason.OTHER_ARTICLES: (
        "(?:.*-)?(?:related|recommend.*|relatedposts|mehr-zum-thema|meistgelesen|most-?read"
        "|read-?more|see-also|siehe-auch|post-navigation|teaser-?list|outbrain|taboola)(?:-.*)?"
    ),
    Reason.AUTHOR_BOX: (
        "(?:.*-)?(?:(?:author|user)-?(?:box|bio|info|card)|about-(?:the-)?author"
        "|autoren-?(?:box|info))"
        "(?:-.*)?"
    ),
    Reason.KEYWORDS: (
        "(?:(?:post|entry|article)-)?(?:tags?|tag-?list|cat-links|tags-links|schlagworte|keywords)"
    ),
    Reason.NAVIGATION: (
        "breadcrumbs?(?:-.*)? brotkrumen nav(?:igation|bar)? menu pagination skip-?link"
        " sprungmarken navbox pager noprint hatnote"
    ),
    Reason.COUNTER: "(?:(?:up|down)?votes?|likes?|views?|score)(?:-(?:count|box|number))?",
    Reason.PLAYER: "(?:.*-)?(?:audio-?player|player|read-?aloud|vorlesen)(?:-.*)?",
    Reason.BYLINE: (
        "(?:.*-)?(?:byline|entry-meta|post-meta|article-meta|posted-on|dateline|authors) author"
        " autor"
    ),
    Reason.BESIDE: "sidebar(?:-.*)? widget(?:-.*)? marginal.* factbox",
    Reason.KICKER: "(?:.*-)?(?:kicker|overline|dachzeile|spitzmarke|topline|eyebrow)",
}
# class names and ids, word by word; what is certain is never the running text's own wrapper
_CLASSES = [
    (Place(why, is_certain=names is _CERTAIN), re.compile("|".join(patterns.split())))
    for names in (_CERTAIN, _LIKELY)
    for why, patterns in names.items()
]
_WHOLE = frozenset("html body main article".split())  # their class names tell of other things
_HIDDEN = Place(Reason.HIDDEN)
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
    return Place(Reason.PAGE_HEADER if tag == "header" else Reason.PAGE_FOOTER)
