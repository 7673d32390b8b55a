"""The nouns: what moves through the pipeline, as frozen values.

Text is Unicode (NFC), times are samples of the 24 kHz output unless a name says otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal

from service.codes import Reason
from service.messages import Message
from service.pauses import shown

SLOWEST_RATE, FASTEST_RATE = 0.5, 2.0  # of a voice's own pace
SAMPLE_RATE_HZ = 24_000  # of everything that leaves the house
FRAME_SAMPLES = 576  # MPEG-2 Layer III (ISO 13818-3): samples in one frame
FRAME_BYTES = 192  # one frame at 64 kbit/s CBR: 24 ms
SPOKEN_WORD = re.compile(r"\S*[^\W_]\S*")  # what times are told of: between blanks, with a letter
ENCODER_DELAY_SAMPLES = 1105  # LAME 576 + decoder 529: where a clip's first sample sounds


class Kind(StrEnum):
    """What a paragraph is in its article."""

    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"
    QUOTE = "quote"
    LIST_ITEM = "list-item"


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
class Paragraph:
    """One paragraph as written: NFC, single blanks, never empty.

    A line break is left where it means something, in verse and addresses. `language` (BCP 47)
    is set where it is not the article's, as on a foreign quotation; `number` is a list item's,
    where its author numbered the list, and no part of the text.
    """

    kind: Kind
    text: str
    language: str | None = None
    number: int | None = None

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


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of one paragraph.

    `text` is as written, trailing blank included, so that a paragraph's sentences join
    back to it character by character, but for the marks of pauses; `spoken` is what the
    voice gets ("" = not spoken).
    `pause_ms` is the silence behind it at the voice's own pace, None for the usual breath.
    """

    text: str
    spoken: str
    pause_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """What is to be spoken for one paragraph."""

    kind: Kind
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """What one clip is to say, by the voice with that id, at what pace (1 is its own)."""

    script: Script
    voice: str
    rate: float = 1.0


@dataclass(frozen=True, slots=True)
class Form:
    """How an engine wants its German, beyond what every listener needs.

    `spell_letters`: initialisms as separate letters ("E U"), for engines that read "EU" as
    a word, from `shortest_spelled` letters on. `split_numbers`: blanks inside long number
    words, for engines that garble them.
    """

    spell_letters: bool = False
    shortest_spelled: int = 2
    split_numbers: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """An engine plus one of its voices.

    `unavailable` says why it cannot speak here and what to do, None when it can. `settings`
    tells what else its sound depends on: another value means other clips.
    """

    id: str
    name: str
    engine: str
    language: str
    licence: str
    online: bool = False
    form: Form = field(default_factory=Form)
    unavailable: Message | None = None
    settings: str = ""


@dataclass(frozen=True, slots=True)
class Sound:
    """Signed 16-bit little-endian mono samples.

    `gain_db` brings the voice to the house loudness, and is the same in all that it says. It
    comes with the samples since these have no room for the peaks that it makes.
    """

    pcm: bytes
    sample_rate_hz: int
    gain_db: float = 0.0

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.pcm) / 2 / self.sample_rate_hz


@dataclass(frozen=True, slots=True)
class Span:
    """Where a sentence sounds: samples from the clip's first decoded sample."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Written words that are heard as one: their place in the segment's text (code points, end
    exclusive), and in samples from the clip's first decoded one where they begin.
    """

    start: int
    end: int
    at: int


@dataclass(frozen=True, slots=True)
class Clip:
    """The audio of one paragraph in one voice, as recorded in the library.

    `id` names what is spoken (text, voice, sound settings); `sha256` and `size` (bytes) the
    file that was made; `spans` has one entry a sentence, and so has `words` once they are known:
    where each spoken word begins, in samples from the clip's first decoded one.
    """

    id: str
    size: int
    sha256: str
    spans: tuple[Span, ...]
    words: tuple[tuple[int, ...], ...] | None = None

    @property
    def samples(self) -> int:
        """Length when decoded."""
        return self.size // FRAME_BYTES * FRAME_SAMPLES


class Sort(StrEnum):
    """In what order lists are."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Rendition:
    """A finished track in another format, as recorded: `id` names track and format."""

    id: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of the audio store: its name (SHA-256), bytes, and when it was written."""

    name: str
    size: int
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Segment:
    """One paragraph of a narration: what is said, in which clip, and how far it is."""

    paragraph: Paragraph
    script: Script
    clip_id: str
    clip: Clip | None = None
    error: Message | None = None
    speaking: bool = False

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
    """What was asked for: a text, by a voice, at a pace.

    `rate` is the voice's pace, 1 is its own; `key` names text, voice and rate, `page_key` the web
    page that the text is of plus these, None where it is nobody's or not known by it any more.
    """

    article: Article
    voice: str
    rate: float
    key: str
    page_key: str | None = None


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


@dataclass(frozen=True, slots=True)
class Narration:
    """An article as it is read: what it is known by, what was asked for, what became of it.

    `version` counts its changes, `edition` those that are heard; `collections` are names, in
    order. `last_finished` is the edition that is kept until this one is finished, if there is one.
    """

    id: str
    created_at: datetime
    spec: Spec
    outcome: Outcome
    collections: tuple[str, ...] = ()
    version: int = 1
    edition: int = 1
    last_finished: int | None = None

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
        return (self.voice, self.rate, *parts)

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
    def finished_edition(self) -> int | None:
        """Number of the edition that listeners get, None when none was ever finished."""
        return self.edition if self.state is State.READY else self.last_finished

    @property
    def failed(self) -> tuple[int, ...]:
        """Numbers of the paragraphs that could not be spoken."""
        return tuple(
            n for n, segment in enumerate(self.segments, 1) if segment.state is State.FAILED
        )


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
    note: Message | None
    collections: tuple[str, ...]
    tally: Tally
    samples: int
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Which articles a list shows, and in what order; `text` is searched for."""

    text: str = ""
    collection: str | None = None
    state: State | None = None
    sort: Sort = Sort.NEWEST


@dataclass(frozen=True, slots=True)
class Token:
    """Lets one listener or place read a private library; its secret is known to nobody else."""

    id: str
    name: str
    created_at: datetime
    digest: str
    """SHA-256 of the secret, in hex digits."""
    expires_at: datetime | None = None
    parent: str | None = None
    """Digest of the key or token that it was made with: a signed-in browser's ends with that."""
