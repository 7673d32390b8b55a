"""Listed: articles without their paragraphs, and which of them in what order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.articles import Article, Extra
from service.domain.casting import ONE_VOICE, Cast
from service.domain.narrations import State, Tally
from service.messages import Message


class Sort(StrEnum):
    """In what order lists are."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Listed:
    """An edition of an article as lists show it, without its paragraphs.

    `article` has the title alone, an episode's the two paragraphs behind it, too. `samples` is the
    track's length, estimated until every clip is made, and `size` its bytes, None until then.
    """

    id: str
    created_at: datetime
    version: int
    edition: int
    finished_edition: int | None
    article: Article
    voice: str
    asked_voice: str | None
    rate: float
    extras: tuple[Extra, ...]
    note: Message | None
    collections: tuple[str, ...]
    tally: Tally
    samples: int
    size: int | None = None
    cast: Cast = ONE_VOICE


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list goes on: behind the article with that id, or where it was, if it is gone.

    `created_at` and `title` are what it was sorted by; None where nothing but the id is known.
    """

    id: str
    created_at: datetime | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleCollection:
    """A named set of articles: its name is its address and stays, its title is what people read.

    `size` counts its articles; those of a book are its chapters, the oldest first.
    """

    name: str
    title: str
    size: int = 0
    is_book: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Which articles a list shows, and in what order; `text` is searched for."""

    text: str = ""
    collection: str | None = None
    state: State | None = None
    sort: Sort = Sort.NEWEST
