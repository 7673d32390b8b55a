"""Asking for the clips of articles."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from service import figures
from service.contracts import ArticleStore, ClipStore, Jobs, Outbox, Urgency
from service.domain import Narration
from service.errors import StoreError
from service.narration.broadcast import Broadcast

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Asking:
    """Has articles spoken: what is not there is asked for."""

    articles: ArticleStore
    clips: ClipStore
    outbox: Outbox | None
    jobs: Jobs
    broadcast: Broadcast

    async def speak(self, article_id: str) -> Narration:
        """Asks for every clip that is not there; failed ones are tried again. Raises NotFound."""
        narration = await self.articles.get(article_id)
        if failed := [segment.clip_id for segment in narration.segments if segment.error]:
            if self.outbox:
                await self.outbox.announce(article_id)
            await self.clips.forget(failed)
            narration = await self.articles.get(article_id)
        missing = [segment.clip_id for segment in narration.segments if not segment.clip]
        figures.wanted(hits=len(narration.segments) - len(missing), misses=len(missing))
        if missing and missing[0] == narration.segments[0].clip_id:
            self.broadcast.first_sound.begin(missing[0])
        await self._ask(missing)
        self.broadcast.settled(article_id)
        return narration

    async def remind(self) -> None:
        """Asks for all that is unfinished: who asked for it may be gone, or the queue was."""
        await self.jobs.ask(await self.clips.unfinished(), urgency=Urgency.OTHERS)

    async def _ask(self, clip_ids: list[str]) -> None:
        try:
            await self.jobs.ask(clip_ids, urgency=Urgency.OTHERS)
        except StoreError as error:  # the article is kept: what is unfinished is asked for again
            log.warning("the queue is lost for now", reason=str(error))
