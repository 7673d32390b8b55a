"""Which lines of a page are its article: trafilatura finds the text, its own lines are read.

What trafilatura passes over inside the article (a short line, a heading, a table) is read too,
unless its place speaks against it.
"""

from __future__ import annotations

import copy
import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from service.codes import Reason
from service.domain import Kind
from service.reading.blocks import Block
from service.reading.closing import closes
from service.reading.edges import STOPPED
from service.reading.furniture import reason
from service.reading.places import Place
from service.reading.text import is_prose, letters
from service.reading.tree import tag_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SURE = 24  # letters; a shorter line may be the same elsewhere by chance
_MOST_OF_IT = 0.85  # of the found letters: what holds so many holds the article
_LINKS = 0.6  # share of letters in links; a line with more is a list of links
_FEW_LINKS = 0.3  # share of letters in links; text around the article has fewer
_LONGEST_SOURCE = 80  # letters
_LISTS = frozenset(["ol", "ul"])
_BESIDE_LINKS = 12  # letters; a sentence with as many around its link is one
_LEAD = re.compile(r"(?:.*[-_])?(?:lead|lede|intro|vorspann|teaser|standfirst|dek|excerpt|summary"
                   r"|subtitle|untertitel|subline|unterzeile|subheadline)(?:[-_].*)?")  # fmt: skip
_QUOTED = re.compile(r"quote|zitat", re.IGNORECASE)
_REPEATED = Place(Reason.REPEATED)
_SOURCE = Place(Reason.QUOTE_SOURCE)
_CREDIT = Place(Reason.CREDIT)
NOWHERE = Reason.NOT_PART


@dataclass(frozen=True, slots=True)
class Choice:
    """The lines to be read, in order, and those that are not, with their places.

    `root` is the innermost element that holds most of what is read.
    """

    read: tuple[Block, ...]
    unread: tuple[tuple[Block, Place], ...]
    root: Element | None = None


def choose(page: Element, lines: Sequence[Block], *, headline: Block | None) -> Choice:
    """Parts the lines of a page; `headline` is read as the title, so it is in neither part."""
    extracted = _extracted(page)
    likely = [_is_possible(block) and block is not headline for block in lines]
    kept = [ok and extracted.has(block) for ok, block in zip(likely, lines, strict=True)]
    root = None
    if any(kept):
        root = _root(lines, kept)
        lines = _freed(lines, root, headline)
        kept = _without_strays(lines, kept, root, headline)
        _take_in(lines, kept, likely, root)
        _take_lead(lines, kept, likely, headline)
        _take_summary(lines, kept, likely, root, headline)
    else:
        kept = [ok and not block.place for ok, block in zip(likely, lines, strict=True)]
    dropped = _repeated_quotes(lines, kept) | _closing(lines, kept)
    read, unread = [], []
    for number, (block, is_kept) in enumerate(zip(lines, kept, strict=True)):
        if is_kept and number not in dropped:
            read.append(block)
        elif block is not headline:
            unread.append((block, dropped.get(number) or block.place or Place(NOWHERE)))
    return Choice(tuple(read), tuple(unread), root)


def choice_of_nothing(lines: Sequence[Block], *, headline: Block | None) -> Choice:
    """None of the lines is read."""
    unread = [(line, line.place or Place(NOWHERE)) for line in lines if line is not headline]
    return Choice((), tuple(unread))


@dataclass(frozen=True, slots=True)
class _Extracted:
    """What trafilatura took for the article, letters only."""

    parts: frozenset[str]
    whole: str

    def has(self, block: Block) -> bool:
        probes = filter(None, map(letters, block.cells or (block.text,)))
        return any(
            probe in self.parts or (len(probe) >= _SURE and probe in self.whole) for probe in probes
        )


def _extracted(page: Element) -> _Extracted:
    import trafilatura  # noqa: PLC0415 (takes half a second, for those alone who need it)

    page = copy.deepcopy(page)
    for cell in page.iterdescendants("td", "th"):  # spans only cost time here
        cell.attrib.pop("rowspan", None)
        cell.attrib.pop("colspan", None)
    document = trafilatura.bare_extraction(page, include_comments=False, deduplicate=False)
    body = getattr(document, "body", None)
    if body is None:
        return _Extracted(frozenset(), "")
    parts = [letters(text_of(element)) for element in body.iter() if isinstance(element.tag, str)]
    return _Extracted(frozenset(parts), letters("".join(body.itertext())))


