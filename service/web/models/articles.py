"""Articles: lists, manifests, words."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from service.domain import Extra, Kind, State
from service.web.models.describing import described
from service.web.models.problems import Params

_ID = "0198f0c2a1b34d5e"
_SUMMARY: dict[str, object] = {
    "id": _ID,
    "title": "Die Mühle am Bach",
    "byline": "Anna Beispiel",
    "site": "Dorfblatt",
    "source_url": "https://dorfblatt.example/muehle",
    "picture": None,
    "published_at": "2026-11-22",
    "language": "de",
    "created_at": "2026-11-23T18:00:00Z",
    "version": 1,
    "edition": 1,
    "finished_edition": 1,
    "voice": "pico:de-DE",
    "rate": 1.0,
    "cast": {"quote": "espeak:de"},
    "extras": [],
    "note": None,
    "note_code": None,
    "note_params": {},
    "asked_voice": None,
    "collections": ["dorf"],
    "state": State.READY,
    "duration": 5.304,
    "duration_is_estimate": False,
    "audio": f"/articles/{_ID}/audio.mp3",
    "captions": f"/articles/{_ID}/captions.vtt",
    "chapters": f"/articles/{_ID}/chapters.json",
    "page": f"/articles/{_ID}",
}
_SENTENCE = {
    "text": "Die Mühle am Bach",
    "spoken": "Die Mühle am Bach.",
    "start": 0.0,
    "end": 1.61,
}
_PARAGRAPH = {
    "number": 1,
    "kind": Kind.TITLE,
    "role": None,
    "speaker": None,
    "voice": "pico:de-DE",
    "text": "Die Mühle am Bach",
    "state": State.READY,
    "error": None,
    "error_code": None,
    "error_params": {},
    "clip": "/clips/3f1c9a7be2d04b6f.mp3",
    "start": 0.0,
    "duration": 1.704,
    "letters_per_second": 8.7,
    "sentences": [_SENTENCE],
}
_LEFT_OUT = {
    "text": "Schreibe einen Kommentar",
    "why": "comment form",
    "code": "comment-form",
    "params": {},
}


@described()
class Sentence(TypedDict):
    """A sentence; its times are seconds in the track, measured once its paragraph is ready."""

    text: str
    """As it is written."""
    spoken: str
    """As the voice gets it."""
    start: float
    end: float


@described()
class Paragraph(TypedDict):
    """A paragraph of an article, and how far its speaking is."""

    number: int
    """From 1, which is the article's title."""
    kind: Kind
    role: Literal["question", "answer"] | None
    """In an interview."""
    speaker: str | None
    """Whose words they are, in an interview."""
    voice: str
    """Id of the voice that reads it."""
    text: str
    list_number: NotRequired[int]
    """Of a list's item that is counted: it is spoken, and no part of `text`."""
    language: NotRequired[str]
    """Where it is not the article's."""
    extra: NotRequired[Extra]
    """What had to be asked for to have it read, where that had to be."""
    state: State
    error: str | None
    """Why it failed, in English."""
    error_code: str | None
    error_params: Params
    clip: str
    """Address of its sound alone."""
    start: float
    """Seconds in the track, estimated until everything before it is ready."""
    duration: float
    """Seconds."""
    letters_per_second: float | None
    """The pace of the speech itself, pauses not counted; null until it is ready."""
    sentences: list[Sentence]


@described()
class LeftOut(TypedDict):
    """A line of the source that is not read, and why."""

    text: str
    why: str
    """In English."""
    code: str
    """The same for programs and translations."""
    params: Params
    extra: NotRequired[Extra]
    """What is to be asked for to have it read, where that can be."""


@described(**_SUMMARY)
class Summary(TypedDict):
    """An article without its paragraphs, as lists show it."""

    id: str
    title: str
    byline: str | None
    site: str | None
    source_url: str | None
    picture: str | None
    """Address of the picture that the page shows with it."""
    published_at: str | None
    """As the source tells it: a date, or a date and time (ISO 8601)."""
    language: str
    """RFC 5646, such as `de`."""
    created_at: str
    """When it came here (RFC 3339)."""
    version: int
    """Counts every change; as the manifest's ETag it is what If-Match takes."""
    edition: int
    """Counts the changes that are heard."""
    finished_edition: int | None
    """The one that listeners get; null where none was ever finished."""
    voice: str
    """Id of the voice that speaks."""
    rate: float
    """Its pace; 1 is the voice's own."""
    cast: dict[str, str]
    """Ids of voices that read parts of it, by these parts."""
    extras: list[Extra]
    """What is read beside the text."""
    note: str | None
    """Why another voice speaks than the one that was asked for, in English."""
    note_code: str | None
    note_params: Params
    asked_voice: str | None
    """The voice that was asked for, where another one speaks."""
    collections: list[str]
    state: State
    duration: float
    """Seconds."""
    duration_is_estimate: bool
    """True until every paragraph is ready."""
    audio: str
    """Address of the track."""
    captions: str
    """Address of its WebVTT."""
    chapters: str
    """Address of its chapters."""
    page: str
    """Address of its page."""


@described(**_SUMMARY, paragraphs=[_PARAGRAPH], left_out=[_LEFT_OUT])
class Manifest(Summary):
    """Everything that a player needs; times are seconds in the track."""

    paragraphs: list[Paragraph]
    left_out: list[LeftOut]
    """Every line of the source that is not read: nothing disappears silently."""


@described()
class Book(TypedDict):
    """The collection that a book's chapters are in."""

    name: str
    title: str


@described(**_SUMMARY, paragraphs=[_PARAGRAPH], left_out=[_LEFT_OUT])
class Posted(Manifest):
    """The manifest of what was posted; of a book that of its first chapter."""

    articles: NotRequired[list[Summary]]
    """All chapters of a book, in order."""
    book: NotRequired[Book]


@described(articles=[_SUMMARY], next=None)
class ArticleList(TypedDict):
    """A page of a list."""

    articles: list[Summary]
    next: str | None
    """The `cursor` of the next page; null on the last one."""


@described(paragraphs={"1": [0, 3, 5, 4, 9, 27, 10, 12, 71, 13, 17, 88]})
class Words(TypedDict):
    """When which words are heard."""

    paragraphs: dict[str, list[int]]
    """By the paragraph's number, `from, to, at` of one word after the other: `from` and `to`
    (exclusive) in UTF-16 units of its text, `at` in hundredths of a second from its start."""
