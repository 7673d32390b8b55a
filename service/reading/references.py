"""Sections of nothing but references, such as “Weblinks”, which nobody wants to hear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.domain import Kind
from service.reading.blocks import Block
from service.reading.places import Place

_HEADINGS = frozenset(
    """
    anmerkungen|anmerkungen und einzelnachweise|belege|einzelnachweise|fußnoten|literatur
    literatur und weblinks|nachweise|siehe auch|weblinks
    """.strip().replace("\n", "|").replace("    ", "").split("|")
)  # fmt: skip
_REFERENCES = Place("references", is_certain=True)


def with_references(lines: Sequence[Block]) -> list[Block]:
    """The lines; those of such a section, if it is all lists, have their place marked."""
    marked = list(lines)
    for start, line in enumerate(lines):
        end = start + 1
        if line.kind is Kind.HEADING and line.text.lower() in _HEADINGS:
            while end < len(lines) and lines[end].kind is Kind.LIST_ITEM:
                end += 1
        if end > start + 1:
            found = (replace(one, place=one.place or _REFERENCES) for one in lines[start:end])
            marked[start:end] = found
    return marked
