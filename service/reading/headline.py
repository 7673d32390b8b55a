"""Where on a page its headline stands, and where it stands once more.

What a page tells machines (JSON-LD, Open Graph, its title) is compared with its headings by
letters. The line where a reader sees the headline is where the text begins.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from service.codes import Reason
from service.domain import Kind, LeftOut
from service.reading.blocks import Block
from service.reading.furniture import without_site
from service.reading.origin import parts_of
from service.reading.places import Place
from service.reading.text import is_prose, letters
from service.reading.tree import HEADINGS, tag_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

AGAIN = Place(Reason.HEADLINE_AGAIN, is_certain=True)
_OTHER, _PART, _HOLDS, _SAME = range(4)  # how like the headline a line is
_DEEPEST = 2  # level of a headline, where there is one so large
_TELLING = 12  # letters; a shorter line may be the same by chance
_RELATED = 0.34  # share of the longer words that two headlines of one article have in common
_JOINTS = " :–—|·-"  # between kicker and headline
_HOME = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w+)?")
_LINKED = 0.9  # share of letters
_LONG_WORD = 4  # letters


@dataclass(frozen=True, slots=True)
class Headline:
    """What is read as the title, and the line where a reader sees it, as far as there are such."""

    text: str | None
    line: Block | None
    left_out: tuple[LeftOut, ...] = ()


def headline_of(declared: str | None, lines: Sequence[Block]) -> Headline:
    """The headline; `declared` is what the page tells of it."""
    title = without_site(declared or "")[0]
    source = _source(title, lines)
    text = _text(title, source) if source else title
    line = _shown_headline(text, source, lines)
    if line is None:
        return Headline(text or None, None)
    return Headline(text, line, tuple(_rest(line, text)))


def with_headline(lines: Sequence[Block], headline: Headline) -> list[Block]:
    """The lines; what says the headline once more is marked, and the kicker in its heading."""
    seen = headline.line
    if seen is None:
        return list(lines)
    heading = _heading(seen)
    start = lines.index(seen)
    keys = {letters(headline.text or ""), letters(seen.text)}
    marked = []
    for number, line in enumerate(lines):
        is_kicker = number < start and heading is not None and _heading(line) is heading
        place = Place(Reason.KICKER) if is_kicker else line.place
        if is_kicker or (line is not seen and _repeats(line, keys)):
            line = replace(line, place=replace(place or AGAIN, is_certain=True))  # noqa: PLW2901
        marked.append(line)
    return marked


def _repeats(line: Block, keys: set[str]) -> bool:
    own = letters(line.text)
    return len(own) >= _TELLING and own in keys


def _source(title: str, lines: Sequence[Block]) -> Block | None:
    """The line that has the words of the headline, most likely the page's largest heading."""
    headings = [line for line in lines if line.kind is Kind.HEADING and not _is_site(line, title)]
    large = [line for line in headings if level(line) <= _DEEPEST and _is_shown(line)]
    first = [line for line in headings if level(line) == 1]
    key = letters(title)
    alike = [line for line in {*large, *first} if _likeness(line, key) >= _HOLDS]
    parts = [line for line in large if not line.place and _likeness(line, key) == _PART]
    likely = sorted(alike, key=lambda line: (-_likeness(line, key), lines.index(line)))
    likely += sorted(parts, key=lambda line: -len(line.text))
    likely += [line for line in first if not line.place]
    likely += [line for line in first if _is_shown(line) and line.text in title]
    likely += [line for line in headings if _is_shown(line) and _likeness(line, key) >= _HOLDS]
    likely += [line for line in headings if not line.place and _likeness(line, key) == _PART]
    return next(itertools.chain(likely, _unmarked(title, lines)), None)


def _is_site(line: Block, title: str) -> bool:
    """Whether a heading is the site's name: it leads home, and is not the title."""
    leads_home = any(_HOME.fullmatch(link.get("href", "").strip()) for link in _links(line))
    return line.linked > _LINKED and leads_home and not _same(line.text, title)


def _links(line: Block) -> list[Element]:
    return [*line.element.iter("a"), *line.element.iterancestors("a")]


def _text(title: str, source: Block) -> str:
    """The headline in the words of its line, or of the page's data where these are better."""
    return _worded(title, source).strip(_JOINTS)


