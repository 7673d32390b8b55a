"""Stretches of a page that are no text: references, lists of links, the lines below a headline."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import zip_longest

from service.codes import Reason
from service.domain import Kind
from service.reading.blocks import Block
from service.reading.furniture import reason
from service.reading.places import Place
from service.reading.text import letters
from service.reading.tree import tag_of

_REFERENCES = frozenset(
    [
        "anmerkungen", "anmerkungen und einzelnachweise", "belege", "einzelnachweise", "fußnoten",
        "literatur", "literatur und weblinks", "nachweise", "quellen", "quellenangaben",
        "quellen und literatur", "quellennachweise", "siehe auch", "weblinks",
    ]
)  # fmt: skip
_FURNITURE = frozenset(
    [
        Reason.COMMENT_FORM, Reason.OTHER_ARTICLES, Reason.NEWSLETTER_PROMPT, Reason.SHARE_PROMPT,
        Reason.SUBSCRIPTION_PROMPT,
    ]
)  # fmt: skip
_TALK = frozenset(["diskussion", "kommentare", "leserkommentare", "leserbriefe", "reaktionen"])
_CONTACT = frozenset(
    [
        "ansprechpartner", "ansprechpartnerin", "kontakt", "kontakt für rückfragen",
        "medienkontakt", "pressekontakt", "pressestelle", "rückfragen an",
    ]
)  # fmt: skip
_CONTACTS = Place(Reason.CONTACT, is_certain=True)
_REACHED = re.compile(r"\w@\w|\b(?:Tel(?:efon)?|Fax|Mobil)\b.{0,3}\d|\b\d{5} [A-ZÄÖÜ]")
_COMMENTS = Place(Reason.COMMENTS)  # not certain: an article may have such a heading
_SHORT = 80  # letters; such a line below a heading of furniture belongs to it
_HEAD = 8  # lines, in which byline and date may stand
_BOLD = 0.99  # share of letters
_LINKS = 0.5  # share of letters in links


def with_sections(lines: Sequence[Block]) -> list[Block]:
    """The lines; below such a heading, lists and short lines have its reason for place."""
    marked: list[Block] = []
    place: Place | None = None
    for line, following in zip_longest(lines, lines[1:]):
        if place is _COMMENTS:
            pass  # to the end of the page
        elif line.kind is Kind.HEADING or _is_label(line):
            place = _heading_place(line, following)
        elif place and not _belongs(line, place):
            place = None
        marked.append(replace(line, place=_confirmed(line.place, place)))
    return marked


def with_origin(
    lines: Sequence[Block], headline: Block, told_by: Callable[[str], Reason | None]
) -> list[Block]:
    """The lines; those right below the headline that only say who wrote it and when are marked."""
    marked = list(lines)
    start = lines.index(headline) + 1
    dated = [line for line in lines if line.kind is Kind.HEADING and told_by(line.text)]
    is_diary = len(dated) > 1  # then dates are its headings
    for number, line in enumerate(lines[start : start + _HEAD], start):
        is_heading = line.kind is Kind.HEADING
        if (why := told_by(line.text)) and not (
            is_heading and (is_diary or why is not Reason.DATE_LINE)
        ):
            marked[number] = replace(line, place=line.place or Place(why, is_certain=True))
    return marked


def _confirmed(own: Place | None, section: Place | None) -> Place | None:
    """A line's own place, as certain as the section that it is in."""
    if own is None or section is None:
        return own or section
    return replace(own, is_certain=own.is_certain or section.is_certain)


def _is_label(line: Block) -> bool:
    """Whether a line stands above what follows as a heading does: all bold, or what opens it."""
    is_bold = line.bold > _BOLD and line.text.endswith(":")
    return line.kind is Kind.TEXT and (is_bold or tag_of(line.element) == "summary")


def _heading_place(line: Block, following: Block | None) -> Place | None:
    if line.text.lower().rstrip(":") in _TALK:
        return _COMMENTS
    if line.text.lower().rstrip(":") in _REFERENCES:
        return Place(Reason.REFERENCES, is_certain=True)
    if line.text.lower().rstrip(":") in _CONTACT:
        is_told = following and _REACHED.search(following.text)
        return _CONTACTS if is_told else None
    why = reason(line.text)
    return Place(why, is_certain=True) if why in _FURNITURE else None


def _belongs(line: Block, place: Place) -> bool:
    if line.kind is Kind.LIST_ITEM:
        return True
    if place is _CONTACTS and _REACHED.search(line.text):
        return True
    return place.reason is not Reason.REFERENCES and (
        line.linked > _LINKS or len(letters(line.text)) < _SHORT
    )
