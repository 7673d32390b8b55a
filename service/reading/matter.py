"""What in a book is not its text: cover, title page, imprint, table of contents, index."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from service.codes import Reason
from service.domain import Kind
from service.reading.blocks import Block
from service.reading.package import Entry, SpinePage
from service.reading.places import OPS_TYPE
from service.reading.text import letters

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SEMANTICS = {
    "cover": Reason.COVER,
    "cover-image": Reason.COVER,
    "titlepage": Reason.TITLE_PAGE,
    "title-page": Reason.TITLE_PAGE,
    "halftitlepage": Reason.TITLE_PAGE,
    "seriespage": Reason.TITLE_PAGE,
    "toc": Reason.TABLE_OF_CONTENTS,
    "nav": Reason.TABLE_OF_CONTENTS,
    "landmarks": Reason.TABLE_OF_CONTENTS,
    "loi": Reason.TABLE_OF_CONTENTS,
    "lot": Reason.TABLE_OF_CONTENTS,
    "copyright-page": Reason.IMPRINT,
    "imprint": Reason.IMPRINT,
    "colophon": Reason.IMPRINT,
    "other-credits": Reason.IMPRINT,
    "index": Reason.INDEX,
    "bibliography": Reason.REFERENCES,
    "footnotes": Reason.FOOTNOTE,
    "endnotes": Reason.FOOTNOTE,
    "rearnotes": Reason.FOOTNOTE,
    "notes": Reason.FOOTNOTE,
    "aside": Reason.OUTSIDE,
}
_TITLES = {
    Reason.COVER: "cover|umschlag|titelbild",
    Reason.TITLE_PAGE: "titel|titelseite|titelblatt|schmutztitel",
    Reason.TABLE_OF_CONTENTS: "inhalt|inhaltsübersicht|(?:inhalts|abbildungs|tabellen)verzeichnis",
    Reason.IMPRINT: "impressum|copyright|rechtliches|bildnachweise?|abbildungsnachweise?",
    Reason.INDEX: "register|(?:personen|sach|orts|namens|stichwort)(?:verzeichnis|register)",
    Reason.REFERENCES: "literatur(?:verzeichnis)?|bibliogra(?:f|ph)ie|quellen(?:verzeichnis)?",
    Reason.FOOTNOTE: "anmerkungen|fußnoten|endnoten",
}
_IMPRINT = re.compile(
    r"\bISBN\b|alle rechte vorbehalten|(?:©|copyright)\s*(?:by|\d{4})", re.IGNORECASE
)
_LONGEST_IMPRINT, _LONGEST_TITLE_PAGE = 3000, 250  # letters
_LINKED = 0.8  # share of letters in links: a list of contents


def matter_of(
    page: SpinePage,
    tree: Element,
    lines: Sequence[Block],
    entries: Sequence[Entry],
    *,
    book: str | None,
) -> Reason | None:
    """Why a page of a book is not read, None when it is text."""
    semantics = page.semantics | _types(tree)
    for name, why in _SEMANTICS.items():
        if name in semantics:
            return why
    heading = next((line.text for line in lines[:1] if line.kind is Kind.HEADING), "")
    for title in (*(entry.title for entry in entries[:1] if len(entries) == 1), heading):
        for why, pattern in _TITLES.items():
            if re.fullmatch(pattern, title.strip(" .:").lower()):
                return why
    return _by_text(lines, entries, book)


def _types(tree: Element) -> frozenset[str]:
    """The epub:type of the page's body, and of what alone is in it."""
    types: list[str] = []
    element = tree.find("{*}body")
    while element is not None:
        types += (element.get(OPS_TYPE) or element.get("epub:type") or "").split()
        element = element[0] if len(element) == 1 and not (element.text or "").strip() else None
    return frozenset(types)


def _by_text(lines: Sequence[Block], entries: Sequence[Entry], book: str | None) -> Reason | None:
    text = " ".join(line.text for line in lines)
    size = len(letters(text))
    if size < _LONGEST_IMPRINT and _IMPRINT.search(text):
        return Reason.IMPRINT
    linked = sum(line.linked * len(letters(line.text)) for line in lines)
    if len(lines) > 2 and linked > _LINKED * size:
        return Reason.TABLE_OF_CONTENTS
    is_title = bool(book) and letters(book or "") in letters(text) and not entries
    return Reason.TITLE_PAGE if is_title and size < _LONGEST_TITLE_PAGE else None