def _worded(title: str, source: Block) -> str:
    likeness = _likeness(source, letters(title))
    is_shouted = source.text.isupper()
    if is_shouted and likeness == _PART:
        return next((part for part in parts_of(title) if _same(part, source.text)), source.text)
    if likeness == _SAME:
        is_split = _words(source.text) == _words(title)
        return source.text if is_split and not is_shouted else title
    return title if likeness == _HOLDS else source.text


def _shown_headline(text: str, source: Block | None, lines: Sequence[Block]) -> Block | None:
    """The line where a reader sees the headline: the last such one above the text."""
    key = letters(text)
    if source and _is_shown(source):
        seen, start = source, lines.index(source)
    else:
        start = lines.index(source) if source else 0
        headings = [line for line in lines[start:] if line.kind is Kind.HEADING]
        shown = [line for line in headings if _is_shown(line) and not line.place]
        alike = [line for line in shown if _likeness(line, key) or _is_related(line.text, text)]
        above = alike or (_above(lines[start:]) if source else [])
        if not above:
            return None
        seen, start = above[0], lines.index(above[0])
    for line in itertools.takewhile(lambda below: not _is_text(below), lines[start + 1 :]):
        is_heading = line.kind is Kind.HEADING and _is_shown(line)
        seen = line if is_heading and not line.place and _likeness(line, key) >= _HOLDS else seen
    return seen


def _above(lines: Sequence[Block]) -> list[Block]:
    """The large headings above the text that are not in the page's navigation."""
    ahead = itertools.takewhile(lambda line: not _is_text(line), lines)
    headings = [line for line in ahead if line.kind is Kind.HEADING and not line.place]
    return [line for line in headings if level(line) <= _DEEPEST][-1:]


def _is_text(line: Block) -> bool:
    return line.kind is Kind.TEXT and not line.place and is_prose(line.text) and line.linked < 0.5


def _is_shown(line: Block) -> bool:
    """Whether a heading is where readers look for a headline."""
    return not line.place or not (line.place.is_certain or line.place.reason is Reason.NAVIGATION)


def _likeness(line: Block, key: str) -> int:
    own = letters(line.text)
    if own == key:
        return _SAME
    if key and key in own and 2 * len(key) > len(own):
        return _HOLDS
    return _PART if own in key and 2 * len(own) > len(key) else _OTHER


def _is_related(title: str, other: str) -> bool:
    """Whether two headlines have words in common, as two of one article have."""
    sets = [{word for word in _words(text) if len(word) >= _LONG_WORD} for text in (title, other)]
    least = min(map(len, sets))
    return least > 1 and len(sets[0] & sets[1]) >= _RELATED * least


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _rest(line: Block, text: str) -> Iterator[LeftOut]:
    """What stands in the line of the headline and is not the title: kicker, other words."""
    kicker = line.text.replace(text, "", 1).strip(_JOINTS) if text in line.text else ""
    own = {letters(str(part)) for part in line.element.itertext()}
    if letters(kicker) in own and kicker:
        yield LeftOut(kicker, Reason.KICKER)
    elif not _same(line.text, text):
        yield LeftOut(line.text, AGAIN.reason)


def _same(text: str, other: str) -> bool:
    return letters(text) == letters(other)


def _heading(line: Block) -> object | None:
    """The heading element that a line stands in."""
    around: Iterator[object] = itertools.chain((line.element,), line.element.iterancestors())
    return next((element for element in around if tag_of(element) in HEADINGS), None)


def _unmarked(title: str, lines: Sequence[Block]) -> list[Block]:
    """The lines that are the page's title, or in bold a part of it, though no headings."""
    free = [line for line in lines if line.linked < 0.5 and not line.place]
    ahead = itertools.takewhile(lambda line: not is_prose(line.text), free)
    parts = [line for line in ahead if line.bold > 0.99 and line.text in parts_of(title)]
    same = [line for line in free if title and _same(line.text, title)]
    return same + parts[::-1]


def level(line: Block) -> int:
    """Of a heading, 1 to 6."""
    tags = [line.element, *line.element.iterancestors()]
    return next(int(tag[1]) for tag in map(tag_of, tags) if tag in HEADINGS)
