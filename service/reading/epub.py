"""An EPUB → articles, one a chapter, in the order of the book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from service.codes import Reason
from service.domain import Article, Kind, LeftOut, Paragraph
from service.errors import EmptyArticle
from service.reading.archive import Archive
from service.reading.blocks import Block, blocks
from service.reading.build import bounded, paragraphs_of
from service.reading.language import language_of
from service.reading.marks import without_marks
from service.reading.matter import matter_of
from service.reading.origin import moment
from service.reading.package import Entry, Package, read_package
from service.reading.places import Place
from service.reading.text import letters
from service.reading.tree import INLINE, tag_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ORNAMENT = Place(Reason.SEPARATOR, is_certain=True)
_SMALL = 500  # letters; so much without a title is a dedication or motto, and no chapter


@dataclass(slots=True)
class _Chapter:
    """A chapter as it is put together from the book's pages."""

    title: str
    lines: list[Block] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def is_small(self) -> bool:
        """Whether it is only the title of a part, or a few words before the first chapter."""
        size = sum(len(letters(line.text)) for line in self.lines)
        return not size or (not self.title and size < _SMALL)


def read_epub(
    raw: bytes, *, title: str | None = None, language: str | None = None
) -> tuple[Article, ...]:
    """The chapters of a book; `title` is the book's, if it is to have another.

    Each has the book's title for its site. Raises UnreadableSource for damaged, locked and
    hostile files, EmptyArticle for a book without text.
    """
    archive = Archive(raw)
    package = read_package(archive)
    chapters = _joined(_chapters(archive, package))
    text = " ".join(line.text for chapter in chapters for line in chapter.lines)
    if not letters(text):
        raise EmptyArticle("book-without-text")
    told = language_of(text, told=package.language, asked=language)
    book = title or package.title or chapters[0].title
    return tuple(_article(chapter, package, book=book, language=told) for chapter in chapters)


def as_one(chapters: Sequence[Article]) -> Article:
    """A book's chapters as one article: the book's title, then every chapter under its own."""
    first = chapters[0]
    if len(chapters) == 1:
        return first
    whole = [Paragraph(Kind.TITLE, first.site or first.title)]
    for chapter in chapters:
        whole.append(Paragraph(Kind.HEADING, chapter.title))
        whole += chapter.paragraphs[1:]
    left_out = [line for chapter in chapters for line in chapter.left_out]
    return Article(
        paragraphs=tuple(whole),
        left_out=tuple(bounded(left_out)),
        language=first.language,
        byline=first.byline,
        site=first.site,
        published_at=first.published_at,
    )


def _chapters(archive: Archive, package: Package) -> list[_Chapter]:
    """Chapters begin where the table of contents says; without one, with pages that have heads."""
    starts = _starts(package)
    has_contents = sum(len(starts.get(page.file, ())) for page in package.pages) > 1
    found = [_Chapter("")]
    for page in package.pages:
        entries = starts.get(page.file, [])
        tree = archive.page(page.file) if page.file in archive.names else None
        if tree is None:
            found[-1].left_out.append(LeftOut(page.file, Reason.MISSING))
            continue
        found[-1].left_out += without_marks(tree)
        lines = [line for line in blocks(tree) if not _set_aside(line, found[-1])]
        if why := matter_of(page, tree, lines, entries, book=package.title):
            found[-1].left_out += [LeftOut(line.text, why) for line in lines]
            continue
        for title, part in _parts(tree, lines, entries):
            is_new = title is not None if has_contents else _begins(part)
            if is_new:
                found.append(_Chapter(title or ""))
            found[-1].lines += part
    return found


def _starts(package: Package) -> dict[str, list[Entry]]:
    """The entries that begin chapters, by file: all but sections in their parent's own file."""
    found: dict[str, list[Entry]] = {}
    for entry in package.contents:
        if entry.parent_file is None or entry.parent_file != entry.file:
            found.setdefault(entry.file, []).append(entry)
    return found


def _begins(part: Sequence[Block]) -> bool:
    return bool(part) and part[0].kind is Kind.HEADING


