"""How far a clip is, told to everyone: followers here, other processes, and the notifier."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from service import figures
from service.contracts import ClipStore, Jobs
from service.domain import WORDS, ClipNews, State
from service.narration.cache import TrackCache
from service.narration.channels import Channels
from service.narration.progress import Progress

OnSettled = Callable[[str], None]
"""Takes note that nothing of the article with that id is left to be made."""


@dataclass(slots=True)
class Broadcast:
    """Carries what becomes of clips to the articles that use them."""

    clips: ClipStore
    jobs: Jobs
    channels: Channels
    progress: Progress
    cache: TrackCache
    first_sound: figures.Watch = field(
        default_factory=lambda: figures.Watch(figures.FIRST_SOUND), init=False
    )
    _on_settled: list[OnSettled] = field(default_factory=list, init=False)

    def when_settled(self, on_settled: OnSettled) -> None:
        """From now on it is told of every article that is ready or failed."""
        self._on_settled.append(on_settled)

    def settled(self, article_id: str) -> None:
        """Says that the article may be ready or failed by now."""
        for on_settled in self._on_settled:
            on_settled(article_id)

    async def publish(self, clip_id: str, news: ClipNews) -> None:
        """Tells everyone, also those who follow in other processes."""
        await self._carry(clip_id, news)
        await self.jobs.publish(clip_id, news)

    async def receive(self, clip_id: str, news: ClipNews) -> None:
        """Another process says how far a clip is."""
        if news is State.SPEAKING:
            self.progress.begin(clip_id)
        elif news != WORDS:
            self.progress.finish(clip_id)
        await self._carry(clip_id, news)

    async def _carry(self, clip_id: str, news: ClipNews) -> None:
        if news is State.READY:
            self.first_sound.end(clip_id)
            self.cache.clear()  # it may have finished what takes the place of what was heard
        on_settled = () if news == WORDS else self._on_settled
        if not (self.channels.is_used or on_settled):
            return
        for article_id, number, kept in await self.clips.uses(clip_id):
            tally = replace(kept, speaking=int(news is State.SPEAKING))
            self.channels.publish(article_id, number, what=news, tally=tally, clip_id=clip_id)
            if on_settled and tally.is_settled:
                self.settled(article_id)