def _is_possible(block: Block) -> bool:
    if (block.place and block.place.is_certain) or _is_counter(block):
        return False
    return block.kind is not Kind.LIST_ITEM or not _is_link(block)


def _is_counter(block: Block) -> bool:
    """Whether it is no more than a number, at a button or outside the text."""
    if any(map(str.isalpha, block.text)):
        return False
    has_button = next(block.element.iterdescendants("button"), None) is not None
    return has_button or block.place is not None


def _is_link(block: Block) -> bool:
    """Whether it is little more than a link: no sentence with words of its own around one."""
    around = (1 - block.linked) * len(letters(block.text))
    is_sentence = bool(STOPPED.search(block.text)) and around >= _BESIDE_LINKS
    return block.linked >= _LINKS and not is_sentence


def _root(lines: Sequence[Block], kept: Sequence[bool]) -> Element:
    """The innermost element that holds most of what was found."""
    kept_blocks = [block for block, is_kept in zip(lines, kept, strict=True) if is_kept]
    kept_blocks = [block for block in kept_blocks if not block.place] or kept_blocks
    total = sum(len(block.text) for block in kept_blocks)
    weights: Counter[Element] = Counter()
    for block in kept_blocks:
        for element in (block.element, *block.element.iterancestors()):
            weights[element] += len(block.text)
    holding = [element for element, weight in weights.items() if weight >= _MOST_OF_IT * total]
    return max(holding, key=lambda element: sum(1 for _ in element.iterancestors()))


def _freed(lines: Sequence[Block], root: Element, headline: Block | None) -> list[Block]:
    """The lines; what the names of elements around the whole article say counts for none."""
    wrappers = {root, *root.iterancestors()}
    return [
        replace(block, place=None, box=None)
        if block is not headline
        and block.place
        and not block.place.is_certain
        and block.box in wrappers
        else block
        for block in lines
    ]


def _without_strays(
    lines: Sequence[Block], kept: Sequence[bool], root: Element, headline: Block | None
) -> list[bool]:
    """Gives up lines around the article that only look like parts of it, unless all would go."""
    start = lines.index(headline) if headline else 0
    left = list(kept)
    for number, block in enumerate(lines):
        is_label = len(letters(block.text)) < _SURE or block.place
        if number < start or (is_label and not _is_inside(block, root)):
            left[number] = False
    is_most = _size(lines, left) > 0.5 * _size(lines, kept)
    return left if is_most else list(kept)


def _size(lines: Sequence[Block], kept: Sequence[bool]) -> int:
    return sum(len(block.text) for block, is_kept in zip(lines, kept, strict=True) if is_kept)


def _take_in(
    lines: Sequence[Block], kept: list[bool], likely: Sequence[bool], root: Element
) -> None:
    """Reads what stands between the lines found, and right behind them."""
    last = len(kept) - 1 - kept[::-1].index(True)
    for number in range(kept.index(True), last + 1):
        block = lines[number]
        if likely[number] and not block.place and not _is_link(block) and _is_inside(block, root):
            kept[number] = True
    for number in range(1, len(lines)):
        if kept[number] and not kept[number - 1] and likely[number - 1]:
            kept[number - 1] = _heads(lines[number - 1], lines[number])
    _go_on(lines, kept, likely, last)


def _heads(block: Block, following: Block) -> bool:
    """Whether a line is the heading of the text right below it; such a heading may be a link."""
    above = following.element.getparent()
    if following.kind is Kind.LIST_ITEM and tag_of(above) in _LISTS and above is not None:
        above = above.getparent()
    is_beside = block.element.getparent() is above
    is_plain = block.kind is Kind.HEADING and not block.place and not reason(block.text)
    is_text = bool(STOPPED.search(following.text)) and following.linked < _FEW_LINKS
    return is_beside and is_plain and is_text


def _take_lead(
    lines: Sequence[Block], kept: list[bool], likely: Sequence[bool], headline: Block | None
) -> None:
    """Reads the standfirst, which stands between the headline and the text."""
    first = kept.index(True)
    start = lines.index(headline) if headline in lines[:first] else first
    while first > start + 1 and likely[first - 1] and _greets(lines[first - 1], lines[first]):
        first -= 1
        kept[first] = True
    for number in range(start, first):
        is_below = number == start + 1 and lines[number].kind is Kind.HEADING
        kept[number] |= likely[number] and _leads(lines[number], is_below=is_below)


