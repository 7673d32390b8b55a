"""Parts in memory, for tests that need no disk and no clock."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from service import spoken
from service.contracts import (
    AudioStore,
    JobKind,
    Load,
    OnNews,
    Schedules,
    Urgency,
    Work,
    Works,
)
from service.domain import (
    Choice,
    Clip,
    ClipNews,
    Listed,
    Narration,
    Order,
    Rendition,
    Sort,
    Sound,
    Spec,
    State,
    Tally,
    Token,
)
from service.engines.catalogue import Catalogue
from service.engines.silence import SilenceEngine
from service.errors import AlreadyThere, NotFound, SpeechError, VersionConflict
from service.messages import Message
from service.narration.parts import Parts, Stores, wired
from service.narration.pause import Pause
from service.narration.writing import Writer
from service.sound.track import assemble, listed
from service.store.audio import memory_store
from service.store.search import words
from service.store.tokens import new_token

_NONE: Schedules = {}
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
    """The Protocol Library in dictionaries that its shelves share."""

    def __init__(self) -> None:
        self.narrations: dict[str, Narration] = {}
        self.finished: dict[str, Narration] = {}  # what was finished before the newest is
        self.made: dict[str, Clip | Message] = {}
        self.news: dict[str, str] = {}
        self.articles = MemoryArticles(self)
        self.listings = MemoryListings(self)
        self.clips = MemoryClips(self)
        self.renditions = MemoryRenditions()
        self.audio_use = MemoryAudioUse(self)
        self.outbox = MemoryOutbox(self)
        self.tokens = MemoryTokens()

    @property
    def editions(self) -> list[Narration]:
        return [*self.finished.values(), *self.narrations.values()]

    def drop_outdone(self) -> None:
        for article_id in list(self.finished):
            if self.clips.joined(self.narrations[article_id]).state is State.READY:
                del self.finished[article_id]

    async def close(self) -> None:
        self.narrations.clear()


class MemoryArticles:
    def __init__(self, library: MemoryLibrary) -> None:
        self._library = library

    @property
    def _narrations(self) -> dict[str, Narration]:
        return self._library.narrations

    async def get(self, article_id: str) -> Narration:
        if article_id not in self._narrations:
            raise NotFound("article-unknown", article="")
        older = self._library.finished.get(article_id)
        newest = replace(
            self._narrations[article_id], last_finished=older.edition if older else None
        )
        return self._library.clips.joined(newest)

    async def edition(self, article_id: str, number: int | None = None) -> Narration:
        newest = await self.get(article_id)
        finished = newest.finished_edition or newest.edition
        wanted = finished if number is None else number
        if wanted == newest.edition:
            return newest
        if wanted != finished:
            raise NotFound("edition-unknown", article=article_id, edition=wanted)
        older = self._library.clips.joined(self._library.finished[article_id])
        older = replace(older, version=newest.version, collections=newest.collections)
        return replace(older, last_finished=older.edition)

    async def find(self, spec: Spec) -> Narration | None:
        same = _same(spec, list(self._narrations.values()))
        return await self.get(same[0].id) if same else None

    async def newest(
        self, *, limit: int, cursor: str | None = None, collection: str | None = None
    ) -> list[Narration]:
        kept = self._narrations
        ids = sorted(kept, key=lambda one: (kept[one].created_at, one), reverse=True)
        start = ids.index(cursor) + 1 if cursor in ids else (len(ids) if cursor else 0)
        chosen = [one for one in ids[start:] if collection in {None, *kept[one].collections}]
        return [await self.get(article_id) for article_id in chosen[:limit]]

    async def outdated(self, lexicon: str) -> list[str]:
        return [key for key, one in self._narrations.items() if one.outcome.lexicon != lexicon]

    async def save(
        self, narrations: Sequence[Narration], *, announce: Collection[str] = ()
    ) -> None:
        after = dict(self._narrations)
        for new in sorted(narrations, key=lambda one: one.version == 1):
            if new.version > 1 and new.id not in after:
                raise NotFound("article-unknown", article="")
            if new.version > 1 and after[new.id].version != new.version - 1:
                raise VersionConflict("article-changed", article=new.id)
            if _same(new.spec, [one for one in after.values() if one.id != new.id]):
                raise AlreadyThere("article-there", article=new.id)
            after[new.id] = new
        for article_id, old in list(self._narrations.items()):
            is_heard = after[article_id].edition != old.edition
            if is_heard and self._library.clips.joined(old).state is State.READY:
                self._library.finished[article_id] = old
        self._narrations.update(after)
        self._library.drop_outdone()
        for article_id in announce:
            await self._library.outbox.announce(article_id)

    async def delete(self, article_id: str) -> None:
        await self.get(article_id)
        del self._narrations[article_id]
        self._library.finished.pop(article_id, None)
        self._library.news.pop(article_id, None)


def _same(spec: Spec, others: list[Narration]) -> list[Narration]:
    pages = [one for one in others if one.spec.page_key and one.spec.page_key == spec.page_key]
    return [one for one in others if one.spec.key == spec.key] + pages


class MemoryListings:
    def __init__(self, library: MemoryLibrary) -> None:
        self._library = library

    async def listed(
        self,
        choice: Choice,
        *,
        limit: int,
        cursor: str | None = None,
        speaking: Collection[str] = (),
    ) -> list[Listed]:
        everything = await self._library.articles.newest(limit=10**9)
        if choice.sort is Sort.TITLE:
            everything.sort(key=lambda one: (" ".join(words(one.article.title)), one.id))
        if choice.sort is Sort.OLDEST:
            everything.reverse()
        ids = [one.id for one in everything]
        start = ids.index(cursor) + 1 if cursor in ids else (len(ids) if cursor else 0)
        as_of_now = [one.with_speaking(lambda clip: clip in speaking) for one in everything[start:]]
        return [_bare(one) for one in as_of_now if _is_chosen(one, choice)][:limit]

    async def episodes(
        self, *, limit: int, offset: int = 0, collection: str | None = None
    ) -> list[Listed]:
        store = self._library.articles
        everything = await store.newest(limit=10**9, collection=collection)
        finished = [await store.edition(one.id) for one in everything if one.finished_edition]
        return [
            replace(listed(one), size=assemble(one).size)
            for one in finished[offset : offset + limit]
        ]


def _bare(narration: Narration) -> Listed:
    found = listed(narration)
    article = replace(found.article, paragraphs=found.article.paragraphs[:1])
    return replace(found, article=article)


def _is_chosen(narration: Narration, choice: Choice) -> bool:
    text = [narration.article.site or "", *(one.text for one in narration.article.paragraphs)]
    there = words("\n".join(text))
    return (
        choice.collection in {None, *narration.collections}
        and choice.state in {None, narration.state}
        and all(any(one.startswith(word) for one in there) for word in words(choice.text))
    )


class MemoryClips:
    def __init__(self, library: MemoryLibrary) -> None:
        self._library = library

    @property
    def _made(self) -> dict[str, Clip | Message]:
        return self._library.made

    def joined(self, narration: Narration) -> Narration:
        segments = []
        for segment in narration.segments:
            known = self._made.get(segment.clip_id)
            error = known if isinstance(known, Message) else None
            clip = known if isinstance(known, Clip) else None
            segments.append(replace(segment, clip=clip, error=error))
        return replace(narration, outcome=replace(narration.outcome, segments=tuple(segments)))

    async def find(self, clip_id: str) -> Clip | None:
        known = self._made.get(clip_id)
        if isinstance(known, Message):
            raise SpeechError.of(known)
        return known

    async def order(self, clip_id: str) -> Order | None:
        for narration in self._library.editions:
            for segment in narration.segments:
                if segment.clip_id == clip_id:
                    return Order(segment.script, narration.voice, narration.rate)
        return None

    async def uses(self, clip_id: str) -> list[tuple[str, int, Tally]]:
        return [
            (article_id, number, self.joined(narration).tally)
            for article_id, narration in self._library.narrations.items()
            for number, segment in enumerate(narration.segments, 1)
            if segment.clip_id == clip_id
        ]

    async def unfinished(self) -> list[str]:
        kept = self._library.editions
        ordered = sorted(kept, key=lambda one: (one.created_at, one.id))
        ids = [segment.clip_id for one in ordered for segment in one.segments]
        return [clip_id for clip_id in dict.fromkeys(ids) if clip_id not in self._made]

    async def save(self, clip: Clip) -> None:
        self._made[clip.id] = clip
        self._library.drop_outdone()

    async def save_words(self, clip: Clip) -> bool:
        kept = self._made.get(clip.id)
        if not isinstance(kept, Clip) or kept.sha256 != clip.sha256:
            return False
        self._made[clip.id] = replace(kept, words=clip.words)
        return True

    async def fail(self, clip_id: str, error: Message) -> None:
        self._made[clip_id] = error

    async def forget(self, clip_ids: Sequence[str]) -> None:
        for clip_id in clip_ids:
            self._made.pop(clip_id, None)


class MemoryRenditions:
    def __init__(self) -> None:
        self.kept: dict[str, Rendition] = {}

    async def find(self, rendition_id: str) -> Rendition | None:
        return self.kept.get(rendition_id)

    async def save(self, rendition: Rendition) -> None:
        self.kept[rendition.id] = rendition


class MemoryAudioUse:
    def __init__(self, library: MemoryLibrary) -> None:
        self._library = library

    async def used(self) -> set[str]:
        used = {segment.clip_id for one in self._library.editions for segment in one.segments}
        made = self._library.made.items()
        return {clip.sha256 for key, clip in made if isinstance(clip, Clip) and key in used}

    async def forget(self, name: str) -> bool:
        if name in await self.used():
            return False
        renditions = self._library.renditions
        renditions.kept = {key: one for key, one in renditions.kept.items() if one.sha256 != name}
        for key, clip in list(self._library.made.items()):
            if isinstance(clip, Clip) and clip.sha256 == name:
                del self._library.made[key]
        return True


class MemoryOutbox:
    def __init__(self, library: MemoryLibrary) -> None:
        self._library = library
        self._serial = itertools.count(1)

    async def due(self) -> dict[str, str]:
        return {news_id: article_id for article_id, news_id in self._library.news.items()}

    async def announce(self, article_id: str) -> None:
        self._library.news[article_id] = f"news-{next(self._serial)}"

    async def sent(self, news_id: str) -> None:
        if article_id := (await self.due()).get(news_id):
            del self._library.news[article_id]


class MemoryTokens:
    def __init__(self) -> None:
        self._kept: dict[str, Token] = {}

    async def add(
        self, name: str, *, expires_at: datetime | None = None, parent: str | None = None
    ) -> tuple[Token, str]:
        token, secret = new_token(name, expires_at, parent)
        self._kept[token.digest] = token
        return token, secret

    async def find(self, digest: str) -> Token | None:
        found = self._kept.get(digest)
        is_over = found and found.expires_at and found.expires_at <= datetime.now(UTC)
        return None if is_over else found

    async def tokens(self) -> list[Token]:
        return [token for token in self._kept.values() if token.parent is None]

    async def revoke(self, token_id: str) -> None:
        found = [one.digest for one in await self.tokens() if one.id == token_id]
        if not found:
            raise NotFound("token-unknown")
        [digest] = found
        kept = self._kept.items()
        self._kept = {key: one for key, one in kept if digest not in {key, one.parent}}


class ListJobs:
    """The Protocol Jobs as one sorted list and plain tasks; it keeps no schedules."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, tuple[JobKind, str]]] = []
        self._asked: dict[tuple[JobKind, str], Urgency] = {}
        self._in_work: dict[tuple[JobKind, str], Urgency | None] = {}
        self._serial = itertools.count()
        self._came = asyncio.Event()
        self._closed = False
        self.published: list[tuple[str, ClipNews]] = []
        self.schedules: Schedules = {}
        self.on_news: OnNews | None = None

    async def ask(
        self, names: Sequence[str], *, urgency: Urgency, kind: JobKind = JobKind.CLIP
    ) -> None:
        for name in names:
            key = kind, name
            if key in self._in_work:
                self._in_work[key] = urgency
            elif key not in self._asked or self._asked[key] < urgency:
                self._asked[key] = urgency
                heapq.heappush(self._heap, (-urgency, next(self._serial), key))
        self._came.set()

    def urgency(self, name: str, kind: JobKind = JobKind.CLIP) -> Urgency | None:
        """Of a job that waits to be done."""
        return self._asked.get((kind, name))

    async def publish(self, clip_id: str, news: ClipNews) -> None:
        self.published.append((clip_id, news))

    async def run(
        self,
        works: Works,
        *,
        on_news: OnNews,
        on_subscribed: Callable[[], None],
        schedules: Schedules = _NONE,
    ) -> None:
        self.on_news, self.schedules = on_news, schedules
        places = [(kind, work) for kind, work in works.items() for _ in range(work.at_once)]
        await asyncio.gather(*(self._work(kind, work) for kind, work in places))

    async def load(self) -> dict[JobKind, Load]:
        queued, running = (Counter(kind for kind, _ in one) for one in (self._asked, self._in_work))
        return {kind: Load(queued[kind], running[kind]) for kind in queued | running}

    async def close(self) -> None:
        self._closed = True
        self._came.set()

    async def _work(self, kind: JobKind, work: Work) -> None:
        while not self._closed:
            mine = [one for one in self._heap if one[2][0] is kind]
            if not mine:
                self._came.clear()
                await self._came.wait()
                continue
            taken = min(mine)
            self._heap.remove(taken)
            heapq.heapify(self._heap)
            key = taken[2]
            if self._asked.pop(key, None) is None:
                continue
            self._in_work[key] = None
            try:
                await work.do(key[1])
            except Exception:  # noqa: BLE001 (whatever it is: it stays queued)
                self._in_work[key] = Urgency.OTHERS
            urgency = self._in_work.pop(key)
            if urgency is not None:
                await self.ask([key[1]], urgency=urgency, kind=kind)


