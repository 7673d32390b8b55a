"""Everything that can go wrong, as one tree. It knows no HTTP.

    raise ArticleTooLong("article-too-long", chars=12_000, limit=10_000)

Each error is a code of codes.py with its values, and reads as the English made of them.

VorleserError
├── InputError            what the user gave cannot be read aloud: say what to do
│   ├── EmptyArticle          no text left to read
│   ├── ArticleTooLong        more characters than the operator allows
│   ├── UnreadableSource      a file, page or address that is not an article
│   ├── AlreadyThere          another article has this text and voice, or a collection this name
│   └── UnknownVoice          no such voice, or none that works here
├── ReadingUnavailable    the machine has nothing left to read with: try again
├── SettingsInvalid       an environment variable has a value that cannot be used
├── NotFound              no such article, paragraph or clip
├── VersionConflict       the article was changed since it was read
├── SpeechError           a voice could not speak
│   ├── EngineUnavailable     the engine is not installed, not reachable, or worn out
│   ├── EngineFailed          the engine crashed, hung, or answered nonsense
│   └── SpeechIncomplete      the sound is empty or too short for its text
├── TrackIncomplete       an article with failed paragraphs has no audio
├── TrackUnfinished       some of its paragraphs are still to be spoken
├── OutOfResources        the machine lacks memory, disk or descriptors: try again
└── StoreError            the library or the audio store failed: try again
    ├── StoreLost             … and will not recover until the process is started anew
    └── ClipDamaged           stored audio differs from what was recorded
"""

from __future__ import annotations

from typing import Self

from service.messages import Message, Value, message


def cause_of(error: Exception) -> str:
    """What went wrong in words, without the numbers and names that only programs use."""
    if isinstance(error, UnicodeDecodeError):
        return "it is not in UTF-8"
    return getattr(error, "strerror", None) or str(error)


class VorleserError(Exception):
    """Root of the tree; its message is a sentence for the user that says what to do."""

    def __init__(self, code: str, /, **params: Value) -> None:
        self.message = message(code, **params)
        super().__init__(str(self.message))

    @classmethod
    def of(cls, message: Message) -> Self:
        """The error that says this."""
        return cls(message.code, **message.params)

    @property
    def code(self) -> str:
        """What it is known by."""
        return self.message.code


class InputError(VorleserError):
    """What the user gave cannot be read aloud."""


class EmptyArticle(InputError):
    """No text is left to read."""


class ArticleTooLong(InputError):
    """More characters than the operator allows."""


class UnreadableSource(InputError):
    """A file, page or address that is not an article."""


class AlreadyThere(InputError):
    """Another article has this text and voice, or another collection this name."""


class UnknownVoice(InputError):
    """No such voice, or none that works here."""


class ReadingUnavailable(VorleserError):
    """The machine has no process or memory left to read with."""


class SettingsInvalid(VorleserError):
    """An environment variable has a value that cannot be used."""


class NotFound(VorleserError):
    """No such article, paragraph or clip."""


class VersionConflict(VorleserError):
    """The article was changed since it was read."""


class SpeechError(VorleserError):
    """A voice could not speak."""


class EngineUnavailable(SpeechError):
    """The engine is not installed, not reachable, or worn out by failures.

    `again_in_s` is how long it is of no use to ask again, None when nobody knows.
    """

    def __init__(self, code: str, /, *, again_in_s: float | None = None, **params: Value) -> None:
        super().__init__(code, **params)
        self.again_in_s = again_in_s


class EngineFailed(SpeechError):
    """The engine crashed, hung, or answered nonsense."""


class SpeechIncomplete(SpeechError):
    """The sound is empty or too short for its text."""


class TrackIncomplete(VorleserError):
    """An article with failed paragraphs has no audio."""

    def __init__(self, failed: tuple[int, ...]) -> None:
        super().__init__("track-incomplete", failed=failed)
        self.failed = failed


class TrackUnfinished(VorleserError):
    """Some paragraphs of the article are still to be spoken."""

    def __init__(self) -> None:
        super().__init__("track-unfinished")


class OutOfResources(VorleserError):
    """The machine lacks memory, disk or descriptors for now."""


class StoreError(VorleserError):
    """The library or the audio store failed."""


class StoreLost(StoreError):
    """It will not recover in this process: start it anew."""


class ClipDamaged(StoreError):
    """Stored audio is missing or differs from what was recorded."""
