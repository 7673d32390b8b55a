"""Parts in memory, for tests that need no disk and no clock."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace

from service import spoken
from service.contracts import Hear, Make, Urgency
from service.domain import Clip, Narration, Rendition, Script, Sound, State, Tally
from service.engines.catalogue import Catalogue
from service.engines.silence import SilenceEngine
from service.errors import AlreadyThere, NotFound, SpeechError
from service.messages import Message
from service.narrate import Narrator
from service.store.audio import memory_store

VOICE = SilenceEngine().voices()[0]


class ToneEngine(SilenceEngine):
    """Tones; `before` is called with each text and may raise, `spoken` lists them all."""

    longest_text = 100_000

    def __init__(self, *, before: Callable[[str], None] = lambda _text: None) -> None:
        super().__init__()
        self._before = before
        self.spoken: list[str] = []

    def speak(self, text: str, *, voice: str) -> Sound:
        self._before(text)
        self.spoken.append(text)
        return super().speak(text, voice=voice)


class MemoryLibrary:
    """The Protocol Library in two dictionaries."""

    def __init__(self) -> None:
        self.narrations: dict[str, Narration] = {}
        self.clips: dict[str, Clip | str] = {}
        self.renditions: dict[str, Rendition] = {}

    async def add(self, narration: Narration) -> Narration:
        same = self._same(narration)
        if not same:
            self.narrations[narration.id] = narration
        return await self.get((same or [narration])[0].id)

    def _same(self, narration: Narration) -> list[Narration]:
        others = [one for one in self.narrations.values() if one.id != narration.id]
        pages = [one for one in others if one.page_key and one.page_key == narration.page_key]
        return [one for one in others if one.key == narration.key] + pages

    async def get(self, article_id: str) -> Narration:
        if article_id not in self.narrations:
            raise NotFound("article-unknown", article=article_id)
        found = self.narrations[article_id]
        lines = []
        for line in found.lines:
            known = self.clips.get(line.clip_id)
            error = known if isinstance(known, Message) else None
            lines.append(
                replace(line, clip=known if isinstance(known, Clip) else None, error=error)
            )
        return replace(found, lines=tuple(lines))

    async def collect(self, article_id: str, collections: Sequence[str]) -> None:
        names = tuple(sorted(set(collections)))
        self.narrations[article_id] = replace(await self.get(article_id), collections=names)

    async def newest(
        self, *, limit: int, cursor: str | None = None, collection: str | None = None
    ) -> list[Narration]:
        ids = sorted(
            self.narrations, key=lambda x: (self.narrations[x].created_at, x), reverse=True
        )
        start = ids.index(cursor) + 1 if cursor in ids else (len(ids) if cursor else 0)
        chosen = [
            article_id
            for article_id in ids[start:]
            if collection in {None, *self.narrations[article_id].collections}
        ]
        return [await self.get(article_id) for article_id in chosen[:limit]]

    async def replace(self, narration: Narration) -> None:
        await self.get(narration.id)
        if self._same(narration):
            raise AlreadyThere("article-there", article=narration.id)
        collections = self.narrations[narration.id].collections
        self.narrations[narration.id] = replace(narration, collections=collections)

    async def delete(self, article_id: str) -> None:
        await self.get(article_id)
        del self.narrations[article_id]

    async def outdated(self, lexicon: str) -> list[str]:
        return [key for key, one in self.narrations.items() if one.lexicon != lexicon]

    async def find_clip(self, clip_id: str) -> Clip | None:
        known = self.clips.get(clip_id)
        if isinstance(known, Message):
            raise SpeechError.of(known)
        return known

    async def script_of_clip(self, clip_id: str) -> tuple[Script, str, float] | None:
        for narration in self.narrations.values():
            for line in narration.lines:
                if line.clip_id == clip_id:
                    return line.script, narration.voice, narration.rate
        return None

    async def save_clip(self, clip: Clip) -> None:
        self.clips[clip.id] = clip

    async def fail_clip(self, clip_id: str, error: Message) -> None:
        self.clips[clip_id] = error

    async def forget_clips(self, clip_ids: Sequence[str]) -> None:
        for clip_id in clip_ids:
            self.clips.pop(clip_id, None)

    async def find_rendition(self, rendition_id: str) -> Rendition | None:
        return self.renditions.get(rendition_id)

    async def save_rendition(self, rendition: Rendition) -> None:
        self.renditions[rendition.id] = rendition

    async def owed(self) -> dict[str, str]:
        owing = [one for one in self.narrations.values() if one.announcement]
        return {one.announcement: one.id for one in owing}

    async def owe(self, article_id: str, announcement: str) -> None:
        found = self.narrations[article_id]
        self.narrations[article_id] = replace(found, announcement=announcement)

    async def announced(self, announcement: str) -> None:
        if key := (await self.owed()).get(announcement):
            self.narrations[key] = replace(self.narrations[key], announcement=None)

    async def audio_in_use(self) -> set[str]:
        used = {line.clip_id for one in self.narrations.values() for line in one.lines}
        return {
            clip.sha256
            for key, clip in self.clips.items()
            if isinstance(clip, Clip) and key in used
        }

    async def forget_audio(self, name: str) -> bool:
        if name in await self.audio_in_use():
            return False
        self.renditions = {key: one for key, one in self.renditions.items() if one.sha256 != name}
        for key, clip in list(self.clips.items()):
            if isinstance(clip, Clip) and clip.sha256 == name:
                del self.clips[key]
        return True

    async def unfinished(self) -> list[str]:
        ordered = sorted(self.narrations.values(), key=lambda one: (one.created_at, one.id))
        ids = [line.clip_id for one in ordered for line in one.lines]
        return [clip_id for clip_id in dict.fromkeys(ids) if clip_id not in self.clips]

    async def uses_of_clip(self, clip_id: str) -> list[tuple[str, int, Tally]]:
        return [
            (article_id, number, (await self.get(article_id)).tally)
            for article_id, narration in self.narrations.items()
            for number, line in enumerate(narration.lines, 1)
            if line.clip_id == clip_id
        ]

    async def close(self) -> None:
        self.narrations.clear()


class ListJobs:
    """The Protocol Jobs as one sorted list and plain tasks."""

    def __init__(self, *, workers: int = 1) -> None:
        self._workers = workers
        self._heap: list[tuple[int, int, str]] = []
        self._asked: dict[str, Urgency] = {}
        self._in_work: dict[str, Urgency | None] = {}
        self._serial = itertools.count()
        self._came = asyncio.Event()
        self._closed = False
        self.told: list[tuple[str, State]] = []
        self.hear: Hear | None = None

    async def ask(self, clip_ids: Sequence[str], *, urgency: Urgency) -> None:
        for clip_id in clip_ids:
            if clip_id in self._in_work:
                self._in_work[clip_id] = urgency
            elif clip_id not in self._asked or self._asked[clip_id] < urgency:
                self._asked[clip_id] = urgency
                heapq.heappush(self._heap, (-urgency, next(self._serial), clip_id))
        self._came.set()

    async def tell(self, clip_id: str, state: State) -> None:
        self.told.append((clip_id, state))

    async def run(self, make: Make, *, hear: Hear, hearing: Callable[[], None]) -> None:
        self.hear = hear
        await asyncio.gather(*(self._work(make) for _ in range(self._workers)))

    async def close(self) -> None:
        self._closed = True
        self._came.set()

    async def _work(self, make: Make) -> None:
        while not self._closed:
            if not self._heap:
                self._came.clear()
                await self._came.wait()
                continue
            clip_id = heapq.heappop(self._heap)[2]
            if self._asked.pop(clip_id, None) is None:
                continue
            self._in_work[clip_id] = None
            await make(clip_id)
            urgency = self._in_work.pop(clip_id)
            if urgency is not None:
                await self.ask([clip_id], urgency=urgency)


def narrator(engine: ToneEngine | None = None, *, workers: int = 1, **parts) -> Narrator:
    """A narrator whose parts are all in memory, speaking tones."""
    engine = engine or ToneEngine()
    default = {
        "library": MemoryLibrary(),
        "audio": memory_store(),
        "jobs": ListJobs(workers=workers),
        "voices": Catalogue({"silence": lambda: engine}),
        "max_chars": 200_000,
        "lexicon": spoken.BUILT_IN,
    }
    return Narrator(**(default | parts))
