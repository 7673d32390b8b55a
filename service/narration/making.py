"""A job becomes a clip.

Only faults of the text or of the voice are recorded. What else goes wrong is raised: then the job
stays queued and is tried again.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

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
from service.narration.progress import Progress
from service.narration.rewriting import Fallback

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
    aligning: Aligning

    async def make(self, clip_id: str) -> None:
        """Makes the clip unless it is there. Raises what passes: StoreError, OutOfResources …"""
        async with self.locks.hold(clip_id):
            try:
                await self._make(clip_id)
            finally:
                self.progress.finish(clip_id)

    async def _make(self, clip_id: str) -> None:
        order = await self.clips.order(clip_id)
        if order is None:
            return
        if outcome := await self._outcome(clip_id):
            await self.broadcast.publish(clip_id, outcome)  # its maker may have been killed before
            return
        self.progress.begin(clip_id)
        await self.broadcast.publish(clip_id, State.SPEAKING)
        try:
            made = await asyncio.to_thread(voicing.make, order, clip_id, voices=self.voices)
        except (EngineUnavailable, UnknownVoice) as error:
            if reason := await self.fallback.help(clip_id, order, error.message):
                await self._fail(clip_id, order, reason)
        except SpeechError as error:
            await self._fail(clip_id, order, error.message)
        else:
            await self.audio.put(made.content)
            await self.clips.save(made.clip)
            figures.made(order.voice, made.clip.samples / SAMPLE_RATE_HZ)
            await self.broadcast.publish(clip_id, State.READY)
            self.aligning.ask([clip_id])

    async def _fail(self, clip_id: str, order: Order, error: Message) -> None:
        figures.failed(order.voice, error.code)
        log.error("paragraph failed", clip=clip_id, error=str(error))
        await self.clips.fail(clip_id, error)
        await self.broadcast.publish(clip_id, State.FAILED)

    async def _outcome(self, clip_id: str) -> State | None:
        """Ready or failed, None while it is neither."""
        try:
            return State.READY if await self.clips.find(clip_id) else None
        except SpeechError:
            return State.FAILED
