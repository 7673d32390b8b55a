"""What others must supply: engines, the audio store, the library, the jobs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from service.contracts.jobs import NO_SCHEDULES, Jobs, OnNews, Schedules, Urgency, Work, Works
from service.domain import (
    ArticleCollection,
    Choice,
    Clip,
    Listed,
    Narration,
    Ordered,
    Place,
    Rendition,
    Sound,
    Spec,
    StoredFile,
    Tally,
    Token,
    Voice,
)
from service.messages import Message

__all__ = [  # and what is below
    "NO_SCHEDULES",
    "Jobs",
    "OnNews",
    "Schedules",
    "Urgency",
    "Work",
    "Works",
]


class Engine(Protocol):
    """Makes speech. Blocking, thread-safe, opened once and used for long."""

    name: str
    longest_text: int
    """Characters that one call of speak takes; callers cut longer text at blanks."""

    def voices(self) -> Sequence[Voice]:
        """Every voice of this engine, those that cannot speak here included."""
        ...

    def speak(self, text: str, *, voice: str) -> Sound:
        """The sound of all of `text`, in spoken form, by the voice with that id.

        It is spoken at the voice's own pace. Raises SpeechError; silence where words should
        be is an error, never an answer.
        """
        ...

    def close(self) -> None:
        """Ends worker processes and connections; speaking afterwards is an error."""
        ...


class Voices(Protocol):
    """The voices that can be asked for, and the engines behind them."""

    @property
    def default(self) -> Voice:
        """The voice that speaks when none is asked for. Raises UnknownVoice."""
        ...

    def voices(self) -> tuple[Voice, ...]:
        """Every voice, those that cannot speak here included."""
        ...

    def voice(self, voice_id: str | None) -> Voice:
        """The voice with that id, without one the default.

        Raises UnknownVoice, also when it cannot speak here.
        """
        ...

    def engine(self, voice_id: str) -> Engine:
        """The engine that speaks it. Raises UnknownVoice."""
        ...

    def close(self) -> None:
        """Closes the engines."""
        ...


class AudioStore(Protocol):
    """Keeps files of audio by content: a file's name is its SHA-256, so it never changes."""

    async def put(self, content: bytes | Path) -> str:
        """Stores all or nothing and returns the name; mends a damaged file of that name.

        A large file is given by its path, and never read into memory as a whole.
        """
        ...

    async def get_range(self, name: str, *, start: int, end: int) -> bytes:
        """Bytes start to end (exclusive) of a file that is whole.

        Raises ClipDamaged when it is missing, or differs from its name.
        """
        ...

    async def get_ranges(self, ranges: Sequence[tuple[str, int, int]]) -> list[bytes]:
        """The same of several files: each name with start and end."""
        ...

    async def delete(self, name: str) -> None:
        """Removes the file; nothing happens when it is not there."""
        ...

    async def files(self) -> list[StoredFile]:
        """Every file, the oldest first."""
        ...


class ArticleStore(Protocol):
    """Keeps articles, version by version; of each the newest edition and the last finished one."""

    async def get(self, article_id: str) -> Narration:
        """The newest edition, with the state of its clips as of now. Raises NotFound."""
        ...

    async def edition(self, article_id: str, number: int | None = None) -> Narration:
        """That edition; without a number the last finished one, or the only one there is.

        Raises NotFound, also for any other number.
        """
        ...

    async def find(self, spec: Spec) -> Narration | None:
        """The article that has the same key, else one of the same page."""
        ...

    async def newest(self, *, limit: int) -> list[Narration]:
        """Up to `limit` narrations, newest first, with all of their paragraphs."""
        ...

    async def outdated(self, lexicon: str) -> list[str]:
        """Ids of the articles whose scripts were written with another lexicon."""
        ...

    async def save(
        self, narrations: Sequence[Narration], *, announce: Collection[str] = ()
    ) -> None:
        """Stores new articles (version 1) and next versions of others: all of them, or none.

        News are due, instead of earlier ones, of the articles whose ids are in `announce`.
        Raises VersionConflict when a version is not the next one by now, NotFound when its
        article is gone, AlreadyThere when another article has its key or page.
        """
        ...

    async def delete(self, article_id: str) -> None:
        """Forgets the article, not its clips. Raises NotFound."""
        ...


class Listings(Protocol):
    """Shows articles without their paragraphs."""

    async def listed(
        self,
        choice: Choice,
        *,
        limit: int,
        after: Place | None = None,
        speaking: Collection[str] = (),
    ) -> list[Listed]:
        """Up to `limit` articles after that place, in their newest editions.

        `speaking` are the ids of the clips that are being made.
        """
        ...

    async def episodes(
        self, *, limit: int, offset: int = 0, collection: str | None = None
    ) -> list[Listed]:
        """Up to `limit` finished editions with their openings, the newest articles first."""
        ...


