"""Written: articles, their paragraphs, and what of a source is not read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from service.codes import Reason
from service.pauses import shown


class Kind(StrEnum):
    """What a paragraph is in its article."""

    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"
    QUOTE = "quote"
    LIST_ITEM = "list-item"


class Role(StrEnum):
    """What a paragraph is in an interview."""

    QUESTION = "question"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as written: NFC, single blanks, never empty.

    A line break is left where it means something, in verse and addresses. `language` (BCP 47)
    is set where it is not the article's, as on a foreign quotation; `number` is a list item's,
    where its author numbered the list, and no part of the text. `role` and `speaker` tell who
    says it in an interview.
    """

    kind: Kind
    text: str
    language: str | None = None
    number: int | None = None
    role: Role | None = None
    speaker: str | None = None

    @property
    def shown(self) -> str:
        """Its text without the marks of pauses."""
        return shown(self.text)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line of the source that is not read, and why; `values` belong into the reason's phrase."""

    text: str
    reason: Reason
    values: tuple[tuple[str, str | int], ...] = ()

    @property
    def why(self) -> str:
        """The reason in English."""
        return self.reason.phrase.format_map(dict(self.values))


@dataclass(frozen=True, slots=True)
class Article:
    """Title plus paragraphs in reading order; the title is the first paragraph.

    `published_at` is ISO 8601, a date or a time with its zone, as the source tells it;
    `picture` the address of the lead picture; `page` the name by which the web page that it
    was read from is known again.
    """

    paragraphs: tuple[Paragraph, ...]
    left_out: tuple[LeftOut, ...] = ()
    language: str = "de"
    byline: str | None = None
    site: str | None = None
    source_url: str | None = None
    published_at: str | None = None
    picture: str | None = None
    page: str | None = None

    @property
    def title(self) -> str:
        """The headline, as it is shown; of one that is a pause alone, how that was written."""
        return self.paragraphs[0].shown or self.paragraphs[0].text
