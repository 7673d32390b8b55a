"""Which words at the beginning of a text without a headline are its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from service.domain import Kind, Paragraph

LONGEST = 200  # characters; a longer paragraph is none, but its beginning is
_END = re.compile(r"([^\W\d_]{3,})[.!?…][\"“”«»‘’')\]]*\s+(?=[„»«“\"(]?[A-ZÄÖÜ])")
_SHORTENED = frozenset("prof str mio mrd bzw hrsg vgl tel abs art abb".split())
_CLAUSE = re.compile(r"[,;:–—]\s+")
_FEWEST = 20  # characters of a clause


def titled(given: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs, the first as title; of a long one the first line, sentence or clause."""
    if not given:
        return ()
    first, *others = given
    at = _end(first.text)
    title, rest = first.text[:at].rstrip(), first.text[at:].lstrip()
    paragraphs = [replace(first, kind=Kind.TITLE, text=title)]
    if rest:
        paragraphs.append(replace(first, kind=Kind.TEXT, text=rest, number=None))
    return (*paragraphs, *others)


def _end(text: str) -> int:
    """Where the title ends; a text without any blank is whole."""
    if len(text) <= LONGEST:
        return len(text)
    head = text[: LONGEST + 1]
    if "\n" in head:
        return head.index("\n")
    sentences = (end.end() for end in _END.finditer(head) if end[1].lower() not in _SHORTENED)
    clauses = [end.end() for end in _CLAUSE.finditer(head) if end.end() > _FEWEST]
    clause = clauses[-1] if clauses else head.rfind(" ")
    return next(sentences, clause if clause > 0 else len(text))
