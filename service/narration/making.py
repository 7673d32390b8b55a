"""A job becomes a clip.

Only faults of the text or of the voice are recorded. What else goes wrong is raised: then the job
stays queued and is tried again.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

import structlog

from service import figures
from service.contracts import AudioStore, ClipStore, Voices
from service.domain import SAMPLE_RATE_HZ, Order, State
from service.errors import EngineUnavailable, SpeechError, UnknownVoice
from service.messages import Message
from service.narration import voicing
from service.narration.aligning import Aligning
from service.narration.broadcast import Broadcast
from service.narration.locks import Locks
from service.narration.precedence import Precedence
from service.narration.progress import Progress
from service.narration.rewriting import Fallback
from service.sound.clips import Rendered

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Making:
    """Makes clips, each once, and tells everyone."""

    clips: ClipStore
    audio: AudioStore
    voices: Voices
    fallback: Fallback
    broadcast: Broadcast
    progress: Progress
    locks: Locks
    precedence: Precedence
    aligning: Aligning

    async def make(self, clip_id: str) -> None:
        """Makes the clip unless it is there. Raises what passes: StoreError, OutOfResources …"""
        async with self._alone(clip_id):
            await self._make(clip_id)

    async def make_ahead(self, clip_id: str, order: Order, begun: Callable[[], None]) -> None:
        """Makes the clip of an article that is still being written; what fails is left to its job.

        `begun` is called when it is about to be spoken. Raises StoreError, OutOfResources …
        """
        if self.locks.is_held(clip_id):
            return  # it is being made
        with self.precedence.awaited(clip_id), suppress(SpeechError, UnknownVoice):
            async with self._alone(clip_id):
                if await self.clips.find(clip_id) is None:
                    self.broadcast.first_sound.begin(clip_id)
                    await self._begin(clip_id)
                    begun()
                    await self._keep(await self._rendered(clip_id, order), order)
                    await self._tell(clip_id, State.READY)

    def look_for_words(self, clip_ids: Sequence[str]) -> None:
        """Has the words of clips looked for that are made, once articles have them."""
        self.aligning.ask(clip_ids)

    async def _make(self, clip_id: str) -> None:
        ordered = await self.clips.ordered(clip_id)
        if ordered is None:
            return
        if ordered.outcome:  # made ahead, or its maker was killed before he told
            await self._tell(clip_id, ordered.outcome)
            return
        order = ordered.order
        await self._begin(clip_id)
        try:
            made = await self._rendered(clip_id, order)
        except (EngineUnavailable, UnknownVoice) as error:
            if reason := await self.fallback.help(clip_id, order, error.message):
                await self._fail(clip_id, order, reason)
        except SpeechError as error:
            await self._fail(clip_id, order, error.message)
        else:
            await self._keep(made, order)
            await self._tell(clip_id, State.READY)

    @asynccontextmanager
    async def _alone(self, clip_id: str) -> AsyncIterator[None]:
        """Nobody else makes the clip meanwhile; at the end those go on who wait for it."""
        async with self.precedence.in_work(clip_id), self.locks.hold(clip_id):
            try:
                yield
            finally:
                self.progress.finish(clip_id)

    async def _begin(self, clip_id: str) -> None:
        self.progress.begin(clip_id)
        await self.broadcast.publish(clip_id, State.SPEAKING)

    async def _rendered(self, clip_id: str, order: Order) -> Rendered:
        return await self.precedence.speak(
            clip_id, partial(voicing.make, order, clip_id, self.voices)
        )

    async def _keep(self, made: Rendered, order: Order) -> None:
        await self.audio.put(made.content)
        await self.clips.save(made.clip)
        self.progress.finish(made.clip.id)  # who waits for it need not wait for the news
        figures.made(order.voice, made.clip.samples / SAMPLE_RATE_HZ)

    async def _fail(self, clip_id: str, order: Order, error: Message) -> None:
        figures.failed(order.voice, error.code)
        log.error("paragraph failed", clip=clip_id, error=str(error))
        is_failed = await self.clips.fail(clip_id, error)  # else another process has made it
        await self._tell(clip_id, State.FAILED if is_failed else State.READY)

    async def _tell(self, clip_id: str, outcome: State) -> None:
        await self.broadcast.publish(clip_id, outcome)
        if outcome is State.READY:
            self.aligning.ask([clip_id])
