"""Article → track, and its progress: the whole product in one place.

    narration, is_new = await narrator.narrate(article)   scripts are written, clips asked for
    clip = await narrator.clip(clip_id)                    waits until it is made
    track = await narrator.track(narration.id)             the finished audio, None before that

Clips are made in the background: `run` is the loop that makes them.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog

from service import spoken
from service.contracts import AudioStore, Herald, Jobs, Library, Urgency, Voices
from service.domain import Article, Clip, Narration, Script, State
from service.errors import (
    ArticleTooLong,
    ClipDamaged,
    EngineUnavailable,
    InputError,
    NotFound,
    SpeechError,
    StoreError,
    TrackIncomplete,
    UnknownVoice,
    VorleserError,
)
from service.messages import Message, message
from service.progress import Progress
from service.sound import clips
from service.sound.track import Shelf, Slice, Track, assemble, pause_after
from service.writing import have_something_in_common, with_notice, write

log = structlog.get_logger()

_AHEAD = 3  # paragraphs made ahead of the one that a listener gets
_JUST_NOW = timedelta(minutes=1)  # audio that young may not be recorded yet
_MOST_MENDS = 3
_LOOK_AGAIN_S = 2.0  # a clip that another process made is found by looking


@dataclass(frozen=True, slots=True)
class Narrator:
    """Speaks articles with the parts it is given, and keeps what was spoken."""

    library: Library
    audio: AudioStore
    jobs: Jobs
    voices: Voices
    max_chars: int
    lexicon: spoken.Lexicon
    fallback_voice: str | None = None
    spoken_notice: bool = False
    progress: Progress = field(default_factory=Progress)
    shelf: Shelf = field(default_factory=Shelf)
    herald: Herald | None = None

    async def narrate(
        self,
        article: Article,
        *,
        voice: str | None = None,
        rate: float = 1.0,
        collections: Sequence[str] = (),
    ) -> tuple[Narration, bool]:
        """Stores the article and has it spoken; False stands for: it was there already.

        One from a web page that is known takes the place of what was read there before. One
        that is there stays in its collections besides these. Raises ArticleTooLong, UnknownVoice.
        """
        [kept] = await self.narrate_all([article], voice=voice, rate=rate, collections=collections)
        return kept

    async def narrate_all(
        self,
        articles: Sequence[Article],
        *,
        voice: str | None = None,
        rate: float = 1.0,
        collections: Sequence[str] = (),
    ) -> list[tuple[Narration, bool]]:
        """As narrate, for the chapters of a book: all of them are kept, or none."""
        written = [await self._written(article, voice, rate=rate) for article in articles]
        return [await self._keep(wanted, collections) for wanted in written]

    async def _keep(self, written: Narration, collections: Sequence[str]) -> tuple[Narration, bool]:
        wanted = replace(written, collections=tuple(collections))
        stored = await self._stored(wanted)
        if stored.id == wanted.id:
            return self._as_of_now(await self._speak(stored.id)), True
        await self.library.collect(stored.id, [*stored.collections, *collections])
        if stored.key != wanted.key:
            await self._supersede(stored, wanted)
        return await self.narration(stored.id), False

    async def edit(
        self,
        article_id: str,
        *,
        article: Article | None = None,
        voice: str | None = None,
        rate: float | None = None,
    ) -> Narration:
        """Changes text, voice or rate; paragraphs that stay the same keep their clips."""
        old = await self.library.get(article_id)
        chosen = old.voice if voice is None else voice
        new = await self._written(article or old.article, chosen, rate=rate or old.rate)
        if voice is None:
            new = _as_noted(old, new)
        return self._as_of_now(await self._supersede(old, new))

    async def collect(self, article_id: str, collections: Sequence[str]) -> Narration:
        """Puts the article into these collections and no others."""
        await self.library.collect(article_id, collections)
        return await self.narration(article_id)

    async def retry(self, article_id: str) -> Narration:
        """Tries failed paragraphs again, or the voice that was asked for."""
        old = await self.library.get(article_id)
        if old.asked_voice:
            with contextlib.suppress(UnknownVoice):
                new = await self._written(old.article, old.asked_voice, rate=old.rate)
                new = replace(new, key=old.key, page_key=old.page_key)
                return self._as_of_now(await self._supersede(old, new))
        return self._as_of_now(await self._speak(article_id))

    async def delete(self, article_id: str) -> None:
        """Forgets the article; clips that no other article uses are freed by prune."""
        await self.library.delete(article_id)
        self.shelf.clear()
        self.progress.end(article_id)

    async def narration(self, article_id: str) -> Narration:
        """The article with the state of its paragraphs as of now. Raises NotFound."""
        return self._as_of_now(await self.library.get(article_id))

    async def newest(
        self, *, limit: int, cursor: str | None = None, collection: str | None = None
    ) -> list[Narration]:
        """Up to `limit` articles, newest first, after the one with id `cursor`.

        With `collection` only those that are in it.
        """
        found = await self.library.newest(limit=limit, cursor=cursor, collection=collection)
        return [self._as_of_now(narration) for narration in found]

    async def track(self, article_id: str) -> Track | None:
        """The finished audio, None while it is being made. Raises TrackIncomplete.

        Put together for one listener at a time: until then a long article is many megabytes.
        """
        async with self.progress.alone(article_id):
            if track := self.shelf.find(article_id):
                return track
            narration = await self.library.get(article_id)
            if narration.failed:
                raise TrackIncomplete(narration.failed)
            if narration.state is not State.READY:
                return None
            return self.shelf.keep(article_id, assemble(narration))

    async def stream(self, narration: Narration, *, first: int = 1) -> AsyncIterator[bytes]:
        """The frames of the track from paragraph `first`, each as soon as it is made.

        Raises SpeechError at a paragraph that cannot be spoken: never short.
        """
        ids = [line.clip_id for line in narration.lines]
        for number, clip_id in enumerate(ids[first - 1 :], first):
            await self._want(ids[number : number + _AHEAD])
            yield await self.whole_clip(clip_id) + pause_after(narration, number)

    async def clip(self, clip_id: str) -> Clip:
        """The clip, made ahead of everything else if need be. Raises SpeechError, NotFound."""
        while True:
            settled = self.progress.settled(clip_id)
            if clip := await self.library.find_clip(clip_id):
                return clip
            if await self.library.script_of_clip(clip_id) is None:
                raise NotFound("clip-unknown")
            await self.jobs.ask([clip_id], urgency=Urgency.AWAITED)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(settled.wait(), _LOOK_AGAIN_S)

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
            await self.library.forget_clips([clip.id])
            self.shelf.clear()
            await self.audio.delete(clip.sha256)
            await self.jobs.ask([clip.id], urgency=Urgency.AWAITED)
            raise

    async def read_slice(self, part: Slice) -> bytes:
        """Bytes of a track's piece, as `read`."""
        if part.piece.clip:
            return await self.read(part.piece.clip, start=part.start, end=part.end)
        return part.piece.content[part.start : part.end]

    async def prune(self, limit_bytes: int) -> int:
        """Deletes audio that no article uses, the oldest first, until the rest fits the limit.

        Returns how many bytes were freed. What was written just now is left alone.
        """
        files, used = await self.audio.files(), await self.library.audio_in_use()
        settled = datetime.now(UTC) - _JUST_NOW
        surplus = sum(file.size for file in files) - limit_bytes
        freed = 0
        for file in files:
            if freed >= surplus or file.written_at > settled:
                break
            # an article may have come to use it since: the library has the last word
            if file.name not in used and await self.library.forget_audio(file.name):
                await self.audio.delete(file.name)
                freed += file.size
        return freed

    async def run(self) -> None:
        """Makes clips until the jobs are closed, and follows those that other processes make.

        Raises StoreError when the queue is lost; then it can be run again.
        """
        await self.jobs.run(self._make, hear=self._hear, hearing=self.progress.end_all)

    async def remind(self) -> None:
        """Asks for all that is unfinished: who asked for it may be gone, or his queue."""
        await self.jobs.ask(await self.library.unfinished(), urgency=Urgency.OTHERS)

    async def respell(self) -> None:
        """Writes the scripts of articles anew that were written with another lexicon."""
        for article_id in await self.library.outdated(self.lexicon.digest):
            with contextlib.suppress(InputError, NotFound):
                old = await self.library.get(article_id)
                new = await self._written(old.article, old.voice, rate=old.rate)
                await self._supersede(old, _as_noted(old, _as_asked(old, new)))

    async def _written(self, article: Article, voice: str | None, *, rate: float) -> Narration:
        chosen = await asyncio.to_thread(self.voices.voice, voice)  # a new one is measured first
        letters = sum(len(paragraph.text) for paragraph in article.paragraphs)
        if letters > self.max_chars:
            raise ArticleTooLong("article-too-long", chars=letters, limit=self.max_chars)
        if self.spoken_notice:
            article = with_notice(article)
        new = await asyncio.to_thread(write, article, chosen, lexicon=self.lexicon, rate=rate)
        return replace(new, announcement=secrets.token_hex(12) if self.herald else None)

    async def _stored(self, wanted: Narration) -> Narration:
        """The article in the library, or the one there that it is, or is a version of."""
        stored = await self.library.add(wanted)
        if stored.key == wanted.key or have_something_in_common(stored, wanted):
            return stored
        await self.library.replace(replace(stored, page_key=None))
        return await self.library.add(wanted)

    async def _supersede(self, old: Narration, new: Narration) -> Narration:
        """Puts a new version in the place of an old one, and has it spoken."""
        await self.library.replace(replace(new, id=old.id, created_at=old.created_at))
        self.shelf.clear()
        return await self._speak(old.id)

    async def _fall_back(self, clip_id: str, reason: Message) -> None:
        """Has the articles that use the clip spoken whole by the other voice.

        Without one, or when that cannot speak either, the clip fails.
        """
        other = self.fallback_voice
        try:
            using = {use[0] for use in await self.library.uses_of_clip(clip_id)}
            helped = [old for one in using if (old := await self.library.get(one)).voice != other]
            if other is None or not helped:
                return await self._fail(clip_id, reason)
            for old in helped:
                log.warning("falling back", article=old.id, voice=other, reason=str(reason))
                note = message("fallback-speaks", voice=other, asked=old.voice, reason=reason)
                new = _as_asked(old, await self._written(old.article, other, rate=old.rate))
                new = replace(new, note=note, asked_voice=old.asked_voice or old.voice)
                await self._supersede(old, new)
        except UnknownVoice as error:
            no_help = message("fallback-no-help", reason=reason, error=error.message)
            await self._fail(clip_id, no_help)

    async def _speak(self, article_id: str) -> Narration:
        """Asks for every clip that is not there; failed ones are tried again."""
        narration = await self.library.get(article_id)
        failed = [line.clip_id for line in narration.lines if line.error]
        if failed:
            if self.herald:
                await self.library.owe(narration.id, secrets.token_hex(12))
            await self.library.forget_clips(failed)
            narration = await self.library.get(narration.id)
        missing = [line.clip_id for line in narration.lines if not line.clip]
        await self.jobs.ask(missing, urgency=Urgency.OTHERS)
        self._look(narration.id)
        return narration

    async def _want(self, clip_ids: list[str]) -> None:
        missing = [clip_id for clip_id in clip_ids if not await self._outcome(clip_id)]
        await self.jobs.ask(missing, urgency=Urgency.LISTENED)

    def _as_of_now(self, narration: Narration) -> Narration:
        is_speaking = self.progress.is_speaking
        lines = (replace(line, speaking=is_speaking(line.clip_id)) for line in narration.lines)
        return replace(narration, lines=tuple(lines))

    async def _make(self, clip_id: str) -> None:
        """One job: makes the clip unless it is there, and tells everyone."""
        async with self.progress.alone(clip_id):
            found = await self.library.script_of_clip(clip_id)
            if found is None:
                return
            if outcome := await self._outcome(clip_id):
                await self._tell(clip_id, outcome)  # who made it may have been killed before
                return
            self.progress.begin(clip_id)
            await self._tell(clip_id, State.SPEAKING)
            try:
                await self._render(clip_id, *found)
            except (EngineUnavailable, UnknownVoice) as error:
                await self._fall_back(clip_id, error.message)
            except VorleserError as error:
                await self._fail(clip_id, error.message)
            except Exception:
                log.exception("making a clip failed", clip=clip_id)
                await self._fail(clip_id, message("unexpected"))

    async def _render(self, clip_id: str, script: Script, voice: str, rate: float) -> None:
        engine = await asyncio.to_thread(self.voices.engine, voice)
        speak = partial(engine.speak, voice=voice)
        rendered = await asyncio.to_thread(clips.render, script, clip_id, speak=speak, rate=rate)
        await self.audio.put(rendered.content)
        await self.library.save_clip(rendered.clip)
        await self._tell(clip_id, State.READY)

    async def _fail(self, clip_id: str, error: Message) -> None:
        log.error("paragraph failed", clip=clip_id, error=str(error))
        await self.library.fail_clip(clip_id, error)
        await self._tell(clip_id, State.FAILED)

    async def _outcome(self, clip_id: str) -> State | None:
        """Ready or failed, None while it is neither."""
        try:
            return State.READY if await self.library.find_clip(clip_id) else None
        except SpeechError:
            return State.FAILED

    async def _tell(self, clip_id: str, state: State) -> None:
        """Tells everyone, also those who listen to other processes."""
        await self._publish(clip_id, state)
        await self.jobs.tell(clip_id, state)

    async def _hear(self, clip_id: str, state: State) -> None:
        """Another process says how far a clip is."""
        note = self.progress.begin if state is State.SPEAKING else self.progress.finish
        note(clip_id)
        await self._publish(clip_id, state)

    async def _publish(self, clip_id: str, state: State) -> None:
        if not (self.progress.is_followed or self.herald):
            return
        for article_id, number, kept in await self.library.uses_of_clip(clip_id):
            tally = replace(kept, speaking=int(state is State.SPEAKING))
            self.progress.publish(article_id, number, state=state, tally=tally)
            if tally.is_settled:
                self._look(article_id)

    def _look(self, article_id: str) -> None:
        if self.herald:
            self.herald.look(article_id)


def _as_asked(old: Narration, new: Narration) -> Narration:
    """The new version, to be known by what the old one was asked for."""
    return replace(new, key=old.key, page_key=old.page_key, announcement=old.announcement)


def _as_noted(old: Narration, new: Narration) -> Narration:
    """The new version, with what is said of the voice of the old one."""
    return replace(new, note=old.note, asked_voice=old.asked_voice)
