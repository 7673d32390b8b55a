"""The words of clips: found in their sound, one clip at a time, behind everything that is heard."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import structlog

from service.contracts import AudioStore, ClipStore
from service.domain import SAMPLE_RATE_HZ, WORDS, Clip, Script
from service.errors import VorleserError
from service.narration.broadcast import Broadcast
from service.narration.precedence import Precedence
from service.sound.words.clip import aligned

log = structlog.get_logger()

Words = tuple[tuple[int, ...], ...]


@dataclass(slots=True)
class Aligning:
    """Looks for the words of clips that are made, and tells everyone.

    What goes wrong is logged, and the clip has no words yet. What is left when the process ends
    is looked for when it is asked for again.
    """

    clips: ClipStore
    audio: AudioStore
    broadcast: Broadcast
    precedence: Precedence
    _awaited: set[str] = field(default_factory=set, init=False)
    _wanted: dict[str, asyncio.Event] = field(default_factory=dict, init=False)  # set when over
    _came: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _is_stopped: bool = field(default=False, init=False)

    def ask(self, clip_ids: Sequence[str], *, is_awaited: bool = False) -> list[asyncio.Event]:
        """Has their words looked for, ahead of others if somebody waits; each is set when over."""
        if self._is_stopped:
            return []
        asked = {key: self._wanted.get(key) or asyncio.Event() for key in clip_ids}
        self._wanted = asked | self._wanted if is_awaited else self._wanted | asked
        if is_awaited:
            self._awaited |= asked.keys()
            self.precedence.look_again()
        self._came.set()
        return list(asked.values())

    async def run(self) -> None:
        """Aligns what was asked for, until it is told to stop."""
        while not self._is_stopped:
            if not self._wanted:
                self._came.clear()
                await self._came.wait()
                continue
            clip_id = await self.precedence.look_up(self._next, self._is_awaited)
            try:
                while not await self._align(clip_id):
                    log.debug("a clip was made anew while it was aligned", clip=clip_id)
            except VorleserError as error:
                log.warning("words are not found", clip=clip_id, reason=str(error))
            except Exception:
                log.exception("words are not found", clip=clip_id)
            self._awaited.discard(clip_id)
            self._wanted.pop(clip_id).set()

    def stop(self) -> None:
        """Lets `run` return behind the sentence that it is at, and everyone go who waits."""
        self._is_stopped = True
        self.precedence.look_again()
        self._came.set()
        for over in self._wanted.values():
            over.set()

    def _next(self) -> str:
        return next(iter(self._wanted))

    def _is_awaited(self) -> bool:
        return bool(self._awaited or self._is_stopped)

    async def _align(self, clip_id: str) -> bool:
        """Whether nothing is left to be done for the clip."""
        ordered = await self.clips.ordered(clip_id)
        if ordered is None or ordered.clip is None or ordered.clip.words is not None:
            return True
        clip = ordered.clip
        content = await self.audio.get_range(clip.sha256, start=0, end=clip.size)
        words = await self._aligned(ordered.order.script, clip, content)
        if words is None:
            return True
        is_kept = await self.clips.save_words(replace(clip, words=words))
        if is_kept:
            await self.broadcast.publish(clip_id, WORDS)
        return is_kept

    async def _aligned(self, script: Script, clip: Clip, content: bytes) -> Words | None:
        """The words of each sentence, None when it was told to stop meanwhile."""
        words: list[tuple[int, ...]] = []
        sentences = aligned(script, clip, content)
        while not self._is_stopped:
            alignment = await self.precedence.look_up(
                partial(next, sentences, None), self._is_awaited
            )
            if alignment is None:
                return tuple(words)
            log.debug(
                "a sentence was aligned",
                clip=clip.id,
                sentence=len(words) + 1,
                seconds=_seconds(clip, len(words)),
                doubt=round(alignment.doubt, 2),
            )
            words.append(alignment.onsets)
        return None


def _seconds(clip: Clip, sentence: int) -> float:
    span = clip.spans[sentence]
    return round((span.end - span.start) / SAMPLE_RATE_HZ, 2)
