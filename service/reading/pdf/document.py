"""A PDF → article, or its chapters where it has an outline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as c

from service.characters import joined as as_text
from service.codes import Reason
from service.domain import Article, Kind, LeftOut
from service.errors import UnreadableSource
from service.reading.blocks import Block as Text
from service.reading.build import article_of, bounded, paragraphs_of
from service.reading.chapters import GONE, About, Chapter, articles, joined
from service.reading.language import language_of
from service.reading.pdf import furniture
from service.reading.pdf.about import Bookmark, Properties, told_by
from service.reading.pdf.columns import ordered
from service.reading.pdf.heads import without_heads
from service.reading.pdf.letters import Sheet, sheet
from service.reading.pdf.lines import Line, merged, rows, with_initials
from service.reading.pdf.paragraphs import Block, blocks, body_size
from service.reading.text import letters

_MOST_PAGES = 3000
_FEWEST_LETTERS = 20  # in all; a scan has a number or a stamp at most
_LARGER = 1.12  # times the body's size: a headline
_MOST_UNKNOWN = 0.3  # share of characters that are no letters of any script
_OF_TITLE = 0.5  # of its words must stand on the first pages for a title to be believed
_BELOW = frozenset([Reason.CAPTION, Reason.FOOTNOTE])
_CHAPTER_NUMBER = re.compile(r"(?:[^\W\d_]+ )?(?:\d{1,3}|[IVXLC]{1,7})\.?(?: [^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class _Content:
    """A document's paragraphs in reading order, what is not read, and the size of its text."""

    blocks: list[Block]
    left_out: list[tuple[int, LeftOut]]
    size: float


def read_pdf(
    raw: bytes, *, title: str | None = None, language: str | None = None
) -> tuple[Article, ...]:
    """The article in a PDF, or its chapters. Raises UnreadableSource, EmptyArticle.

    Its outline parts it into chapters; without one it is one article.
    """
    properties, sheets = _opened(raw)
    _demand_text(sheets)
    content = _content(sheets)
    text = " ".join(block.text for block in content.blocks)
    spoken = language_of(text, declared=None, asked=language)
    if properties.outline:
        named = title or _believed(properties.title, content) or _book(content, properties.outline)
        about = About(named, spoken, properties.author)
        return articles(joined(_chapters(content, properties.outline)), about)
    return (_article(content, properties, title=title, language=spoken),)


def _opened(raw: bytes) -> tuple[Properties, list[Sheet]]:
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        if c.FPDF_GetLastError() == c.FPDF_ERR_PASSWORD:
            raise UnreadableSource("pdf-locked") from error
        raise UnreadableSource("pdf-damaged") from error
    try:
        pages = len(document)
        if pages > _MOST_PAGES:
            raise UnreadableSource("pdf-too-long", pages=pages, limit=_MOST_PAGES)
        return told_by(document), [sheet(document, number) for number in range(pages)]
    except pdfium.PdfiumError as error:
        raise UnreadableSource("pdf-damaged") from error
    finally:
        document.close()


def _demand_text(sheets: Sequence[Sheet]) -> None:
    """Raises UnreadableSource for scans, and where nobody can tell the letters."""
    seen = "".join(piece.text for page in sheets for piece in page.pieces if piece.reason is None)
    signs = [sign for sign in seen if not sign.isspace()]
    unknown = sum(not sign.isprintable() or sign == "\ufffd" for sign in signs)
    if unknown > _MOST_UNKNOWN * len(signs):
        raise UnreadableSource("pdf-letters-unknown")
    if sum(map(str.isalpha, signs)) < _FEWEST_LETTERS and any(page.has_picture for page in sheets):
        raise UnreadableSource("pdf-scan")


def _content(sheets: Sequence[Sheet]) -> _Content:
    whole = [furniture.without_marks(page.pieces) for page in sheets]
    pages = without_heads(whole, body_size(whole))
    seen = [with_initials([piece for piece in page if piece.reason is None]) for page in pages]
    size = body_size(seen)
    lost = [line for page in pages for line in _lines(page)]
    columns = []
    for page in seen:
        for column in ordered(page):
            lines = furniture.without_contents(furniture.without_notes(column, size))
            lost += [line for line in lines if line.reason]
            columns.append([line for line in lines if line.reason is None])
    unseen = [
        (page.number, LeftOut(f"Seite {page.number + 1}", Reason.PICTURE))
        for page in sheets
        if page.has_picture and not page.pieces
    ]
    return _Content(
        blocks([column for column in columns if column], size), [*_left_out(lost), *unseen], size
    )


def _lines(page: Sequence[Line]) -> Iterator[Line]:
    """The lines that are made of pieces that are not read."""
    for row in rows(piece for piece in page if piece.reason):
        yield from merged(row, gap=2.0)


def _left_out(lost: Sequence[Line]) -> list[tuple[int, LeftOut]]:
    """What is not read, with its page; a note's lines are one."""
    groups: list[list[Line]] = []
    for line in lost:
        goes_on = groups and line.reason is Reason.FOOTNOTE and _goes_on(groups[-1][-1], line)
        if goes_on:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [
        (group[0].page, LeftOut(as_text([line.text for line in group]), group[0].reason))
        for group in groups
        if group[0].reason
    ]


def _goes_on(before: Line, line: Line) -> bool:
    is_near = before.page == line.page and before.y > line.y
    return before.reason is line.reason and is_near and not furniture.begins_note(line.text)


