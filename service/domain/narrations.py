"""Narrated: what was asked of an article, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal

from service.domain.articles import Article, Extra, LeftOut, Paragraph
from service.domain.audio import Clip
from service.domain.casting import ONE_VOICE, Cast
from service.domain.voices import Order, Script
from service.messages import Message


class State(StrEnum):
    """How far the speaking of a paragraph, or of a whole article, has come."""

    QUEUED = "queued"
    SPEAKING = "speaking"
    READY = "ready"
    FAILED = "failed"


WORDS: Final = "words"
ClipNews = State | Literal["words"]
"""What is told of a clip: how far its speaking is, or that its words are known by now."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One paragraph of a narration: what is said, in which clip, and how far it is.

    `voice` is the id of the voice that says it, None for the article's.
    """

    paragraph: Paragraph
    script: Script
    clip_id: str
    clip: Clip | None = None
    error: Message | None = None
    speaking: bool = False
    voice: str | None = None

    @property
    def text(self) -> str:
        """What is shown: the paragraph's sentences, without the marks of pauses."""
        return "".join(sentence.text for sentence in self.script.sentences)

    @property
    def state(self) -> State:
        """Ready with a clip, failed with an error, else in work."""
        if self.clip:
            return State.READY
        if self.error:
            return State.FAILED
        return State.SPEAKING if self.speaking else State.QUEUED


@dataclass(frozen=True, slots=True)
class Ordered:
    """A clip that some article uses: what it is to say, and what became of it."""

    order: Order
    clip: Clip | None = None
    error: Message | None = None

    @property
    def outcome(self) -> State | None:
        """Ready or failed, None while it is neither."""
        if self.clip:
            return State.READY
        return State.FAILED if self.error else None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of an article's paragraphs are how far."""

    total: int
    ready: int
    failed: int
    speaking: int = 0

    @property
    def state(self) -> State:
        """Once nothing is left to be made, ready or failed; before that, queued or speaking."""
        if self.is_settled:
            return State.FAILED if self.failed else State.READY
        has_begun = self.ready or self.failed or self.speaking
        return State.SPEAKING if has_begun else State.QUEUED

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to be made."""
        return self.ready + self.failed == self.total


@dataclass(frozen=True, slots=True)
class Spec:
    """What was asked for: a text, by a voice, at a pace, with what stands beside the text.

    `rate` is the voice's pace, 1 is its own; `cast` has the voices of parts that it does not speak
    itself; `extras` are in order, each once. `key` names text, voice, rate, cast and extras,
    `page_key` the web page that the text is of plus these, None where it is nobody's or not known
    by it any more.
    """

    article: Article
    voice: str
    rate: float
    key: str
    page_key: str | None = None
    cast: Cast = ONE_VOICE
    extras: tuple[Extra, ...] = ()

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What of the source is not read."""
        return tuple(line for line in self.article.left_out if line.extra not in self.extras)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of what was asked for: which voice says what.

    `lexicon` is the digest of the lexicon that the scripts were written with; `note` says why
    another voice speaks than was asked for, if it does.
    """

    voice: str
    segments: tuple[Segment, ...]
    lexicon: str = ""
    note: Message | None = None

    def voice_of(self, segment: Segment) -> str:
        """Id of the voice that says it."""
        return segment.voice or self.voice

    @property
    def voices(self) -> frozenset[str]:
        """Ids of the voices that speak."""
        return frozenset(map(self.voice_of, self.segments))


@dataclass(frozen=True, slots=True)
class Narration:
    """An article as it is read: what it is known by, what was asked for, what became of it.

    `version` counts its changes, `edition` those that are heard; `collections` are names, in
    order. `finished_edition` is the one that listeners get, None when none was ever finished.
    """

    id: str
    created_at: datetime
    spec: Spec
    outcome: Outcome
    collections: tuple[str, ...] = ()
    version: int = 1
    edition: int = 1
    finished_edition: int | None = None

    def revised(
        self,
        *,
        spec: Spec | None = None,
        outcome: Outcome | None = None,
        collections: tuple[str, ...] | None = None,
    ) -> Narration:
        """Its next version with these parts in place of its own; itself when nothing changes."""
        new = replace(
            self,
            spec=spec or self.spec,
            outcome=outcome or self.outcome,
            collections=self.collections if collections is None else collections,
        )
        if new.kept == self.kept:
            return self
        is_heard = new.heard != self.heard
        return replace(new, version=self.version + 1, edition=self.edition + is_heard)

    def with_clips(self, clips: Mapping[str, Clip]) -> Narration:
        """The same with these clips, by their ids, where they are spoken."""
        segments = (replace(segment, clip=clips.get(segment.clip_id)) for segment in self.segments)
        return replace(self, outcome=replace(self.outcome, segments=tuple(segments)))

    def with_speaking(self, is_speaking: Callable[[str], bool]) -> Narration:
        """The same, with the segments marked whose clips are being made."""
        segments = (
            replace(segment, speaking=is_speaking(segment.clip_id)) for segment in self.segments
        )
        return replace(self, outcome=replace(self.outcome, segments=tuple(segments)))

    @property
    def article(self) -> Article:
        """The text."""
        return self.spec.article

    @property
    def voice(self) -> str:
        """Id of the voice that speaks."""
        return self.outcome.voice

    @property
    def asked_voice(self) -> str | None:
        """Id of the voice that was asked for, where another one speaks."""
        return None if self.spec.voice == self.outcome.voice else self.spec.voice

    @property
    def rate(self) -> float:
        """The voice's pace."""
        return self.spec.rate

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Its paragraphs, as they are spoken."""
        return self.outcome.segments

    @property
    def note(self) -> Message | None:
        """Why another voice speaks than was asked for."""
        return self.outcome.note

    @property
    def heard(self) -> tuple[object, ...]:
        """What a listener hears and sees while hearing: changed, it is another edition."""
        parts = [(segment.paragraph, segment.script, segment.clip_id) for segment in self.segments]
        return (self.voice, self.rate, self.spec.cast, *parts)

    @property
    def kept(self) -> tuple[object, ...]:
        """All that a version consists of, however far the speaking is."""
        return (self.spec, self.collections, self.note, self.outcome.lexicon, self.heard)

    @property
    def tally(self) -> Tally:
        """How many of its paragraphs are how far."""
        states = Counter(segment.state for segment in self.segments)
        return Tally(
            total=len(self.segments),
            ready=states[State.READY],
            failed=states[State.FAILED],
            speaking=states[State.SPEAKING],
        )

    @property
    def state(self) -> State:
        """How far the whole article is."""
        return self.tally.state

    @property
    def failed(self) -> tuple[int, ...]:
        """Numbers of the paragraphs that could not be spoken."""
        return tuple(
            n for n, segment in enumerate(self.segments, 1) if segment.state is State.FAILED
        )
