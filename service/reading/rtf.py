"""Rich Text (RTF 1.9) → article, through striprtf."""

from __future__ import annotations

import re
from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from service.codes import Reason
from service.domain import Article, LeftOut
from service.errors import UnreadableSource
from service.reading.build import article_of, bounded
from service.reading.language import language_of
from service.reading.plain_text import paragraphs
from service.reading.rtf_marks import without_struck
from service.reading.text import words

_UNREAD = re.compile(r"\{\\(?:\*\\)?(footnote|v|annotation|header[lrf]?|footer[lrf]?)(?![a-z0-9])")
_WHYS = {
    "footnote": Reason.FOOTNOTE,
    "v": Reason.HIDDEN,
    "annotation": Reason.COMMENTS,
}
_OPENED = re.compile(r"\A\{\\(?:\*\\)?[a-z]+ ?|\}\Z")
_PICTURE = re.compile(r"[0-9a-fA-F\s]{400,}")  # in hexadecimal digits


def read_rtf(raw: bytes, *, title: str | None = None, language: str | None = None) -> Article:
    """The article in a rich text. Raises UnreadableSource, EmptyArticle."""
    source = _PICTURE.sub(" ", raw.decode("cp1252", "replace"))
    left_out: list[LeftOut] = []
    kept, end = [], 0
    for start, stop, why in _groups(source):
        if start >= end:
            kept.append(source[end:start])
            if text := words(_text(_OPENED.sub("", source[start:stop]))):
                left_out.append(LeftOut(text, why))
            end = stop
    whole, struck = without_struck("".join([*kept, source[end:]]))
    told_struck = filter(None, (words(_text(part)) for part in struck))
    left_out += [LeftOut(text, Reason.STRUCK) for text in told_struck]
    text = _text(whole)
    text = re.sub(r"\n+", "\n\n", text.replace("|\n", "\n").replace("|", "; "))
    spoken = language_of(text, declared=None, asked=language)
    body = list(paragraphs(text))
    return article_of(body, left_out=bounded(left_out), title=title, language=spoken)


def _groups(source: str) -> Iterator[tuple[int, int, Reason]]:
    """Where groups stand that are not read: from, to, and why."""
    opened = list(_UNREAD.finditer(source))
    ends = _ends(source, {match.start() for match in opened})
    for match in opened:
        why = _WHYS.get(match[1], Reason.PAGE_HEADER)
        why = Reason.PAGE_FOOTER if match[1].startswith("footer") else why
        yield match.start(), ends.get(match.start(), len(source)), why


def _ends(source: str, wanted: set[int]) -> dict[int, int]:
    """For these opening braces, where what they open is closed."""
    open_at: list[int] = []
    ends: dict[int, int] = {}
    for brace in re.finditer(r"\\[\\{}]|[{}]", source) if wanted else ():
        if brace[0] == "{":
            open_at.append(brace.start())
        elif brace[0] == "}" and open_at:
            start = open_at.pop()
            if start in wanted:
                ends[start] = brace.end()
    return ends


def _text(source: str) -> str:
    try:
        return str(rtf_to_text(source, encoding="cp1252", errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, OverflowError, IndexError) as error:
        raise UnreadableSource("document-damaged") from error
