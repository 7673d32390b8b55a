"""Plain text → article: lines to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.characters import joined
from service.codes import Reason
from service.domain import Article, Kind, LeftOut, Paragraph
from service.reading.build import article_of, bounded
from service.reading.closing import closes_pasted
from service.reading.edges import BULLET, ENDED, MARKER, STOPPED
from service.reading.furniture import reason
from service.reading.interviews import with_roles
from service.reading.letter import pasted
from service.reading.pasted import without_print
from service.reading.tabbed import is_table, table_rows
from service.reading.text import looks_like_heading, tidy, words
from service.reading.titles import LONGEST

_LONG_LINE = 120  # characters; text is hardly ever wrapped wider
_LONGEST_VERSE = 45  # characters; nobody wraps prose so narrow
_STANZA = 3  # lines
_ROOM = 0.8  # of the longest line; what ends there was not wrapped
_DIVIDED = re.compile(r"\w[-‐¬]$")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})* [A-ZÄÖÜ][^.!?:;,]{1,70}")  # a heading
_QUOTE = re.compile(r"„[^„“]+“|»[^»«]+«|«[^»«]+»|“[^“”]+”|\"[^\"]+\"")


def read_text(
    text: str,
    *,
    title: str | None = None,
    source_url: str | None = None,
    language: str | None = None,
) -> Article:
    """The article in plain text; its first paragraph is the title unless one is given.

    Raises EmptyArticle when there is nothing to read.
    """
    if mail := pasted(tidy(text)):
        body = paragraphs(f"-\n\n{mail.text}")[1:]
        return article_of(
            body,
            left_out=bounded(mail.left_out),
            title=tidy(title or "") or mail.subject,
            source_url=source_url,
            language=language,
            byline=mail.sender,
            published_at=mail.date,
        )
    written, left_out = without_print(_lines(text))
    body, closing = _without_closing(list(paragraphs(written)))
    return article_of(
        body,
        left_out=bounded([*closing, *left_out]),
        title=tidy(title or ""),
        source_url=source_url,
        language=language,
    )


def _without_closing(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[LeftOut]]:
    """The paragraphs, without the last ones that say who made the article, nor what follows."""
    closing = []
    for number in range(len(paragraphs) - 1, 1, -1):
        paragraph = paragraphs[number]
        if paragraph.kind is Kind.TEXT and closes_pasted(paragraph.text):
            closing.append(number)
        elif not reason(paragraph.text):
            break
    left_out = [
        LeftOut(words(paragraphs[number].text), Reason.CREDIT) for number in reversed(closing)
    ]
    return [
        paragraph for number, paragraph in enumerate(paragraphs) if number not in closing
    ], left_out


def _lines(text: str) -> str:
    """The text with one kind of line break."""
    return re.sub("\r\n?|\x0c", "\n", text)


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text, the title first; those of an interview have roles."""
    return with_roles(list(_kinds(text)))


def _kinds(text: str) -> Iterator[Paragraph]:
    blocks = [
        [line for line in block.split("\n") if line.strip()]
        for block in re.split(r"\n\s*\n", tidy(text))
        if block.strip()
    ]
    has_blank_lines = len(blocks) > 1
    blocks[:1] = _with_title(blocks[0]) if blocks else []
    rows: set[int] = set()
    texts: list[str] = []
    for block in blocks:
        parts = _parts(block, has_blank_lines=has_blank_lines)
        rows.update(range(len(texts), len(texts) + len(parts)) if is_table(block) else ())
        texts += parts
    for number, part in enumerate(texts):
        following = texts[number + 1] if number + 1 < len(texts) else ""
        if number in rows and number:
            yield Paragraph(Kind.LIST_ITEM, part)
            continue
        is_listed = _is_listed(texts, number)
        kind = _kind(part, following, is_listed=is_listed) if number else Kind.TITLE
        yield Paragraph(kind, BULLET.sub("", part, count=1) if is_listed else part)


def _with_title(block: list[str]) -> list[list[str]]:
    """The first lines that stand together, cut below one that ends where no line had to."""
    lines = [" ".join(line.split()) for line in block]
    if len(lines) < 2 or sum(map(len, lines)) <= LONGEST or is_table(block):
        return [block]
    first, second = lines[:2]
    has_room = len(first) + 1 + len(second.split()[0]) <= _ROOM * max(map(len, lines))
    is_title = has_room and not second[0].islower() and not _DIVIDED.search(first)
    return [block[:1], block[1:]] if is_title else [block]


def _parts(lines: Sequence[str], *, has_blank_lines: bool) -> list[str]:
    """The paragraphs in lines that stand together: a table's rows, a stanza, or prose."""
    if is_table(lines):
        return table_rows(lines)
    plain = [" ".join(line.split()) for line in lines]
    if has_blank_lines and _is_verse(plain):
        return ["\n".join(plain)]
    return _joined(plain, has_blank_lines=has_blank_lines)


def _is_verse(lines: Sequence[str]) -> bool:
    """Whether each line is one for itself, as in a stanza or an address, and none is wrapped."""
    few = sum(" " not in line for line in lines)
    if len(lines) < _STANZA or 2 * few > len(lines) or max(map(len, lines)) > _LONGEST_VERSE:
        return False
    if any(MARKER.match(line) or _DIVIDED.search(line) for line in lines):
        return False
    return not all(STOPPED.search(line) for line in lines[:-1])


def _joined(lines: list[str], *, has_blank_lines: bool) -> list[str]:
    """The paragraphs in lines that stand together."""
    is_long = max(map(len, lines)) > _LONG_LINE
    ended = sum(bool(ENDED.search(line)) for line in lines)
    a_line_each = is_long or (not has_blank_lines and ended * 2 >= len(lines))
    parts = [[lines[0]]]
    for before, line in pairwise(lines):
        goes_on = line[0].islower() and not ENDED.search(before)
        if MARKER.match(line) or (a_line_each and not goes_on):
            parts.append([line])
        else:
            parts[-1].append(line)
    return list(map(joined, parts))


def _is_listed(texts: list[str], number: int) -> bool:
    """Whether the paragraph begins like a list item and has another beside it."""
    if not MARKER.match(texts[number]):
        return False
    beside = texts[max(0, number - 1) : number] + texts[number + 1 : number + 2]
    return any(MARKER.match(text) for text in beside)


def _kind(text: str, following: str, *, is_listed: bool) -> Kind:
    if is_listed:
        return Kind.LIST_ITEM
    if _QUOTE.fullmatch(text):
        return Kind.QUOTE
    is_numbered = _NUMBERED.fullmatch(text) and _is_sentence(following)
    is_heading = is_numbered or looks_like_heading(text, following)
    return Kind.HEADING if is_heading else Kind.TEXT


def _is_sentence(text: str) -> bool:
    return bool(ENDED.search(text)) and not _NUMBERED.match(text)
