"""Spoken: voices, how they want their German, and what one is given to say."""

from __future__ import annotations

from dataclasses import dataclass, field

from service.domain.articles import Kind
from service.messages import Message

SLOWEST_RATE, FASTEST_RATE = 0.5, 2.0  # of a voice's own pace


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

    @property
    def letters(self) -> int:
        """How many are spoken."""
        return sum(len(sentence.spoken) for sentence in self.sentences)


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
