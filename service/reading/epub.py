"""An EPUB → articles, one a chapter, in the order of the book."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from service.codes import Reason
from service.domain import Article, Kind, LeftOut
from service.errors import EmptyArticle
from service.reading.archive import Archive
from service.reading.beside import parted
from service.reading.blocks import Block, blocks
from service.reading.chapters import GONE, About, Chapter, articles, joined
from service.reading.language import language_of
from service.reading.marks import without_marks
from service.reading.matter import matter_of
from service.reading.origin import moment
from service.reading.package import Entry, Package, read_package
from service.reading.places import Place
from service.reading.text import is_chapter_name, letters, looks_like_heading
from service.reading.tree import INLINE, tag_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_ORNAMENT = Place(Reason.SEPARATOR, is_certain=True)


def read_epub(
    raw: bytes, *, title: str | None = None, language: str | None = None
) -> tuple[Article, ...]:
    """The chapters of a book; `title` is the book's, if it is to have another.

    Each has the book's title for its site. Raises UnreadableSource for damaged, locked and
    hostile files, EmptyArticle for a book without text.
    """
    archive = Archive(raw)
    package = read_package(archive)
    chapters = joined(_chapters(archive, package))
    text = " ".join(line.text for chapter in chapters for line in chapter.lines)
    if not letters(text):
        raise EmptyArticle("book-without-text")
    spoken = language_of(text, declared=package.language, asked=language)
    book = title or package.title or None
    about = About(book, spoken, package.byline, moment(package.date))
    return articles(chapters, about)


def _chapters(archive: Archive, package: Package) -> list[Chapter]:
    """Chapters begin where the table of contents says; without one, with pages that have heads."""
    starts = _starts(package)
    has_contents = sum(len(starts.get(page.file, ())) for page in package.pages) > 1
    chapters = [Chapter("")]
    for page in package.pages:
        entries = starts.get(page.file, [])
        tree = archive.page(page.file) if page.file in archive.names else None
        if tree is None:
            chapters[-1].left_out.append(LeftOut(page.file, Reason.MISSING))
            continue
        chapters[-1].left_out += without_marks(tree)
        lines, left_out = parted(tree, list(map(_placed, blocks(tree))))
        if why := matter_of(page, tree, lines, entries, book=package.title):
            chapters[-1].go_on([], [*_of_matter(lines, why), *left_out])
            continue
        first = len(chapters) - 1
        for title, part in _parts(tree, lines, entries):
            is_new = title is not None if has_contents else _begins(part)
            if is_new:
                chapters.append(Chapter(title or ""))
            begun = _headed(part) if is_new and title is None else part
            chapters[-1].lines += [replace(line, element=GONE) for line in begun]
        _share_out(left_out, chapters[first:], of_page=len(lines))
    return chapters


def _of_matter(lines: Sequence[Block], why: Reason) -> Iterator[LeftOut]:
    """What a page of no text leaves out; notes belong to the text before it, not their heading."""
    for line in lines:
        yield LeftOut(line.text, why, behind=None if line.kind is Kind.HEADING else 0)


def _share_out(left_out: Sequence[LeftOut], chapters: Sequence[Chapter], *, of_page: int) -> None:
    """Gives what a page leaves out to the chapters that go on, or begin, on it."""
    sizes = [len(chapter.lines) for chapter in chapters]
    before = sum(sizes) - of_page  # lines of other pages, all of them the first chapter's
    starts = list(accumulate(sizes))[:-1]
    for line in left_out:
        if line.behind is None:
            chapters[0].left_out.append(line)
            continue
        at = before + line.behind
        number = bisect_left(starts, at) if line.behind else bisect_right(starts, at)
        behind = at - sum(sizes[:number])
        chapters[number].left_out.append(replace(line, behind=behind))


def _starts(package: Package) -> dict[str, list[Entry]]:
    """The entries that begin chapters, by file: all but sections in their parent's own file."""
    starts: dict[str, list[Entry]] = {}
    for entry in package.contents:
        if entry.parent_file is None or entry.parent_file != entry.file:
            starts.setdefault(entry.file, []).append(entry)
    return starts


def _begins(part: Sequence[Block]) -> bool:
    """Whether a page of a book without contents begins a chapter: a heading is its first line."""
    if not part:
        return False
    first, following = part[0], part[1].text if len(part) > 1 else ""
    is_looking = first.kind is Kind.TEXT and looks_like_heading(first.text, following)
    return first.kind is Kind.HEADING or is_looking or is_chapter_name(first.text)


def _headed(part: Sequence[Block]) -> Sequence[Block]:
    return [replace(part[0], kind=Kind.HEADING), *part[1:]]


def _placed(line: Block) -> Block:
    """The line; ornaments are never read in a book."""
    return line if letters(line.text) else replace(line, place=_ORNAMENT)


def _parts(
    tree: _Element, lines: list[Block], entries: Sequence[Entry]
) -> Iterator[tuple[str | None, list[Block]]]:
    """The page cut where chapters begin, with their titles; None: the last one goes on."""
    cuts = sorted(_cuts(tree, lines, entries) if entries else [], key=lambda cut: cut[0])
    if not cuts or cuts[0][0] > 0:
        yield None, lines[: cuts[0][0] if cuts else None]
    for number, (start, title) in enumerate(cuts):
        end = cuts[number + 1][0] if number + 1 < len(cuts) else len(lines)
        yield title, lines[start:end]


def _cuts(
    tree: _Element, lines: Sequence[Block], entries: Sequence[Entry]
) -> Iterator[tuple[int, str]]:
    """For each entry the number of the first line at or behind its mark, 0 when it has none."""
    order = {element: number for number, element in enumerate(tree.iter())}
    marks = {element.get("id") or element.get("name"): element for element in order}
    filled = {line.element for line in lines}
    reached = list(accumulate((order[line.element] for line in lines), max))
    for entry in entries:
        mark = marks.get(entry.fragment)
        place = 0 if mark is None else order[_filled(mark, filled)]
        yield bisect_left(reached, place), entry.title


def _filled(mark: _Element, filled: set[_Element]) -> _Element:
    """The block that a mark stands in, where that has text of its own, else the mark."""
    around = mark
    while tag_of(around) in INLINE and around.getparent() is not None:
        around = around.getparent()
    return around if around in filled and tag_of(around) != "body" else mark
