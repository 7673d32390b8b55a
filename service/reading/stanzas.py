"""Stanzas and addresses whose lines are elements of their own → one paragraph with line breaks.

As EPUB, DTBook (`linegroup`), docutils (`line-block`) and hand-made pages write them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from service.reading.names import names_of
from service.reading.places import OPS_TYPE
from service.reading.tree import tag_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NAMES = re.compile(
    r"(?:.*-)?(?:stanzas?|strophen?|poems?|gedichte?|verses?|vers|lyrics?|line-?(?:block|group))"
    r"(?:-.*)?"
)
_TYPES = re.compile(r"\b(?:z3998:)?(?:verse|poem|stanza)\b")
_LINES = frozenset("p div span l line v".split())
_LONGEST = 90  # characters of a line
_FEWEST = 2  # lines


def join_stanzas(root: Element) -> None:
    """Makes one paragraph of each stanza in the tree, which is changed."""
    for element in list(root.iter("*")):
        if _is_named(element) and _has_lines(element):
            _join(element)


def _is_named(element: Element) -> bool:
    types = f"{element.get(OPS_TYPE) or ''} {element.get('epub:type') or ''}"
    is_named = any(map(_NAMES.fullmatch, names_of(element)))
    return is_named or tag_of(element) in {"linegroup", "lg"} or bool(_TYPES.search(types))


def _has_lines(element: Element) -> bool:
    """Whether it holds nothing but lines."""
    lines = list(element)
    if len(lines) < _FEWEST or (element.text or "").strip():
        return False
    return all(map(_is_line, lines))


def _is_line(line: Element) -> bool:
    is_alone = not (line.tail or "").strip() and tag_of(line) in _LINES
    has_more = any(tag_of(inner) in {"p", "div", "li"} for inner in line.iterdescendants())
    return is_alone and not has_more and len(text_of(line)) <= _LONGEST


def _join(stanza: Element) -> None:
    """Puts breaks between the lines; with the space around them gone they are one paragraph."""
    stanza.tag, stanza.text = "p", None
    for line in list(stanza):
        line.tag, line.tail = "span", None
        if line.getnext() is not None:
            line.addnext(etree.Element("br"))
