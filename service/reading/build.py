"""Paragraphs found in any kind of source → article: headline, furniture, what is left."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from service.codes import Reason
from service.domain import Article, Kind, LeftOut, Paragraph, Role
from service.errors import EmptyArticle
from service.reading.blocks import Block
from service.reading.furniture import sort_out, without_site
from service.reading.interviews import with_roles
from service.reading.language import primary
from service.reading.names import names_of
from service.reading.text import looks_like_heading

_MOST_LEFT_OUT = 2000  # lines
_ALL_BOLD = 0.99  # of the letters
_WORDS_OF_ROLES = {"question": Role.QUESTION, "frage": Role.QUESTION, "answer": Role.ANSWER}
_WORDS_OF_ROLES |= {"antwort": Role.ANSWER}
_ABOVE = 3  # elements whose names tell of a line: its own, and those around it


def article_of(
    found: Sequence[Paragraph],
    *,
    left_out: Sequence[LeftOut] = (),
    title: str | None = None,
    **known: str | None,
) -> Article:
    """The article: `title` first if it is given, page furniture set aside.

    `known` are the other fields of an article, as far as the source tells them.
    Raises EmptyArticle when no word is left to read.
    """
    headline = " ".join((title or "").split())
    if headline and found and without_site(found[0].text)[0] == headline:
        found = found[1:]
    sorted_out = sort_out(found, headline=headline or None)
    paragraphs = sorted_out.paragraphs
    if headline:
        paragraphs = (Paragraph(Kind.TITLE, headline), *paragraphs)
    if not any(any(map(str.isalnum, paragraph.text)) for paragraph in paragraphs):
        raise EmptyArticle("nothing-to-read")
    return Article(
        paragraphs=paragraphs,
        left_out=(*sorted_out.left_out, *left_out),
        language=known.get("language") or "de",
        byline=known.get("byline") or sorted_out.byline,
        site=known.get("site") or sorted_out.site,
        source_url=known.get("source_url"),
        published_at=known.get("published_at"),
        picture=known.get("picture"),
    )


def paragraphs_of(lines: Sequence[Block], *, language: str) -> list[Paragraph]:
    """The lines as paragraphs, with their language where it is not the article's.

    What most of them are said to be in is not believed: it is a template's. Those of an interview
    have roles.
    """
    told = Counter(line.language for line in lines)
    usual = {primary(tag) for tag, count in told.items() if tag and 2 * count > len(lines)}
    usual.add(primary(language))
    found = [
        Paragraph(
            Kind.HEADING if _is_headed(line, following) else line.kind,
            line.text,
            line.language if line.language and primary(line.language) not in usual else None,
            line.number,
        )
        for line, following in itertools.zip_longest(lines, lines[1:])
    ]
    bold = {place for place, line in enumerate(lines) if line.bold >= _ALL_BOLD}
    roles = {place: role for place, line in enumerate(lines) if (role := _told_role(line))}
    return with_roles(found, bold=bold, told=roles)


def _told_role(line: Block) -> Role | None:
    """What the page's own names call a line: `interview__question`."""
    around = itertools.islice(itertools.chain([line.element], line.element.iterancestors()), _ABOVE)
    named = (word for one in around for name in names_of(one) for word in name.split("-"))
    return next((_WORDS_OF_ROLES[word] for word in named if word in _WORDS_OF_ROLES), None)


def _is_headed(line: Block, following: Block | None) -> bool:
    """Whether a paragraph that is all bold is a heading by its looks."""
    if line.kind is not Kind.TEXT or line.bold < _ALL_BOLD or line.text.endswith("?"):
        return False  # bold questions are an interview's
    return bool(
        following and following.bold < 0.5 and looks_like_heading(line.text, following.text)
    )


def parted(lines: Sequence[Block]) -> tuple[list[Block], list[LeftOut]]:
    """What is read of a document, which has no page around it, and what its places leave out."""
    read = [line for line in lines if not (line.place and line.place.is_certain)]
    certain = ((line.text, line.place) for line in lines if line.place and line.place.is_certain)
    return read, [place.left_out(text) for text, place in certain]


def bounded(left_out: Sequence[LeftOut]) -> list[LeftOut]:
    """Each line once, and a note in the place of what would be too many."""
    kept = list(dict.fromkeys(left_out))
    more = len(kept) - _MOST_LEFT_OUT
    note = [LeftOut(f"{more} weitere Zeilen", Reason.TOO_MANY)] if more > 0 else []
    return kept[:_MOST_LEFT_OUT] + note
