"""The tree of an office document, put into HTML's elements → article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from service.domain import Article, LeftOut
from service.errors import EmptyArticle
from service.reading.beside import parted
from service.reading.blocks import blocks
from service.reading.build import article_of, bounded, paragraphs_of
from service.reading.language import language_of
from service.reading.marks import without_marks

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


_LINES = "line-block"
_OF_LINES = re.compile(
    r"(?:html address|envelope (?:address|return)|addressee|sender|absender|empfänger|anschrift"
    r"|adresse|poems?|gedicht|verse?|strophe|stanza)(?: \d+)?",
    re.IGNORECASE,
)


def is_of_lines(style: str) -> bool:
    """Whether paragraphs of a style, by its name, are the lines of an address or a stanza."""
    return bool(_OF_LINES.fullmatch(style))


def line_block(target: Element) -> Element:
    """The box for such lines, which go on in the last one."""
    last = target[-1] if len(target) else None
    if last is not None and last.get("class") == _LINES:
        return last
    return etree.SubElement(target, "div", {"class": _LINES})


def article_of_page(
    page: Element,
    *,
    title: str | None,
    language: str | None,
    left_out: list[LeftOut] | None = None,
) -> Article:
    """The article on a page that is nothing but it; the tree is changed.

    Raises EmptyArticle when it has no text, UnreadableSource when that is not German.
    """
    marks = without_marks(page)
    read, unread = parted(page, list(blocks(page)))
    if not any(map(str.isalnum, "".join(line.text for line in read))):
        raise EmptyArticle("document-without-text")
    spoken = language_of(" ".join(line.text for line in read), declared=None, asked=language)
    return article_of(
        paragraphs_of(read, language=spoken),
        left_out=bounded([*unread, *marks, *(left_out or [])]),
        title=title,
        language=spoken,
    )