def _article(
    content: _Content, properties: Properties, *, title: str | None, language: str
) -> Article:
    """The whole document as one article."""
    headline = _headline(content)
    named = _believed(properties.title, content)
    blocks, before, above = content.blocks, [], []
    if headline and (not named or _same(headline.text, named)):
        named = headline.text
        at = blocks.index(headline)
        before = [block for block in blocks[:at] if _is_head(block, headline)]
        blocks = [block for block in blocks if block is not headline and block not in before]
        above = [LeftOut(block.text, Reason.PAGE_HEADER) for block in before]
    left_out = sorted(content.left_out, key=lambda line: line[0])
    located = [_located(line, _below(blocks, page)) for page, line in left_out]
    return article_of(
        paragraphs_of([_text(block) for block in blocks], language=language),
        left_out=bounded([*above, *located]),
        title=title or named,
        language=language,
        byline=properties.author,
    )


def _headline(content: _Content) -> Block | None:
    """The largest text on the first page, else the first heading there."""
    first = [block for block in content.blocks if block.first.page == 0]
    heads = [block for block in first if block.kind is Kind.HEADING]
    large = [block for block in heads if block.first.size >= _LARGER * content.size]
    if large:
        return max(large, key=lambda block: block.first.size)
    return heads[0] if heads else None


def _book(content: _Content, outline: Sequence[Bookmark]) -> str | None:
    """The title of a document with chapters, where one stands above the first of them."""
    headline = _headline(content)
    first = _position(outline[0], content.blocks)
    return headline.text if headline and headline in content.blocks[:first] else None


def _is_head(block: Block, headline: Block) -> bool:
    """Whether a line above the headline is the name of the paper or the day's date."""
    is_above = block.first.page == 0 and block.first.y > headline.first.y
    is_short = len(block.text) < 80 and not block.text.endswith((".", "!", "?"))
    is_smaller = headline.first.size >= 1.5 * block.first.size
    return is_above and is_short and is_smaller


def _believed(title: str | None, content: _Content) -> str | None:
    """The title that the file names, where its first pages say it too."""
    first = " ".join(block.text for block in content.blocks if block.first.page < 2)
    title_words = [letters(word) for word in (title or "").split() if len(word) > 3]
    known = letters(first)
    count = sum(word in known for word in title_words)
    is_said = count >= _OF_TITLE * len(title_words) and count > 0
    return title if is_said or (title and not _headline(content)) else None


def _same(text: str, other: str) -> bool:
    return letters(text) in letters(other) or letters(other) in letters(text)


def _text(block: Block) -> Text:
    return Text(kind=block.kind, text=block.text, element=GONE)


def _chapters(content: _Content, outline: Sequence[Bookmark]) -> list[Chapter]:
    """The document cut where its outline says; what stands before is no chapter of its own."""
    cuts = [(_position(mark, content.blocks), mark) for mark in outline]
    chapters = [Chapter("")]
    edges = [*(at for at, _ in cuts), len(content.blocks)]
    chapters[0].lines = [_text(block) for block in content.blocks[: edges[0]]]
    for number, (start, mark) in enumerate(cuts):
        part = content.blocks[start : max(start, edges[number + 1])]
        chapters.append(Chapter(mark.title, [_text(block) for block in part]))
        if number_above := _number_above(content.blocks[:start], mark, chapters[-2]):
            chapters[-2].lines.pop()
            chapters[-1].left_out.append(number_above)
    if chapters[0].is_small:
        chapters[0].left_out = [LeftOut(line.text, Reason.TITLE_PAGE) for line in chapters[0].lines]
        chapters[0].lines = []
    pages, starts = [0, *(mark.page for mark in outline)], [0, *edges]
    for page, line in content.left_out:
        owner = max(at for at, start in enumerate(pages) if start <= page)
        behind = _below(content.blocks, page) - starts[owner]
        most = len(chapters[owner].lines)
        chapters[owner].left_out.append(_located(line, min(max(0, behind), most)))
    return chapters


def _below(blocks: Sequence[Block], page: int) -> int:
    """How many paragraphs begin on that page or before: its notes stand below them."""
    return sum(block.first.page <= page for block in blocks)


def _located(line: LeftOut, behind: int) -> LeftOut:
    return replace(line, behind=behind) if line.reason in _BELOW else line


def _number_above(before: Sequence[Block], mark: Bookmark, owner: Chapter) -> LeftOut | None:
    """“Chapter 1” right above the title of a chapter, unless it is `owner`'s title."""
    above = before[-1] if before and owner.lines else None
    if above is None or above.kind is not Kind.HEADING or above.first.page != mark.page:
        return None
    is_title = letters(above.text) == letters(owner.title)
    is_number = _CHAPTER_NUMBER.fullmatch(above.text) and not is_title
    return LeftOut(above.text, Reason.KICKER) if is_number else None


def _position(mark: Bookmark, blocks: Sequence[Block]) -> int:
    """Number of the block that a chapter begins with: by its words, else by its place."""
    on_page = [at for at, block in enumerate(blocks) if block.first.page == mark.page]
    alike = [at for at in on_page if _same(blocks[at].text, mark.title)]
    alike = [at for at in alike if len(blocks[at].text) < 2 * len(mark.title) + 20]
    if alike:
        return alike[0]
    if mark.y is not None:
        below = [at for at in on_page if blocks[at].first.y <= mark.y]
        if below:
            return below[0]
    after = [at for at, block in enumerate(blocks) if block.first.page >= mark.page]
    return after[0] if after else len(blocks)
