"""Listening: finished tracks by byte ranges, unfinished ones as a stream, single clips."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import structlog

from service import figures
from service.contracts import ArticleStore, AudioStore, ClipStore, Jobs, Urgency
from service.domain import Clip, Narration, State
from service.errors import ClipDamaged, NotFound, SpeechError, StoreError, TrackIncomplete
from service.narration.cache import TrackCache
from service.narration.locks import Locks
from service.narration.progress import Progress
from service.sound.track import Slice, Track, assemble, pause_after

log = structlog.get_logger()

_AHEAD = 3  # paragraphs made ahead of the one that a listener gets
_MOST_MENDS = 3
_LOOK_AGAIN_S = 2.0  # a clip that another process made is found by looking


@dataclass(frozen=True, slots=True)
class Listening:
    """Gives what is asked for as soon as it is made, and has damaged clips made again."""

    articles: ArticleStore
    clips: ClipStore
    audio: AudioStore
    jobs: Jobs
    progress: Progress
    cache: TrackCache
    locks: Locks

    async def track(self, article_id: str, edition: int | None = None) -> Track | None:
        """The finished audio, None while it is being made. Raises TrackIncomplete, NotFound.

        Without an edition it is the last finished one's if there is one.
        Put together for one listener at a time: until then a long article is many megabytes.
        """
        async with self.locks.hold(f"track {article_id}"):
            if track := self.cache.get((article_id, edition)):
                return track
            narration = await self.articles.edition(article_id, edition)
            if narration.failed:
                raise TrackIncomplete(narration.failed)
            if narration.state is not State.READY:
                return None
            return self.cache.put((article_id, edition), assemble(narration))

    async def stream(self, narration: Narration, *, first: int = 1) -> AsyncIterator[bytes]:
        """The frames of the track from paragraph `first`, each as soon as it is made.

        Raises SpeechError at a paragraph that cannot be spoken: never short.
        """
        ids = [segment.clip_id for segment in narration.segments]
        for number, clip_id in enumerate(ids[first - 1 :], first):
            await self._want(ids[number : number + _AHEAD])
            yield await self.whole_clip(clip_id) + pause_after(narration, number)

    async def clip(self, clip_id: str) -> Clip:
        """The clip, made ahead of everything else if need be. Raises SpeechError, NotFound."""
        waited_s, begin_s = 0.0, time.monotonic()
        while True:
            waiter = self.progress.waiter(clip_id)
            if clip := await self.clips.find(clip_id):
                if waited_s:
                    figures.WAIT.observe(waited_s)
                return clip
            if await self.clips.order(clip_id) is None:
                raise NotFound("clip-unknown")
            await self.jobs.ask([clip_id], urgency=Urgency.AWAITED)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(waiter.wait(), _LOOK_AGAIN_S)
            waited_s = time.monotonic() - begin_s

    async def whole_clip(self, clip_id: str) -> bytes:
        """The clip's MP3; a damaged one is made again. Raises StoreError when that is no use."""
        for _ in range(_MOST_MENDS):
            clip = await self.clip(clip_id)
            with contextlib.suppress(ClipDamaged):
                return await self.read(clip, start=0, end=clip.size)
        raise StoreError("audio-lost")

    async def read(self, clip: Clip, *, start: int, end: int) -> bytes:
        """Bytes of a clip's file; ClipDamaged means that it is being made again."""
        try:
            return await self.audio.get_range(clip.sha256, start=start, end=end)
        except ClipDamaged:
            log.warning("clip is damaged and made again", clip=clip.id)
            await self.clips.forget([clip.id])
            self.cache.clear()
            await self.audio.delete(clip.sha256)
            await self.jobs.ask([clip.id], urgency=Urgency.AWAITED)
            raise

    async def read_slice(self, part: Slice) -> bytes:
        """Bytes of a track's piece, as `read`."""
        if part.piece.clip:
            return await self.read(part.piece.clip, start=part.start, end=part.end)
        return part.piece.content[part.start : part.end]

    async def _want(self, clip_ids: list[str]) -> None:
        missing = [clip_id for clip_id in clip_ids if not await self._is_settled(clip_id)]
        await self.jobs.ask(missing, urgency=Urgency.LISTENED)

    async def _is_settled(self, clip_id: str) -> bool:
        try:
            return await self.clips.find(clip_id) is not None
        except SpeechError:
            return True
