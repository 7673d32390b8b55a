"""What in a book is not its text: cover, title page, imprint, table of contents, index."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from service.domain import Kind
from service.reading.blocks import Block
from service.reading.package import Entry, Page
from service.reading.places import OPS_TYPE
from service.reading.text import letters

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SEMANTICS = {
    "cover": "cover",
    "cover-image": "cover",
    "titlepage": "title page",
    "title-page": "title page",
    "halftitlepage": "title page",
    "seriespage": "title page",
    "toc": "table of contents",
    "nav": "table of contents",
    "landmarks": "table of contents",
    "loi": "table of contents",
    "lot": "table of contents",
    "copyright-page": "imprint",
    "imprint": "imprint",
    "colophon": "imprint",
    "other-credits": "imprint",
    "index": "index",
    "bibliography": "references",
    "footnotes": "footnote",
    "endnotes": "footnote",
    "rearnotes": "footnote",
    "notes": "footnote",
    "aside": "outside the reading order",
}
_TITLES = {
    "cover": "cover|umschlag|titelbild",
    "title page": "titel|titelseite|titelblatt|schmutztitel",
    "table of contents": "inhalt|inhaltsübersicht|(?:inhalts|abbildungs|tabellen)verzeichnis",
    "imprint": "impressum|copyright|rechtliches|bildnachweise?|abbildungsnachweise?",
    "index": "register|(?:personen|sach|orts|namens|stichwort)(?:verzeichnis|register)",
    "references": "literatur|literaturverzeichnis|bibliogra(?:f|ph)ie|quellen|quellenverzeichnis",
    "footnote": "anmerkungen|fußnoten|endnoten",
}
_IMPRINT = re.compile(
    r"\bISBN\b|alle rechte vorbehalten|(?:©|copyright)\s*(?:by|\d{4})", re.IGNORECASE
)
_LONGEST_IMPRINT, _LONGEST_TITLE_PAGE = 3000, 250  # letters
_LINKED = 0.8  # share of letters in links: a list of contents


def matter_of(
    page: Page,
    tree: Element,
    lines: Sequence[Block],
    entries: Sequence[Entry],
    *,
    book: str | None,
) -> str | None:
    """Why a page of a book is not read, None when it is text."""
    told = page.semantics | _types(tree)
    for name, why in _SEMANTICS.items():
        if name in told:
            return why
    heading = next((line.text for line in lines[:1] if line.kind is Kind.HEADING), "")
    for title in (*(entry.title for entry in entries[:1] if len(entries) == 1), heading):
        for why, pattern in _TITLES.items():
            if re.fullmatch(pattern, title.strip(" .:").lower()):
                return why
    return _by_text(lines, entries, book)


def _types(tree: Element) -> frozenset[str]:
    """The epub:type of the page's body, and of what alone is in it."""
    found: list[str] = []
    element = tree.find("{*}body")
    while element is not None:
        found += (element.get(OPS_TYPE) or element.get("epub:type") or "").split()
        element = element[0] if len(element) == 1 and not (element.text or "").strip() else None
    return frozenset(found)


def _by_text(lines: Sequence[Block], entries: Sequence[Entry], book: str | None) -> str | None:
    text = " ".join(line.text for line in lines)
    size = len(letters(text))
    if size < _LONGEST_IMPRINT and _IMPRINT.search(text):
        return "imprint"
    linked = sum(line.linked * len(letters(line.text)) for line in lines)
    if len(lines) > 2 and linked > _LINKED * size:
        return "table of contents"
    is_title = bool(book) and letters(book or "") in letters(text) and not entries
    return "title page" if is_title and size < _LONGEST_TITLE_PAGE else None
