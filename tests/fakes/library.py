"""The library in dictionaries, store by store as `service/contracts/` has them."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from service.domain import (
    ArticleCollection,
    Choice,
    Clip,
    Listed,
    Narration,
    Order,
    Ordered,
    Place,
    Rendition,
    Sort,
    Spec,
    State,
    Tally,
    Token,
)
from service.errors import AlreadyThere, NotFound, SpeechError, VersionConflict
from service.messages import Message
from service.sound.track import assemble, listed
from service.store.search import words
from service.store.tokens import new_token


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
        self.collections = MemoryCollections(self)
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
        newest = self._library.clips.joined(self._narrations[article_id])
        finished = newest if newest.state is State.READY else older
        return replace(newest, finished_edition=finished.edition if finished else None)

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
        return replace(older, finished_edition=older.edition)

    async def find(self, spec: Spec) -> Narration | None:
        same = _same(spec, list(self._narrations.values()))
        return await self.get(same[0].id) if same else None

    async def newest(self, *, limit: int) -> list[Narration]:
        kept = self._narrations
        ids = sorted(kept, key=lambda one: (kept[one].created_at, one), reverse=True)
        return [await self.get(article_id) for article_id in ids[:limit]]

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
        after: Place | None = None,
        speaking: Collection[str] = (),
    ) -> list[Listed]:
        everything = await self._library.articles.newest(limit=10**9)
        if choice.sort is Sort.TITLE:
            everything.sort(key=lambda one: (" ".join(words(one.article.title)), one.id))
        if choice.sort is Sort.OLDEST:
            everything.reverse()
        rest = everything if after is None else self._behind(after, everything, choice.sort)
        as_of_now = [one.with_speaking(lambda clip: clip in speaking) for one in rest]
        return [_bare(one) for one in as_of_now if _is_chosen(one, choice)][:limit]

    def _behind(self, after: Place, everything: list[Narration], sort: Sort) -> list[Narration]:
        ids = [one.id for one in everything]
        if after.id in ids:
            return everything[ids.index(after.id) + 1 :]
        if after.title is None or after.created_at is None:
            return []
        gone = (" ".join(words(after.title)) if sort is Sort.TITLE else after.created_at, after.id)
        keys = [
            (" ".join(words(one.article.title)) if sort is Sort.TITLE else one.created_at, one.id)
            for one in everything
        ]
        is_down = sort is Sort.NEWEST
        pairs = zip(everything, keys, strict=True)
        return [one for one, key in pairs if (key < gone if is_down else key > gone)]

    async def episodes(
        self, *, limit: int, offset: int = 0, collection: str | None = None
    ) -> list[Listed]:
        store = self._library.articles
        everything = await store.newest(limit=10**9)
        shown = [one for one in everything if collection in {None, *one.collections}]
        finished = [await store.edition(one.id) for one in shown if one.finished_edition]
        return [
            replace(listed(one), size=assemble(one).size if one.state is State.READY else None)
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

    async def ordered(self, clip_id: str) -> Ordered | None:
        for narration in self._library.editions:
            for segment in self.joined(narration).segments:
                if segment.clip_id == clip_id:
                    voice = narration.outcome.voice_of(segment)
                    order = Order(segment.script, voice, narration.rate)
                    return Ordered(order, segment.clip, segment.error)
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

    async def fail(self, clip_id: str, error: Message) -> bool:
        if isinstance(self._made.get(clip_id), Clip):
            return False
        self._made[clip_id] = error
        return True

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


class MemoryCollections:
    def __init__(self, library: MemoryLibrary) -> None:
        self._library = library
        self._titled: dict[str, ArticleCollection] = {}

    async def collections(self) -> list[ArticleCollection]:
        held = [one.collections for one in self._library.narrations.values()]
        sizes = Counter(name for names in held for name in names)
        found = {name: ArticleCollection(name, name) for name in sizes} | self._titled
        whole = [replace(one, size=sizes[one.name]) for one in found.values()]
        return sorted(whole, key=lambda one: (words(one.title), one.name))

    async def get(self, name: str) -> ArticleCollection:
        for one in await self.collections():
            if one.name == name:
                return one
        raise NotFound("collection-empty", collection=name)

    async def add(self, collection: ArticleCollection) -> None:
        if there := self._titled.get(collection.name):
            raise AlreadyThere("collection-there", collection=there.title)
        self._titled[collection.name] = replace(collection, size=0)

    async def rename(self, name: str, title: str) -> ArticleCollection:
        renamed = replace(await self.get(name), title=title)
        self._titled[name] = renamed
        return renamed

    async def delete(self, name: str) -> None:
        await self.get(name)
        self._titled.pop(name, None)
        for key, one in self._library.narrations.items():
            if name in one.collections:
                rest = tuple(other for other in one.collections if other != name)
                self._library.narrations[key] = one.revised(collections=rest)


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