class ClipStore(Protocol):
    """Keeps what is known of each clip: that it was made, or why it could not be."""

    async def find(self, clip_id: str) -> Clip | None:
        """The recorded clip, None when it is not made. Raises SpeechError when it failed."""
        ...

    async def ordered(self, clip_id: str) -> Ordered | None:
        """What the clip is to say, and what became of it; None when no article uses it."""
        ...

    async def uses(self, clip_id: str) -> list[tuple[str, int, Tally]]:
        """Article, paragraph number, and the article's tally, for every line with the clip."""
        ...

    async def unfinished(self) -> list[str]:
        """Ids of clips that are neither made nor failed, oldest article first, in order."""
        ...

    async def save(self, clip: Clip) -> None:
        """Records a made clip (again): every line that uses it is ready."""
        ...

    async def save_words(self, clip: Clip) -> bool:
        """Records the clip's words; False when its file is another by now."""
        ...

    async def fail(self, clip_id: str, error: Message) -> bool:
        """Records that the clip could not be made: its lines are failed.

        False where another process has made it meanwhile: then it stays.
        """
        ...

    async def forget(self, clip_ids: Sequence[str]) -> None:
        """Records that these clips are not there (any more): their lines are queued."""
        ...


class RenditionStore(Protocol):
    """Keeps what is known of finished tracks in other formats."""

    async def find(self, rendition_id: str) -> Rendition | None:
        """The recorded track in another format, None when it is not made."""
        ...

    async def save(self, rendition: Rendition) -> None:
        """Records one that was made (again)."""
        ...


class AudioUse(Protocol):
    """Knows which files of audio are needed."""

    async def used(self) -> set[str]:
        """Names of the audio files that some article's clips are in."""
        ...

    async def forget(self, name: str) -> bool:
        """Records that the file is gone, and what is in it; False while an article uses it."""
        ...


class Outbox(Protocol):
    """News of articles that are still to be sent."""

    async def due(self) -> dict[str, str]:
        """The ids of news that are to be sent, each with the id of its article."""
        ...

    async def announce(self, article_id: str) -> None:
        """Records that news of the article are to be sent, instead of any earlier."""
        ...

    async def sent(self, news_id: str) -> None:
        """Records that they are due no longer; nothing happens when others are by now."""
        ...


class CollectionStore(Protocol):
    """Keeps what collections are called; articles may name one that nobody has titled yet."""

    async def collections(self) -> list[ArticleCollection]:
        """All of them, in the order of their titles."""
        ...

    async def get(self, name: str) -> ArticleCollection:
        """The collection of that name. Raises NotFound."""
        ...

    async def add(self, collection: ArticleCollection) -> None:
        """Keeps its title. Raises AlreadyThere when its name has one."""
        ...

    async def rename(self, name: str, title: str) -> ArticleCollection:
        """Gives it another title, and nothing else. Raises NotFound."""
        ...

    async def delete(self, name: str) -> None:
        """Forgets it; its articles stay, in their next versions. Raises NotFound."""
        ...


class TokenStore(Protocol):
    """Keeps who may read a private library; of secrets their hashes alone."""

    async def add(
        self, name: str, *, expires_at: datetime | None = None, parent: str | None = None
    ) -> tuple[Token, str]:
        """A new token and its secret, which cannot be told again."""
        ...

    async def find(self, digest: str) -> Token | None:
        """The token whose secret has that SHA-256, unless it has expired."""
        ...

    async def tokens(self) -> list[Token]:
        """Those of listeners and places, the oldest first; not those of browsers."""
        ...

    async def revoke(self, token_id: str) -> None:
        """Ends the token, and what browsers got for it. Raises NotFound."""
        ...


class Library(Protocol):
    """The shelves of one database."""

    @property
    def articles(self) -> ArticleStore:
        """The articles."""
        ...

    @property
    def listings(self) -> Listings:
        """What lists show of articles."""
        ...

    @property
    def clips(self) -> ClipStore:
        """What is known of clips."""
        ...

    @property
    def renditions(self) -> RenditionStore:
        """What is known of tracks in other formats."""
        ...

    @property
    def audio_use(self) -> AudioUse:
        """Which audio is needed."""
        ...

    @property
    def outbox(self) -> Outbox:
        """News that are to be sent."""
        ...

    @property
    def collections(self) -> CollectionStore:
        """What collections are called."""
        ...

    @property
    def tokens(self) -> TokenStore:
        """Who may read."""
        ...

    async def close(self) -> None:
        """Ends connections."""
        ...
