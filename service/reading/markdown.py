"""Markdown (CommonMark with tables and what people add to it) → article, through markdown-it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from service.codes import Reason
from service.domain import Article, LeftOut
from service.reading.beside import parted
from service.reading.blocks import blocks
from service.reading.build import article_of, bounded, paragraphs_of
from service.reading.marks import without_marks
from service.reading.notation import in_commonmark
from service.reading.origin import moment
from service.reading.text import tidy
from service.reading.tree import parse_html

_FRONT_MATTER = re.compile(
    r"\A(?P<mark>---|\+\+\+)[ \t]*\n(?P<fields>.*?)\n(?:(?P=mark)|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
_FRONT_FIELD = re.compile(
    r"^(title|author|date)[ \t]*[:=][ \t]*(?:\[[ \t]*)?[\"']?(.+?)[\"']?(?:[ \t]*\])?[ \t]*$",
    re.MULTILINE,
)
_CODE = frozenset(["fence", "code_block"])
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def read_markdown(
    text: str,
    *,
    title: str | None = None,
    source_url: str | None = None,
    language: str | None = None,
) -> Article:
    """The article in a Markdown text. Raises EmptyArticle when there is nothing to read."""
    text = tidy(text).lstrip("\n")
    left_out: list[LeftOut] = []
    fields: dict[str, str] = {}
    if front := _FRONT_MATTER.match(text):
        fields = dict(reversed(_FRONT_FIELD.findall(front["fields"])))
        lines = filter(str.strip, front["fields"].splitlines())
        left_out += [LeftOut(line, Reason.FRONT_MATTER) for line in lines]
        text = text[front.end() :]
    text, noted = in_commonmark(text)
    page = parse_html(_html(text, left_out))
    for table in () if page is None else page.iterdescendants("table"):
        table.set("role", "table")  # nobody lays out a page in Markdown
    marks = [] if page is None else without_marks(page)
    read, unread = ([], []) if page is None else parted(page, list(blocks(page)))
    return article_of(
        paragraphs_of(read, language=language or "de"),
        left_out=bounded([*left_out, *noted, *unread, *marks]),
        title=title or fields.get("title"),
        source_url=source_url,
        language=language,
        byline=fields.get("author"),
        published_at=moment(fields.get("date")),
    )


def _html(text: str, left_out: list[LeftOut]) -> str:
    """The text as HTML, without code."""
    tokens = list(_without_code(_PARSER.parse(text), left_out))
    return str(_PARSER.renderer.render(tokens, _PARSER.options, {}))


def _without_code(tokens: Sequence[Token], left_out: list[LeftOut]) -> Iterator[Token]:
    for token in tokens:
        if token.type in _CODE:
            lines = (line.strip() for line in token.content.splitlines())
            left_out += [LeftOut(line, Reason.CODE) for line in lines if line]
        else:
            yield token
