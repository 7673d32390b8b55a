"""Where on a page a line may stand that is not read: by element, role, and class names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from service.codes import Reason
from service.domain import LeftOut
from service.reading.names import names_of
from service.reading.text import is_prose
from service.reading.tree import HEADINGS, tag_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

OPS_TYPE = "{http://www.idpf.org/2007/ops}type"  # epub:type


@dataclass(frozen=True, slots=True)
class Place:
    """Why a line there is not read; if `is_certain`, not even when it looks like the article.

    `values` belong into the reason's phrase. `most` letters make it certain in a box on a page that
    holds no more: the names of large boxes tell less.
    """

    reason: Reason
    is_certain: bool = False
    values: tuple[tuple[str, int], ...] = ()
    most: int = 0

    def left_out(self, text: str) -> LeftOut:
        """A line there, as it is told of."""
        return LeftOut(" ".join(text.split()), self.reason, self.values)


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
    "aside": Place(Reason.BESIDE, most=1500),
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
# Class names and ids as names_of gives them; a row is one reason, a word between hyphens (`_ANY`)
# or a whole name (`_OWN`). What is certain is never the running text's own wrapper.
_CERTAIN = {
    Reason.FOOTNOTE: "footnotes? endnotes? fussnoten? fußnoten? reflist references",
    Reason.INFOBOX: "infobox taxobox",
    Reason.NAVIGATION: "sitesub contentsub jump-to-nav",
    Reason.KEYWORDS: "(?:mw-)?(?:normal-)?catlinks",
    Reason.IMPRINT: "pg-boilerplate",
    Reason.RATING: "(?:.*-)?(?:ratings?|bewertung(?:en)?|stars?|sterne)",
    Reason.TABLE_OF_CONTENTS: "toc ez-toc-container inhaltsverzeichnis table-of-contents",
}
_OWN = {
    Reason.PAGE_FOOTER: (0, "(?:.*-)?(?:site|page|location)-?footer footer"),
    Reason.PAGE_HEADER: (
        0,
        "(?:site|page)-(?:title|name|branding|header) logo branding masthead header",
    ),
    Reason.COMMENTS: (
        900,
        "(?:comments?|kommentare?)(?:-.*)? respond disqus.* leserbriefe? webmentions?",
    ),
    Reason.SHARE_PROMPT: (
        300,
        (
            "(?:.*-)?(?:share|sharing|sharedaddy|social|teilen)"
            "(?:-(?:bar|buttons?|links?|list|tools?|icons?|box|menu|media))? addtoany.* shariff.*"
        ),
    ),
    Reason.KEYWORDS: (
        300,
        "(?:(?:post|entry|article)-)?(?:tags?|tag-?list|cat-links|tags-links|schlagworte|keywords)",
    ),
    Reason.NAVIGATION: (
        300,
        (
            "breadcrumbs?(?:-.*)? crumbs? brotkrumen nav(?:igation|bar)? menu pagination skip-?link"
            " sprungmarken navbox pager noprint hatnote"
        ),
    ),
    Reason.COUNTER: (60, "(?:(?:up|down)?votes?|likes?|views?|score)(?:-(?:count|box|number))?"),
    Reason.BYLINE: (
        160,
        (
            "(?:.*-)?(?:byline|entry-meta|post-meta|article-meta|posted-on|dateline|authors)"
            " author autor"
        ),
    ),
    Reason.AUTHOR_BOX: (500, "(?:.*-)?person(?:-box|-content|-text)? (?:author|autoren)-profil.*"),
    Reason.DATE_LINE: (
        60,
        "(?:.*-)?(?:date|datum|date-?time|timestamp|pub-?date|published|updated)",
    ),
    Reason.PLAYER: (
        400,
        "(?:audio|video)(?:-(?:wrapper|box|container|element|item|teaser|module))?",
    ),
    Reason.BESIDE: (0, "sidebar(?:-.*)? widget(?:-.*)? marginal.* fact-?box"),
    Reason.KICKER: (100, "(?:.*-)?(?:kicker|overline|dachzeile|spitzmarke|topline|eyebrow)"),
}
_ANY = {
    Reason.CAPTION: (
        600,
        (
            "captions? figcaption thumbcaption bildunterschrift bildtext pictext gallerytext"
            " credits? copyright bildnachweis bildquelle bildrechte"
            " (?:media|image)-?(?:info|rights|source)"
            " photographer"
            " fotograf(?:in)?"
        ),
    ),
    Reason.COOKIE_NOTICE: (
        900,
        r"\w*(?:cookie|consent|gdpr|dsgvo|onetrust|usercentrics|borlabs)\w*",
    ),
    Reason.EXTERNAL: (900, "opt-?in embed-?placeholder external-?content two-?click"),
    Reason.NEWSLETTER_PROMPT: (700, "newsletters?"),
    Reason.SUBSCRIPTION_PROMPT: (
        700,
        (
            "paywall plus-box abo-?box piano subscribe subscription abonnement regwall"
            " donations? donate spenden"
        ),
    ),
    Reason.ADVERTISING: (
        500,
        r"ads? adslot advert\w* anzeigen? werbung sponsored promos? promotion affiliate",
    ),
    Reason.OTHER_ARTICLES: (
        900,
        (
            r"related recommend\w* relatedposts mehr-zum-thema meistgelesen most-?read"
            r" most-?popular popular trending read-?more see-also siehe-auch lesen-sie-auch"
            r" post-navigation"
            r" teaser-?list outbrain taboola link-?box link-?list also-?read more-?on"
            r" auch-interessant"
        ),
    ),
    Reason.AUTHOR_BOX: (
        500,
        "(?:author|user|autoren)-?(?:box|bio|info|card|profile?|vita) about-(?:the-)?author bio",
    ),
    Reason.PLAYER: (
        400,
        "(?:audio|video|media|podcast)-?player player read-?aloud vorlesen podcast",
    ),
    Reason.CREDIT: (200, "broadcast sendung sendehinweis program-?info"),
    Reason.POLL: (400, "polls? umfrage survey voting quiz abstimmung opinary civey"),
    Reason.FEEDBACK: (300, "feedback error-?report fehler-?melden"),
    Reason.APP_PROMPT: (400, "app-?(?:note|promo|banner|hint|teaser|box|download) smart-?banner"),
    Reason.JOBS: (600, "jobs? stellenmarkt stellenangebote jobbox"),
}


def _between_hyphens(names: str) -> str:
    return f"(?:.*-)?(?:{'|'.join(names.split())})(?:-.*)?"


_CLASSES = [
    *((Place(why, is_certain=True), "|".join(names.split())) for why, names in _CERTAIN.items()),
    *(
        (Place(why, is_certain=why is Reason.CAPTION, most=most), _between_hyphens(names))
        for why, (most, names) in _ANY.items()
    ),
    *((Place(why, most=most), "|".join(names.split())) for why, (most, names) in _OWN.items()),
]
_PATTERNS = [(place, re.compile(pattern)) for place, pattern in _CLASSES]
_TEXT = frozenset("p li blockquote".split())
_OPENED = HEADINGS | {"dt"}  # a button in such opens what stands below
_WHOLE = frozenset("html body main article".split())  # their class names tell of other things
HIDDEN = Place(Reason.HIDDEN, is_certain=True)
_FOR_THE_EAR = re.compile(
    r"(?:.*-)?(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?|assistive-text|off-?screen"
    r"|u-?hidden|vh)(?:-.*)?"
)
HIDDEN_NAMES = frozenset(["hidden", "d-none"])
_SHOWN_AT_TIMES = re.compile(r"[:-](?:block|flex|grid|table|inline\S*|contents)$")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def place_of(element: Element, tag: str) -> Place | None:
    """The place that an element is by itself, None when it is running text."""
    if is_hidden(element) or is_for_the_ear(element) or _is_decoration(element, tag):
        return HIDDEN
    if tag in {"footer", "header"}:
        return _edge(element, tag)
    if tag == "button" and tag_of(element.getparent()) in _OPENED:
        return None
    types = (element.get(OPS_TYPE) or element.get("epub:type") or "").split()
    candidates = [_TYPES.get(name) for name in types]
    candidates += [by_class(element) if tag not in _WHOLE else None]
    candidates += [_ROLES.get(element.get("role", "")), _TAGS.get(tag)]
    places = [place for place in candidates if place]
    certain = [place for place in places if place.is_certain]
    return next(iter(certain + places), None)


def by_class(element: Element) -> Place | None:
    """The place that an element's class names or id speak of."""
    names = names_of(element)
    return _by_names(names) if names else None