def _set_aside(line: Block, chapter: _Chapter) -> bool:
    """Leaves out what is never read in a book, such as captions, notes and ornaments."""
    place = line.place if letters(line.text) else _ORNAMENT
    if place is None or not (place.is_certain or place.why is Reason.HIDDEN):
        return False
    chapter.left_out.append(place.left_out(line.text))
    return True


def _parts(
    tree: Element, lines: list[Block], entries: Sequence[Entry]
) -> Iterator[tuple[str | None, list[Block]]]:
    """The page cut where chapters begin, with their titles; None: the last one goes on."""
    order = {element: number for number, element in enumerate(tree.iter())}
    marks = {element.get("id") or element.get("name"): element for element in order}
    cuts = [(_position(marks.get(entry.fragment), lines, order), entry.title) for entry in entries]
    cuts.sort(key=lambda cut: cut[0])
    if not cuts or cuts[0][0] > 0:
        yield None, lines[: cuts[0][0] if cuts else None]
    for number, (start, title) in enumerate(cuts):
        end = cuts[number + 1][0] if number + 1 < len(cuts) else len(lines)
        yield title, lines[start:end]


def _position(mark: Element | None, lines: Sequence[Block], order: dict[Element, int]) -> int:
    """Number of the first line at or behind a mark; 0 when there is no such mark."""
    if mark is None:
        return 0
    around = mark
    while tag_of(around) in INLINE and around.getparent() is not None:
        around = around.getparent()
    is_in_line = any(line.element is around for line in lines) and tag_of(around) != "body"
    place = order[around if is_in_line else mark]
    numbers = (number for number, line in enumerate(lines) if order[line.element] >= place)
    return next(numbers, len(lines))


def _joined(found: Sequence[_Chapter]) -> list[_Chapter]:
    """The chapters; what is too small for one stands at the beginning of the next."""
    chapters: list[_Chapter] = []
    before = _Chapter("")
    for chapter in map(_titled, found):
        title = _said(before.title, chapter.title)
        left_out = before.left_out + chapter.left_out
        whole = _Chapter(title, before.lines + chapter.lines, left_out)
        before = whole if chapter.is_small else _Chapter("")
        if not chapter.is_small:
            chapters.append(whole)
    if not chapters:
        return [before]
    chapters[-1].lines += before.lines
    chapters[-1].left_out += before.left_out
    if before.title:
        chapters[-1].left_out.append(LeftOut(before.title, Reason.TITLE_ALONE))
    return chapters


def _article(chapter: _Chapter, package: Package, *, book: str, language: str) -> Article:
    heading = Paragraph(Kind.TITLE, chapter.title or book)
    return Article(
        paragraphs=(heading, *paragraphs_of(chapter.lines, language=language)),
        left_out=tuple(bounded(chapter.left_out)),
        language=language,
        byline=package.byline,
        site=book,
        published_at=moment(package.date),
    )


def _titled(chapter: _Chapter) -> _Chapter:
    """The chapter with its title in the words of its page, where they say it."""
    lines = chapter.lines
    wanted, said, heads = letters(chapter.title), "", 0
    while heads < len(lines) and _is_title(lines[heads], wanted):
        said += letters(lines[heads].text)
        heads += 1
        if wanted and wanted in said:
            break
    first = [line.text for line in lines[:heads]]
    if not wanted or wanted in said:
        return _Chapter(_said(*first), lines[heads:], chapter.left_out)
    kept = [line for line in lines[:heads] if letters(line.text) not in wanted]
    return _Chapter(chapter.title, kept + lines[heads:], chapter.left_out)


def _is_title(line: Block, wanted: str) -> bool:
    """Whether a line is a heading, or says words of the chapter's title without being one."""
    return line.kind is Kind.HEADING or bool(wanted and letters(line.text) in wanted)


def _said(*titles: str) -> str:
    """Titles one after the other, with a full stop between them."""
    told = [title for title in titles if title]
    stopped = [title if title[-1] in ".!?:" else f"{title}." for title in told[:-1]]
    return " ".join(stopped + told[-1:])
