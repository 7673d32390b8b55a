"""What stands beside the text, read where it stands for those who ask for it, and introduced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from service.domain import Article, Extra, Kind, LeftOut, Paragraph
from service.errors import EmptyArticle

_INTRODUCTIONS = {
    Extra.ALT: "Bild",
    Extra.ASIDES: "Kasten",
    Extra.CAPTIONS: "Bildunterschrift",
    Extra.FOOTNOTES: "Fußnote",
    Extra.TABLES: "Tabelle",
}
_OF_MANY_LINES = frozenset({Extra.ASIDES, Extra.TABLES})  # introduced by their first one


def in_full(article: Article, extras: Collection[Extra]) -> tuple[Paragraph, ...]:
    """The paragraphs of an article, and between them what is asked for besides.

    Raises EmptyArticle where there is nothing but pictures, and they are not asked for.
    """
    beside: defaultdict[int, list[LeftOut]] = defaultdict(list)
    for line in article.left_out:
        if line.extra in extras:  # what stands above the title follows it
            beside[min(max(1, line.behind or 0), len(article.paragraphs))].append(line)
    paragraphs: list[Paragraph] = []
    for number, paragraph in enumerate(article.paragraphs, 1):
        paragraphs.append(paragraph)
        if number in beside:
            paragraphs += _introduced(_without_repeated(beside[number]))
    if not article.has_text and len(paragraphs) == len(article.paragraphs):
        raise EmptyArticle("page-of-pictures")
    return tuple(paragraphs)


def _without_repeated(lines: Sequence[LeftOut]) -> list[LeftOut]:
    """The lines, a paragraph's notes first, without pictures' texts that captions say too."""
    captions = [_letters(line.text) for line in lines if line.extra is Extra.CAPTIONS]
    kept = [
        line
        for line in lines
        if line.extra is not Extra.ALT
        or not any(_letters(line.text) in caption for caption in captions)
    ]
    return sorted(kept, key=lambda line: line.extra is not Extra.FOOTNOTES)


def _introduced(lines: Sequence[LeftOut]) -> Iterator[Paragraph]:
    before: LeftOut | None = None
    for line in lines:
        extra = Extra(line.extra or "")
        goes_on = before is not None and _goes_on(before, line)
        text = line.text if goes_on else f"{_INTRODUCTIONS[extra]}: {line.text}"
        kind = Kind.LIST_ITEM if extra is Extra.TABLES else Kind.TEXT
        yield Paragraph(kind, text, extra=extra)
        before = line


def _goes_on(before: LeftOut, line: LeftOut) -> bool:
    """Whether a line is of the same box or table as the one before."""
    is_same = before.reason is line.reason and before.values == line.values
    return line.extra in _OF_MANY_LINES and is_same


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
