"""Listening: finished tracks by byte ranges, unfinished ones as a stream, single clips."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import structlog

from service import figures
from service.contracts import ArticleStore, AudioStore, ClipStore, Jobs, Urgency
from service.domain import Clip, Narration, Segment, State
from service.errors import ClipDamaged, NotFound, SpeechError, StoreError, TrackIncomplete
from service.narration.cache import TrackCache
from service.narration.locks import Locks
from service.narration.precedence import Precedence
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
    precedence: Precedence

    async def track(self, article_id: str, edition: int | None = None) -> Track | None:
        """The finished audio, None while it is being made. Raises as `track_or_narration`."""
        track = await self.track_or_narration(article_id, edition)
        return track if isinstance(track, Track) else None

    async def track_or_narration(
        self, article_id: str, edition: int | None = None
    ) -> Track | Narration:
        """The finished audio, or the narration while it is being made.

        Without an edition it is the last finished one's if there is one. Raises TrackIncomplete,
        NotFound. Put together for one listener at a time: until then a long article is many
        megabytes.
        """
        async with self.locks.hold(f"track {article_id}"):
            if track := self.cache.get((article_id, edition)):
                return track
            changes = self.cache.changes
            narration = await self.articles.edition(article_id, edition)
            if narration.failed:
                raise TrackIncomplete(narration.failed)
            if narration.state is not State.READY:
                return narration
            track = assemble(narration)
            return self.cache.put((article_id, edition), track, changes=changes)

    async def stream(self, narration: Narration, *, first: int = 1) -> AsyncIterator[bytes]:
        """The frames of the track from paragraph `first`, each as soon as it is made.

        Raises SpeechError at a paragraph that cannot be spoken: never short.
        """
        segments = narration.segments
        for number, segment in enumerate(segments[first - 1 :], first):
            is_first = number == first  # until then the listener hears nothing
            find = self.clip if is_first else self._clip
            reach = number + _AHEAD
            coming = segments[number if is_first else reach - 1 : reach]  # others were wanted
            wanting = asyncio.create_task(self._want(coming))
            try:
                content = await self.whole(segment.clip or await find(segment.clip_id))
                yield content + pause_after(narration, number)
            finally:
                await wanting

    async def clip(self, clip_id: str) -> Clip:
        """The clip, made ahead of everything else if need be. Raises SpeechError, NotFound."""
        with self.precedence.awaited(clip_id):
            return await self._clip(clip_id)

    async def _clip(self, clip_id: str) -> Clip:
        waited_s, begin_s = 0.0, time.monotonic()
        while True:
            waiter = self.progress.waiter(clip_id)
            if clip := await self.clips.find(clip_id):
                if waited_s:
                    figures.WAIT.observe(waited_s)
                return clip
            if await self.clips.ordered(clip_id) is None:
                raise NotFound("clip-unknown")
            await self.jobs.ask([clip_id], urgency=Urgency.AWAITED)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(waiter.wait(), _LOOK_AGAIN_S)
            waited_s = time.monotonic() - begin_s

    async def whole(self, clip: Clip) -> bytes:
        """The clip's MP3; a damaged one is made again. Raises StoreError when that is no use."""
        for _ in range(_MOST_MENDS):
            try:
                return await self.read(clip, start=0, end=clip.size)
            except ClipDamaged:
                clip = await self.clip(clip.id)
        raise StoreError("audio-lost")

    async def read(self, clip: Clip, *, start: int, end: int) -> bytes:
        """Bytes of a clip's file; ClipDamaged means that it is being made again."""
        try:
            return await self.audio.get_range(clip.sha256, start=start, end=end)
        except ClipDamaged:
            await self._mend(clip)
            raise

    async def read_slices(self, slices: Sequence[Slice]) -> bytes:
        """Bytes of a track's pieces one behind the other, as `read`."""
        spoken = [(part.piece.clip, part.start, part.end) for part in slices if part.piece.clip]
        try:
            wanted = [(clip.sha256, start, end) for clip, start, end in spoken]
            contents = await self.audio.get_ranges(wanted)
        except ClipDamaged:  # one by one: which is it?
            contents = [await self.read(clip, start=start, end=end) for clip, start, end in spoken]
        read = iter(contents)
        return b"".join(
            next(read) if part.piece.clip else part.piece.content[part.start : part.end]
            for part in slices
        )

    async def _mend(self, clip: Clip) -> None:
        """Has a damaged clip made again, unless somebody was quicker."""
        self.cache.clear()
        with contextlib.suppress(SpeechError):
            kept = await self.clips.find(clip.id)
            if kept and kept.sha256 == clip.sha256:
                log.warning("clip is damaged and made again", clip=clip.id)
                await self.clips.forget([clip.id])
                await self.audio.delete(clip.sha256)
        await self.jobs.ask([clip.id], urgency=Urgency.AWAITED)

    async def _want(self, coming: Sequence[Segment]) -> None:
        unknown = [segment.clip_id for segment in coming if not segment.clip]
        missing = [clip_id for clip_id in unknown if not await self._is_settled(clip_id)]
        await self.jobs.ask(missing, urgency=Urgency.LISTENED)

    async def _is_settled(self, clip_id: str) -> bool:
        try:
            return await self.clips.find(clip_id) is not None
        except SpeechError:
            return True
