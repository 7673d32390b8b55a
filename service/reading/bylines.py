"""Who wrote an article, as its page shows it: “Von Anna Meier und Kai Roth, Berlin”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service.codes import Reason
from service.domain import Kind
from service.reading.blocks import Block
from service.reading.text import is_prose, letters

_LONGEST = 160  # characters of a line that names authors
_PROSE = 2  # sentences of the text; below them nobody is named any more
_LEADS = re.compile(
    r"(?:(?:ein[e]? )?(?:\w*kommentar|\w*bericht|gastbeitrag|interview|reportage|analyse|essay"
    r"|kolumne|glosse|rezension|porträt)\s+)?"
    r"(?:von|by|text|autor(?:in|en)?|geschrieben von|verfasst von)\s*:?\s+"
    r"(?:unsere[rmn]? \w+ )?",
    re.IGNORECASE,
)
_PERSON = (
    r"(?:(?:Dr|Prof)\.\s)*[A-ZÄÖÜ][\w’'.-]*(?:\s(?:von|van|de|der|zu|al|el|di|da|ten))*"
    r"(?:\s[A-ZÄÖÜ][\w’'.-]+){1,3}"
)
_PEOPLE = re.compile(rf"{_PERSON}(?:(?:,\s|\sund\s|\s&\s|\s/\s){_PERSON})*")
_BETWEEN = re.compile(r",\s|\sund\s|\s&\s|\s/\s")
_AND = (" und ", " & ", " / ")
_NO_NAME = re.compile(
    r"\s(?:Aktualisiert|Stand|Uhr|Veröffentlicht|Montag|Dienstag|Mittwoch|Donnerstag|Freitag"
    r"|Samstag|Sonntag|Redakteur|Reporter|Korrespondent|Redaktion|Lesezeit|Foto|Fotos)\b.*"
)


def shown_authors(lines: Sequence[Block]) -> str | None:
    """The names in the first line above or near the text that tells its authors."""
    for line in _head(lines):
        lead = _LEADS.match(line.text)
        if line.kind is not Kind.TEXT or not (lead or _is_byline(line)):
            continue
        if names := names_in(line.text[lead.end() if lead else 0 :]):
            return names.title() if names.isupper() else names
    return None


def _is_byline(line: Block) -> bool:
    """Whether a line is made of the names of several people, or of one in such a place."""
    is_told = line.place is not None and line.place.reason is Reason.BYLINE
    is_list = any(sign in line.text for sign in _AND)
    return (is_told or is_list) and bool(_PEOPLE.fullmatch(line.text))


def names_in(text: str) -> str | None:
    """The names of people that a text begins with, with commas between."""
    match = _PEOPLE.match(_NO_NAME.sub("", text))
    if not match:
        return None
    names = _BETWEEN.split(match[0])
    is_list = any(sign in match[0] for sign in _AND)
    return ", ".join(names if is_list else names[:1])  # “Von Anna Meier, Studio Berlin”


def all_of(declared: str | None, shown: str | None) -> str | None:
    """The authors: those that the page tells machines, and more if it shows more."""
    if not declared or not shown:
        return declared or shown
    is_more = letters(declared) != letters(shown) and letters(declared) in letters(shown)
    return shown if is_more else declared


def _head(lines: Sequence[Block]) -> Iterator[Block]:
    """The short lines above the text and between its first sentences."""
    left = _PROSE
    for line in lines:
        if len(line.text) <= _LONGEST and not is_prose(line.text):
            yield line
        elif is_prose(line.text) and line.linked < 0.5:
            left -= 1
        if left < 0:
            return
