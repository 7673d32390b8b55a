"""A book's chapters: put together from its lines, and made into articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lxml.etree import Element

from service.codes import Reason
from service.domain import Article, Kind, LeftOut, Paragraph
from service.reading.blocks import Block
from service.reading.build import bounded, paragraphs_of
from service.reading.text import letters
from service.reading.titles import titled

GONE = Element("p")  # in the place of a page's own elements, so that no page outlasts its turn
_SMALL = 500  # letters; so much without a title is a dedication or motto, and no chapter


@dataclass(slots=True)
class Chapter:
    """A chapter as it is put together from the book's pages.

    What is left out stands behind so many of its lines.
    """

    title: str
    lines: list[Block] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def go_on(self, lines: Sequence[Block], left_out: Sequence[LeftOut]) -> None:
        """Adds lines, and what is left out among them."""
        self.left_out += moved(left_out, len(self.lines))
        self.lines += lines

    @property
    def is_small(self) -> bool:
        """Whether it is only the title of a part, or a few words before the first chapter."""
        size = sum(len(letters(line.text)) for line in self.lines)
        return not size or (not self.title and size < _SMALL)


@dataclass(frozen=True, slots=True)
class About:
    """What a book tells of itself; `date` in ISO 8601."""

    title: str | None
    language: str
    byline: str | None = None
    date: str | None = None


def articles(chapters: Sequence[Chapter], about: About) -> tuple[Article, ...]:
    """The chapters as articles, each with the book's title for its site."""
    return tuple(_article(chapter, about) for chapter in chapters)


def as_one(chapters: Sequence[Article]) -> Article:
    """A book's chapters as one article: the book's title, then every chapter under its own."""
    first = chapters[0]
    if len(chapters) == 1:
        return first
    whole, left_out = [Paragraph(Kind.TITLE, first.site or first.title)], []
    for chapter in chapters:
        left_out += moved(chapter.left_out, len(whole))
        whole.append(Paragraph(Kind.HEADING, chapter.title))
        whole += chapter.paragraphs[1:]
    return Article(
        paragraphs=tuple(whole),
        left_out=tuple(bounded(left_out)),
        language=first.language,
        byline=first.byline,
        site=first.site,
        published_at=first.published_at,
    )


def moved(left_out: Sequence[LeftOut], by: int) -> list[LeftOut]:
    """What is left out, behind so many lines more."""
    return [
        line if line.behind is None else replace(line, behind=max(0, line.behind + by))
        for line in left_out
    ]


def joined(parts: Sequence[Chapter]) -> list[Chapter]:
    """The chapters; what is too small for one stands at the beginning of the next."""
    chapters: list[Chapter] = []
    before = Chapter("")
    for chapter in map(_titled, parts):
        title = _titles_joined(before.title, chapter.title)
        whole = Chapter(title, list(before.lines), list(before.left_out))
        whole.go_on(chapter.lines, chapter.left_out)
        before = whole if chapter.is_small else Chapter("")
        if not chapter.is_small:
            chapters.append(whole)
    if not chapters:
        return [before]
    chapters[-1].go_on(before.lines, before.left_out)
    if before.title:
        chapters[-1].left_out.append(LeftOut(before.title, Reason.TITLE_ALONE))
    return chapters


def _article(chapter: Chapter, about: About) -> Article:
    read = paragraphs_of(chapter.lines, language=about.language)
    title = chapter.title or about.title
    paragraphs = (Paragraph(Kind.TITLE, title), *read) if title else titled(read)
    return Article(
        paragraphs=paragraphs,
        left_out=tuple(bounded(moved(chapter.left_out, len(paragraphs) - len(read)))),
        language=about.language,
        byline=about.byline,
        site=about.title,
        published_at=about.date,
    )


def _titled(chapter: Chapter) -> Chapter:
    """The chapter with its title in the words of its page, where they say it."""
    lines = chapter.lines
    wanted, seen, heads = letters(chapter.title), "", 0
    while heads < len(lines) and _is_title(lines[heads], wanted):
        seen += letters(lines[heads].text)
        heads += 1
        if wanted and wanted in seen:
            break
    first = [line.text for line in lines[:heads]]
    if not wanted or wanted in seen:
        return Chapter(_titles_joined(*first), lines[heads:], moved(chapter.left_out, -heads))
    kept = [line for line in lines[:heads] if letters(line.text) not in wanted]
    left_out = moved(chapter.left_out, len(kept) - heads)
    return Chapter(chapter.title, kept + lines[heads:], left_out)


def _is_title(line: Block, wanted: str) -> bool:
    """Whether a line is a heading, or says words of the chapter's title without being one."""
    return line.kind is Kind.HEADING or bool(wanted and letters(line.text) in wanted)


def _titles_joined(*titles: str) -> str:
    """Titles one after the other, with a full stop between them."""
    given = [title for title in titles if title]
    stopped = [title if title[-1] in ".!?:" else f"{title}." for title in given[:-1]]
    return " ".join(stopped + given[-1:])
