"""Paragraphs found in any kind of source → article: headline, furniture, what is left."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

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
_HEADING_NAMES = re.compile(
    r"(?:.*-)?(?:sub-?head(?:line|ing)?|cross-?head(?:ing)?|inter-?title|zwischen-?titel"
    r"|zwischen-?(?:ü|ue)berschrift|h[2-4])(?:-.*)?"
)
_ALL_BOLD = 0.99  # of the letters
_WORDS_OF_ROLES = {"question": Role.QUESTION, "frage": Role.QUESTION, "answer": Role.ANSWER}
_WORDS_OF_ROLES |= {"antwort": Role.ANSWER}
_ABOVE = 3  # elements whose names tell of a line: its own, and those around it


def article_of(
    given: Sequence[Paragraph],
    *,
    left_out: Sequence[LeftOut] = (),
    title: str | None = None,
    **known: str | None,
) -> Article:
    """The article: `title` first if it is given, page furniture set aside.

    What is left out stands behind so many of the paragraphs that were found, if it belongs there.
    `known` are the other fields of an article, as far as the source tells them.
    Raises EmptyArticle when no word is left to read.
    """
    headline = " ".join((title or "").split())
    is_again = bool(headline and given and without_site(given[0].text)[0] == headline)
    sorted_out = sort_out(given[is_again:], headline=headline or None)
    paragraphs = sorted_out.paragraphs
    read = [0] * is_again + [number + bool(headline) for number in sorted_out.read]
    if headline:
        paragraphs = (Paragraph(Kind.TITLE, headline), *paragraphs)
    if not any(any(map(str.isalnum, paragraph.text)) for paragraph in paragraphs):
        raise EmptyArticle("nothing-to-read")
    return Article(
        paragraphs=paragraphs,
        left_out=(*sorted_out.left_out, *(_moved(line, read) for line in left_out)),
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
    languages = Counter(line.language for line in lines)
    usual = {primary(tag) for tag, count in languages.items() if tag and 2 * count > len(lines)}
    usual.add(primary(language))
    paragraphs = [
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
    return with_roles(paragraphs, bold=bold, roles=roles)


def _told_role(line: Block) -> Role | None:
    """What the page's own names call a line: `interview__question`."""
    around = itertools.islice(itertools.chain([line.element], line.element.iterancestors()), _ABOVE)
    named = (word for element in around for name in names_of(element) for word in name.split("-"))
    return next((_WORDS_OF_ROLES[word] for word in named if word in _WORDS_OF_ROLES), None)


def _is_headed(line: Block, following: Block | None) -> bool:
    """Whether a paragraph that is all bold, or called so, is a heading by its looks."""
    if line.kind is not Kind.TEXT or following is None or line.text.endswith("?"):
        return False  # bold questions are an interview's
    is_bold = line.bold > 0.99 and following.bold < 0.5
    is_named = any(map(_HEADING_NAMES.fullmatch, names_of(line.element)))
    return (is_bold or is_named) and looks_like_heading(line.text, following.text)


def _moved(line: LeftOut, read: Sequence[int]) -> LeftOut:
    """What is left out, behind so many paragraphs that are read."""
    return line if line.behind is None else replace(line, behind=read[line.behind])


def bounded(left_out: Sequence[LeftOut]) -> list[LeftOut]:
    """Each line once, and a note in the place of what would be too many."""
    kept = list(dict.fromkeys(left_out))
    more = len(kept) - _MOST_LEFT_OUT
    note = [LeftOut(f"{more} weitere Zeilen", Reason.TOO_MANY)] if more > 0 else []
    return kept[:_MOST_LEFT_OUT] + note
