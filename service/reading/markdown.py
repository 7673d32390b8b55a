"""Markdown (CommonMark with tables) → article, through markdown-it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from service.domain import Article, Kind, LeftOut, Paragraph
from service.reading.build import article_of
from service.reading.text import tidy

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_FRONT_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_OPENERS = {
    "blockquote_open": Kind.QUOTE,
    "list_item_open": Kind.LIST_ITEM,
    "heading_open": Kind.HEADING,
}
_UNREAD = {"fence": "code", "code_block": "code", "html_block": "markup"}


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
    if front := _FRONT_MATTER.match(text):
        named = _FRONT_TITLE.search(front[1])
        title = title or (named[1] if named else None)
        left_out += [
            LeftOut(line, "front matter") for line in front[1].splitlines() if line.strip()
        ]
        text = text[front.end() :]
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    found = list(_paragraphs(tokens, left_out))
    return article_of(
        found, left_out=left_out, title=title, source_url=source_url, language=language
    )


def _paragraphs(tokens: Sequence[Token], left_out: list[LeftOut]) -> Iterator[Paragraph]:
    """Paragraphs with the kind of the block that they stand in."""
    around: list[Kind] = []
    for token in tokens:
        if token.type in _OPENERS:
            around.append(_OPENERS[token.type])
        elif token.type.replace("_close", "_open") in _OPENERS:
            around.pop()
        elif why := _UNREAD.get(token.type):
            lines = [line for line in token.content.splitlines() if line.strip()]
            left_out += [LeftOut(line.strip(), why) for line in lines]
        elif token.type == "inline" and (text := _plain(token.children or [], left_out)):
            yield Paragraph(around[-1] if around else Kind.TEXT, text)


def _plain(children: Sequence[Token], left_out: list[LeftOut]) -> str:
    """The words of a paragraph, without marks, link targets and pictures."""
    parts = []
    for child in children:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif child.type == "image" and child.content:
            left_out.append(LeftOut(child.content, "picture"))
    return " ".join("".join(parts).split())
