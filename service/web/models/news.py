"""The data of the events that tell what becomes of an article."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from service.domain import State
from service.web.models.describing import described
from service.web.models.problems import Params


@described()
class Times(TypedDict):
    """Of a sentence, in seconds of the track."""

    start: float
    end: float


@described(number=2, state=State.SPEAKING)
class ParagraphNews(TypedDict):
    """Event `paragraph`: its state and, once that is `ready` or `failed`, what became of it."""

    number: int
    state: State
    error: NotRequired[str | None]
    error_code: NotRequired[str | None]
    error_params: NotRequired[Params]
    clip: NotRequired[str]
    start: NotRequired[float]
    duration: NotRequired[float]
    letters_per_second: NotRequired[float | None]
    sentences: NotRequired[list[Times]]


@described(id="0198f0c2a1b34d5e", state=State.READY, ready=12, total=12)
class ArticleNews(TypedDict):
    """Event `article`: the state of the whole."""

    id: str
    state: State
    ready: int
    """How many paragraphs are."""
    total: int
    """How many there are."""


@described(number=2)
class WordsNews(TypedDict):
    """Event `words`: the paragraph's words are known by now, for `/words` to tell."""

    number: int