@dataclass
class Opened:
    """The parts of a service over stores in memory, and these stores."""

    parts: Parts
    library: MemoryLibrary
    audio: AudioStore
    jobs: ListJobs

    def __getattr__(self, name: str) -> Any:
        return getattr(self.parts, name)


def opened(
    engine: ToneEngine | None = None,
    *,
    workers: int = 1,
    library: MemoryLibrary | None = None,
    audio: AudioStore | None = None,
    jobs: ListJobs | None = None,
    voices: Catalogue | None = None,
    lexicon: spoken.Lexicon = spoken.BUILT_IN,
    max_chars: int = 200_000,
    fallback_voice: str | None = None,
    announces: bool = False,
) -> Opened:
    """A service in memory, speaking tones."""
    engine = engine or ToneEngine()
    library, audio = library or MemoryLibrary(), audio or memory_store()
    jobs = jobs or ListJobs()
    stores = Stores(library, audio, jobs)
    voices = voices or Catalogue({"silence": lambda: engine})
    writer = Writer(voices, lexicon=lexicon, max_chars=max_chars)
    parts = wired(
        stores,
        writer=writer,
        fallback_voice=fallback_voice,
        announces=announces,
        workers=workers,
    )
    parts.worker.pause = Pause(first_s=0.001)
    return Opened(parts, library, audio, jobs)
