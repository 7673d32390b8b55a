"""How many letters of a page stand in each of its elements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from service.reading.blocks import Block
from service.reading.places import Place
from service.reading.text import is_prose, letters

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Finder = Callable[[Block], Place | None]  # says of a line why it is no part of the text


class Sizes:
    """Letters by element, and of the page as a whole; `headed` are what holds the headline."""

    def __init__(self, lines: Sequence[Block], headlines: Sequence[Block]) -> None:
        self._letters: Counter[Element] = Counter()
        self._sentences: Counter[Element] = Counter()
        self.page = 0
        self.headed = holding([line.element for line in headlines])
        for line in lines:
            size = len(letters(line.text))
            self.page += size
            is_sentence = is_prose(line.text)
            for element in around(line):
                self._letters[element] += size
                self._sentences[element] += is_sentence

    def of(self, element: Element) -> int:
        """Letters and digits in the lines of an element."""
        return self._letters[element]

    def sentences_in(self, element: Element) -> int:
        """The lines of an element that are sentences or more."""
        return self._sentences[element]

    def boxes(self, line: Block, *, most: int) -> Iterator[Element]:
        """The elements around a line that hold no more letters, the innermost first.

        What holds the headline is no box.
        """
        for element in around(line):
            if self.of(element) > most or element in self.headed:
                return
            yield element


def around(line: Block) -> Iterator[Element]:
    """The element that a line stands in, and all around it."""
    yield line.element
    yield from line.element.iterancestors()


def holding(elements: Sequence[Element]) -> set[Element]:
    """The elements themselves, and everything that holds one of them."""
    holders: set[Element] = set()
    for element in elements:
        here: Element | None = element
        while here is not None and here not in holders:
            holders.add(here)
            here = here.getparent()
    return holders
