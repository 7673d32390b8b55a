"""Fragments of text with line breaks between → lines: what <br> parts, and what it only wraps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.reading.edges import BULLET, PARTED, STOPPED
from service.reading.text import words

BREAK = "\n"  # the text of a fragment that is a line break
_LINE = 60  # characters; longer lines are wrapped prose, not verse nor address
_TWICE = re.compile(r",(?: ,)+")  # around what was cut out


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of text that looks the same all over."""

    text: str
    language: str | None = None
    is_link: bool = False
    is_bold: bool = False

    @property
    def letters(self) -> int:
        """How many letters and digits it has."""
        return sum(map(str.isalnum, self.text))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `linked` and `bold` are shares of its letters."""

    text: str
    language: str | None
    linked: float
    bold: float
    is_listed: bool


def lines_of(fragments: Sequence[Fragment], *, is_whole: bool = False) -> Iterator[Line]:
    """The lines in the fragments; `is_whole`: they are one, whatever breaks are in it."""
    rows = _rows(fragments)
    if is_whole:
        rows = [[fragment for row in rows for fragment in (*row, Fragment(" "))]]
    number = 0
    for run in _runs(rows):
        for group in [_verse(run)] if _is_verse(run) else _grouped(run):
            if _text(group):
                yield _line(group, is_first=number == 0)
                number += 1


def _runs(rows: Sequence[list[Fragment]]) -> Iterator[list[list[Fragment]]]:
    """The rows between the empty ones; short ones apart from long ones that end."""
    run: list[list[Fragment]] = []
    for row in rows:
        if run and (not _text(row) or _is_apart(run[-1], row)):
            yield run
            run = []
        if _text(row):
            run.append(row)
    if run:
        yield run


def _is_apart(before: Sequence[Fragment], row: Sequence[Fragment]) -> bool:
    """Whether a row begins anew behind what is no line of verse, or is none itself."""
    text = _text(before)
    bold, following = _share(before, is_bold=True), _share(row, is_bold=True)
    is_label = bold > 0.99 > following or (following > 0.99 and bold == 0)
    return is_label or (bool(PARTED.search(text)) and max(len(text), len(_text(row))) > _LINE)


def _is_verse(rows: Sequence[list[Fragment]]) -> bool:
    """Whether each row is a line for itself, as in verse and addresses."""
    texts = [_text(row) for row in rows]
    if len(texts) < 2 or max(map(len, texts)) > _LINE or any(map(BULLET.match, texts)):
        return False
    is_links = all(_share(row, is_bold=False) > 0.9 for row in rows)
    return not is_links and not all(map(STOPPED.search, texts[:-1]))


def _verse(rows: Sequence[list[Fragment]]) -> list[Fragment]:
    """The rows as one, with the breaks that mean something."""
    return [fragment for row in rows for fragment in (Fragment(BREAK), *row)][1:]


def _rows(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """The fragments between the breaks."""
    rows: list[list[Fragment]] = [[]]
    for fragment in fragments:
        if fragment.text == BREAK:
            rows.append([])
        else:
            rows[-1].append(fragment)
    return rows


def _grouped(rows: Sequence[list[Fragment]]) -> list[list[Fragment]]:
    """Rows joined where a sentence goes on in the next."""
    groups: list[list[Fragment]] = []
    before: list[Fragment] = []
    for row in rows:
        if _goes_on(before, row):
            groups[-1] += [Fragment(" "), *row]
        else:
            groups.append(list(row))
        before = row
    return groups


def _goes_on(before: Sequence[Fragment], row: Sequence[Fragment]) -> bool:
    text, following = _text(before), _text(row)
    if not text or not following or PARTED.search(text) or BULLET.match(following):
        return False
    if _share(before, is_bold=False) > 0.9 and _share(row, is_bold=False) > 0.9:
        return False  # a list of links
    return _share(before, is_bold=True) < 0.99 or _share(row, is_bold=True) > 0.99


def _line(fragments: Sequence[Fragment], *, is_first: bool) -> Line:
    languages = {fragment.language for fragment in fragments if fragment.letters}
    text = _text(fragments)
    is_listed = not is_first and bool(BULLET.match(text))
    return Line(
        text=BULLET.sub("", text, count=1) if is_listed else text,
        language=languages.pop() if len(languages) == 1 else None,
        linked=_share(fragments, is_bold=False),
        bold=_share(fragments, is_bold=True),
        is_listed=is_listed,
    )


def _share(fragments: Sequence[Fragment], *, is_bold: bool) -> float:
    """Of the letters that are bold, else of those that are links."""
    wanted = [fragment.is_bold if is_bold else fragment.is_link for fragment in fragments]
    letters = sum(
        fragment.letters for fragment, is_it in zip(fragments, wanted, strict=True) if is_it
    )
    return letters / max(1, sum(fragment.letters for fragment in fragments))


def _text(fragments: Sequence[Fragment]) -> str:
    """The words of the fragments; a break that is left among them means something."""
    lines = "".join(fragment.text for fragment in fragments).split(BREAK)
    return BREAK.join(_TWICE.sub(",", line) for line in map(words, lines) if line)
