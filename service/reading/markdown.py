"""Markdown (CommonMark with tables and footnotes) → article, through markdown-it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from service.codes import Reason
from service.domain import Article, Kind, LeftOut, Paragraph
from service.reading.build import article_of
from service.reading.origin import moment
from service.reading.tables import rows
from service.reading.text import tidy
from service.reading.tree import parse_html

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_FRONT_FIELD = re.compile(r"^(title|author|date):[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.MULTILINE)
_NOTE = re.compile(r"^ {0,3}\[\^[^\]\s]+\]:[ \t]*(.*(?:\n[ \t]+\S.*)*)\n?", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")
_OPENERS = {
    "blockquote_open": Kind.QUOTE,
    "list_item_open": Kind.LIST_ITEM,
    "heading_open": Kind.HEADING,
}
_UNREAD = {"fence": Reason.CODE, "code_block": Reason.CODE, "html_block": Reason.MARKUP}
_PARSER = MarkdownIt("commonmark").enable("table")


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
    told: dict[str, str] = {}
    if front := _FRONT_MATTER.match(text):
        told = dict(reversed(_FRONT_FIELD.findall(front[1])))
        lines = filter(str.strip, front[1].splitlines())
        left_out += [LeftOut(line, Reason.FRONT_MATTER) for line in lines]
        text = text[front.end() :]
    found = list(_paragraphs(_PARSER.parse(_without_notes(text, left_out)), left_out))
    return article_of(
        found,
        left_out=left_out,
        title=title or told.get("title"),
        source_url=source_url,
        language=language,
        byline=told.get("author"),
        published_at=moment(told.get("date")),
    )


def _without_notes(text: str, left_out: list[LeftOut]) -> str:
    """The text without footnotes, and without their marks where there are any."""
    notes = [" ".join(note.split()) for note in _NOTE.findall(text)]
    if not notes:
        return text
    text = _NOTE.sub("", text)
    left_out += [LeftOut(note, Reason.FOOTNOTE) for note in notes]
    left_out.append(LeftOut(" ".join(_NOTE_MARK.findall(text)), Reason.FOOTNOTE_MARK))
    return _NOTE_MARK.sub("", text)


def _paragraphs(tokens: Sequence[Token], left_out: list[LeftOut]) -> Iterator[Paragraph]:
    """Paragraphs with the kind of the block that they stand in."""
    around: list[Kind] = []
    table: list[Token] = []
    for token in tokens:
        if table or token.type == "table_open":
            table.append(token)
            if token.type == "table_close":
                yield from _rows(table, left_out)
                table = []
        elif token.type in _OPENERS:
            around.append(_OPENERS[token.type])
        elif token.type.replace("_close", "_open") in _OPENERS:
            around.pop()
        elif why := _UNREAD.get(token.type):
            lines = [line for line in token.content.splitlines() if line.strip()]
            left_out += [LeftOut(line.strip(), why) for line in lines]
        elif token.type == "inline" and (text := _plain(token.children or [], left_out)):
            yield Paragraph(around[-1] if around else Kind.TEXT, text)


def _rows(table: Sequence[Token], left_out: list[LeftOut]) -> Iterator[Paragraph]:
    """A table row by row, as on a page."""
    page = parse_html(_PARSER.renderer.render(table, _PARSER.options, {}))
    for element in () if page is None else page.iterdescendants("table"):
        for row in rows(element):
            if row.place:
                left_out.append(row.place.left_out(row.text))
            else:
                yield Paragraph(Kind.LIST_ITEM, row.text)


def _plain(children: Sequence[Token], left_out: list[LeftOut]) -> str:
    """The words of a paragraph, without marks, link targets and pictures."""
    parts = []
    for child in children:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif child.type == "image" and child.content:
            left_out.append(LeftOut(child.content, Reason.PICTURE))
    return " ".join("".join(parts).split())