def _take_summary(
    lines: Sequence[Block],
    kept: list[bool],
    likely: Sequence[bool],
    root: Element,
    headline: Block | None,
) -> None:
    """Reads a list above the text that says what is in it, and its heading."""
    start = lines.index(headline) + 1 if headline else kept.index(True)
    end = next(number for number, block in enumerate(lines) if _is_inside(block, root))
    for kind, group in itertools.groupby(range(start, end), key=lambda number: lines[number].kind):
        points = list(group)
        if kind is not Kind.LIST_ITEM or not _is_summary([lines[number] for number in points]):
            continue
        has_heading = points[0] > start and lines[points[0] - 1].kind is Kind.HEADING
        for number in range(points[0] - has_heading, points[-1] + 1):
            kept[number] |= likely[number] and not lines[number].place


def _is_summary(points: Sequence[Block]) -> bool:
    """Whether a list above the text says what is in it: no links, and no mere labels."""
    size = sum(len(letters(block.text)) for block in points)
    return all(map(_is_free, points)) and len(points) > 1 and size >= _SURE * len(points)


def _go_on(lines: Sequence[Block], kept: list[bool], likely: Sequence[bool], last: int) -> None:
    """Prose that goes on in the same element is still the article."""
    parent = lines[last].element.getparent()
    for number in range(last + 1, len(lines)):
        block = lines[number]
        is_beside = block.element.getparent() is parent and likely[number]
        if not is_beside or block.place or not _is_free(block):
            return
        if block.kind is Kind.TEXT and not STOPPED.search(block.text):
            return
        kept[number] = True


def _leads(block: Block, *, is_below: bool) -> bool:
    """Whether a line between headline and text is the standfirst.

    `is_below`: it is a smaller heading right below the headline.
    """
    names = block.element.get("class", "").lower().split()
    is_named = any(map(_LEAD.fullmatch, names))
    if not _is_free(block) or (block.place and not is_named):
        return False
    return is_prose(block.text) or ((is_named or is_below) and len(letters(block.text)) >= _SURE)


def _greets(block: Block, following: Block) -> bool:
    """Whether a short line belongs to the text right below it: its heading, question, greeting."""
    is_beside = block.element.getparent() is following.element.getparent()
    is_plain = not block.place and _is_free(block)
    is_greeting = block.kind is Kind.TEXT and block.text[-1] in ",!:?"
    return is_beside and is_plain and (is_greeting or block.kind is Kind.HEADING)


def _is_free(block: Block) -> bool:
    """Whether it has few links, and nothing of page furniture."""
    return block.linked < _FEW_LINKS and not reason(block.text)


def _is_inside(block: Block, root: Element) -> bool:
    return block.element is root or root in block.element.iterancestors()


def _repeated_quotes(lines: Sequence[Block], kept: Sequence[bool]) -> dict[int, Place]:
    """Pull quotes, which say again what stands in the text, and the lines of who said it."""
    read = [block for block, is_kept in zip(lines, kept, strict=True) if is_kept]
    whole = " ".join(letters(block.text) for block in read if not _is_quoted(block))
    repeated = {}
    for number, block in enumerate(lines):
        if kept[number] and _is_quoted(block) and _is_again(letters(block.text), whole):
            repeated[number] = _REPEATED
        elif number - 1 in repeated and _is_source(block, lines[number - 1]):
            repeated[number] = _SOURCE
    return repeated


def _is_again(quote: str, whole: str) -> bool:
    return len(quote) >= _SURE // 2 < len(whole) and quote in whole


def _is_source(block: Block, quote: Block) -> bool:
    """Whether a line below a quotation only says whose it is."""
    is_short = len(letters(block.text)) <= _LONGEST_SOURCE and not STOPPED.search(block.text)
    return block.kind in {Kind.TEXT, Kind.QUOTE} and is_short and _is_quoted(quote)


def _closing(lines: Sequence[Block], kept: Sequence[bool]) -> dict[int, Place]:
    """The lines below the last sentence that say who made the article."""
    closing = {}
    for number in reversed([number for number, is_kept in enumerate(kept) if is_kept]):
        if lines[number].kind is Kind.HEADING or not closes(lines[number].text):
            break
        closing[number] = _CREDIT
    return closing if len(closing) < sum(kept) else {}


def _is_quoted(block: Block) -> bool:
    """Whether it is a quotation, by its kind or by the names of what it stands in."""
    if block.kind is Kind.QUOTE:
        return True
    around = (block.element, *itertools.islice(block.element.iterancestors(), 2))
    return any(_QUOTED.search(element.get("class", "")) for element in around)