@lru_cache(maxsize=4096)
def _by_names(names: tuple[str, ...]) -> Place | None:
    return next((place for place, pattern in _PATTERNS if any(map(pattern.fullmatch, names))), None)


def is_hidden(element: Element) -> bool:
    """Whether nobody sees or hears it, as far as the page alone tells."""
    if "hidden" in element.attrib or _HIDDEN_STYLE.search(element.get("style", "")):
        return True
    names = element.get("class", "").split()
    is_named = not HIDDEN_NAMES.isdisjoint(names)
    return is_named and not any(map(_SHOWN_AT_TIMES.search, names))


def is_for_the_ear(element: Element) -> bool:
    """Whether it is text for screen readers alone (WAI: visually hidden)."""
    return any(map(_FOR_THE_EAR.fullmatch, names_of(element)))


def is_for_the_eye(element: Element) -> bool:
    """Whether it is hidden from screen readers alone."""
    return bool(element.get("aria-hidden") == "true")


def _is_decoration(element: Element, tag: str) -> bool:
    """A box for the eye alone is one; a paragraph with a sentence in it is read."""
    return is_for_the_eye(element) and not (tag in _TEXT and is_prose(text_of(element)))


def _edge(element: Element, tag: str) -> Place | None:
    """A page's header or footer; an article's header and a quotation's footer are its own."""
    around = {parent.tag for parent in element.iterancestors("article", "main", "blockquote")}
    if "blockquote" in around or (tag == "header" and around):
        return None
    return Place(Reason.PAGE_HEADER if tag == "header" else Reason.PAGE_FOOTER)
