"""What a PDF tells of itself: title, author, outline; as far as it can be believed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium

from service.reading.text import words

_FILE_NAME = re.compile(
    r"^Microsoft (?:Word|PowerPoint)\b|\.(?:docx?|pdf|indd|qxp|tex|odt|rtf|pptx?|xlsx?)$|[\\/_]\w"
    r"|^(?:untitled|unbenannt|dokument|document|title|titel|präsentation|folie|layout|print)\W*\d*$",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w.’'-]*(?: [\w.’'-]+){1,4}")
_NOBODY = re.compile(
    r"\b(?:admin\w*|user|benutzer|nutzer|microsoft|windows|office|sekretariat|praktikant\w*|adobe"
    r"|owner|unknown|unbekannt|author|autor|scanner|acrobat|canon|xerox|hp|redaktion)\b|[@\\/]|\d",
    re.IGNORECASE,
)
_DEEPEST = 3  # levels of the outline that are looked at


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: where a chapter begins; `y` in points, None for the page's top."""

    title: str
    page: int
    y: float | None


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says; None for what is no title or name by its looks."""

    title: str | None
    author: str | None
    outline: tuple[Bookmark, ...]


def told_by(document: pdfium.PdfDocument) -> Properties:
    """What a document tells of itself."""
    given = document.get_metadata_dict(skip_empty=True)
    title, author = words(given.get("Title", "")), words(given.get("Author", ""))
    is_title = len(title) > 3 and any(map(str.isalpha, title)) and not _FILE_NAME.search(title)
    names = [name for name in re.split(r"\s*(?:[;,&]|\bund\b)\s*", author) if name]
    are_names = all(_NAME.fullmatch(name) for name in names) and not _NOBODY.search(author)
    return Properties(
        title=title if is_title and len(title) < 300 else None,
        author=", ".join(names) if names and are_names else None,
        outline=_chapters(list(_outline(document))),
    )


def _outline(document: pdfium.PdfDocument) -> Iterator[tuple[int, Bookmark]]:
    """The outline's entries with their levels, in the order of the document."""
    try:
        for entry in document.get_toc(max_depth=_DEEPEST):
            target = entry.get_dest()
            title = words(entry.get_title())
            page = target.get_index() if target else None
            if title and page is not None and 0 <= page < len(document):
                _, place = target.get_view()
                yield entry.level, Bookmark(title, page, _height(target, place))
    except pdfium.PdfiumError:
        return


def _height(target: pdfium.PdfDest, place: Sequence[float]) -> float | None:
    """How high on its page an entry leads, if it says so (ISO 32000, table 151)."""
    kind, _ = target.get_view()
    if kind == 1 and len(place) > 1:  # XYZ: left, top, zoom
        return place[1] or None
    return place[0] if kind in {3, 7} and place else None  # FitH, FitBH: top


def _chapters(entries: Sequence[tuple[int, Bookmark]]) -> tuple[Bookmark, ...]:
    """The entries of the highest level that has several; none where there is no such."""
    for level in range(_DEEPEST):
        marks = [mark for at, mark in entries if at == level]
        if len(marks) > 1:
            return tuple(sorted(marks, key=lambda mark: mark.page))
    return ()
