"""What stands beside the text on its page: pictures, captions, notes, boxes; and where it belongs.

It is left out of the article, with the number of lines that are read before it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from service.codes import Reason
from service.domain import LeftOut
from service.domain.articles import EXTRAS
from service.reading.blocks import Block
from service.reading.captions import pictures
from service.reading.choice import Choice
from service.reading.marks import NOTED
from service.reading.places import is_for_the_eye, is_hidden
from service.reading.sizes import around
from service.reading.text import words
from service.reading.tree import tag_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NOTE_DEPTH = 4  # elements around a note's line, one of which has the note's id
_LINKED = 0.5  # share of letters: a box with more is a list of links
_OF_PICTURES = frozenset([Reason.BUTTON, Reason.CAPTION, Reason.CREDIT, Reason.PHOTO_CREDIT])


class Spots:
    """How many of the lines that are read stand before what stands beside them."""

    def __init__(self, page: Element, read: Sequence[Block], beside: Iterable[Element]) -> None:
        wanted = {*(line.element for line in read), *beside}
        self._order: dict[Element, int] = {}
        self._notes: dict[str, Element] = {}
        for number, element in enumerate(page.iter("*")):
            if note := element.get(NOTED):
                self._notes.setdefault(note, element)
            if note or element in wanted:
                self._order[element] = number
        self._reached = list(accumulate((self._order[line.element] for line in read), max))

    def of(self, element: Element) -> int:
        """The number for an element beside the text."""
        return bisect_right(self._reached, self._order[element])

    def of_line(self, line: Block) -> int:
        """The number for a line; a note stands where its mark is."""
        mark = self._mark(line)
        return self.of(line.element if mark is None else mark)

    def with_pictures(
        self, lines: Iterable[tuple[Block, LeftOut]], seen: Iterable[Element]
    ) -> list[LeftOut]:
        """What is left out of lines, and what pictures show as far as it is told, as they stand."""
        located, reached = [], 0
        for line, left_out in lines:
            reached = max(reached, self._order[line.element])
            located.append((reached, left_out))
        for picture in seen:
            if text := words(picture.get("alt") or ""):
                shown = LeftOut(text, Reason.PICTURE, behind=self.of(picture))
                located.append((self._order[picture], shown))
        return [left_out for _, left_out in sorted(located, key=lambda pair: pair[0])]

    def notes(self) -> dict[str, int]:
        """The number for each note that a mark leads to, by its id."""
        return {note: self.of(mark) for note, mark in self._notes.items()}

    def is_noted(self, line: Block) -> bool:
        """Whether a mark in the text leads to the line."""
        return self._mark(line) is not None

    def is_between(self, element: Element) -> bool:
        """Whether lines that are read stand before it and behind it."""
        return 0 < self.of(element) < len(self._reached)

    def _mark(self, line: Block) -> Element | None:
        for element in (*islice(around(line), _NOTE_DEPTH), *line.element.iter("a", "{*}a")):
            for name in (element.get("id"), element.get("name")):
                if name and name in self._notes:
                    return self._notes[name]
        return None


class Beside:
    """What stands beside the text of a page's article, told from what is its page's alone."""

    def __init__(self, page: Element, choice: Choice, headline: Block | None) -> None:
        unread = [line for line, _ in choice.unread]
        self._pictures = list(filter(_is_for_all, pictures(page)))
        self._spots = Spots(
            page, choice.read, [*self._pictures, *(line.element for line in unread)]
        )
        root = page if choice.root is None else choice.root
        start = headline.element if headline and not choice.read else root
        articles = (
            element for element in (start, *start.iterancestors()) if tag_of(element) == "article"
        )
        self._article = next(articles, root) if choice.read or headline else None
        read = (*choice.read, *([headline] if headline else ()))
        self._own = {element for line in read for element in around(line)}
        others = [line for line, place in choice.unread if place.reason not in _OF_PICTURES]
        self._others = {element for line in others for element in around(line)}

    def left_out(self, lines: Sequence[tuple[Block, LeftOut]]) -> list[LeftOut]:
        """What is left out of the lines and pictures; where it stands if it is the article's."""
        located = [(line, self._located(line, left_out)) for line, left_out in lines]
        return self._spots.with_pictures(located, self._ours())

    @property
    def has_pictures(self) -> bool:
        """Whether the article has pictures of which the page says what they show."""
        return any(words(picture.get("alt") or "") for picture in self._ours())

    def _ours(self) -> list[Element]:
        return [
            picture
            for picture in self._pictures
            if self._is_inside(picture) and self._is_own(picture)
        ]

    def _located(self, line: Block, left_out: LeftOut) -> LeftOut:
        if left_out.reason not in EXTRAS or line.linked > _LINKED:
            return left_out
        is_ours = self._is_inside(line.element) or self._spots.is_noted(line)
        return replace(left_out, behind=self._spots.of_line(line)) if is_ours else left_out

    def _is_inside(self, element: Element) -> bool:
        if self._article is None:
            return False
        is_in = element is self._article or self._article in element.iterancestors()
        return is_in or self._spots.is_between(element)

    def _is_own(self, picture: Element) -> bool:
        """Whether the innermost box around a picture that has text has some of the article's."""
        for element in picture.iterancestors():
            if element in self._own:
                return True
            if element in self._others:
                return False
        return False


def parted(page: Element, lines: Sequence[Block]) -> tuple[list[Block], list[LeftOut]]:
    """What is read of a document, which has no page around it, and what its places leave out."""
    read = [line for line in lines if not (line.place and line.place.is_certain)]
    unread = [(line, line.place) for line in lines if line.place and line.place.is_certain]
    seen = list(filter(_is_for_all, pictures(page)))
    spots = Spots(page, read, [*seen, *(line.element for line, _ in unread)])
    left_out = []
    for line, place in unread:
        unplaced = place.left_out(line.text)
        left_out.append((line, replace(unplaced, behind=spots.of_line(line))))
    return read, spots.with_pictures(left_out, seen)


def _is_for_all(picture: Element) -> bool:
    """Whether a picture is hidden from nobody."""
    here = (picture, *picture.iterancestors())
    return not any(is_hidden(element) or is_for_the_eye(element) for element in here)
