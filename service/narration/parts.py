"""The parts of a service or a worker, wired to each other."""

from __future__ import annotations

from dataclasses import dataclass

from service.contracts import (
    AudioStore,
    ClipStore,
    CollectionStore,
    Jobs,
    Library,
    Outbox,
    TokenStore,
    Voices,
    Work,
)
from service.domain import JobKind
from service.narration.aligning import Aligning
from service.narration.articles import Articles
from service.narration.asking import Asking
from service.narration.broadcast import Broadcast
from service.narration.cache import TrackCache
from service.narration.channels import Channels
from service.narration.head_start import HeadStart
from service.narration.listening import Listening
from service.narration.locks import Locks
from service.narration.making import Making
from service.narration.pictures import Pictures
from service.narration.precedence import Precedence
from service.narration.progress import Progress
from service.narration.pruning import Pruning
from service.narration.readiness import Readiness
from service.narration.renditions import Renditions
from service.narration.revisions import Revisions
from service.narration.rewriting import Fallback, Rewriting
from service.narration.samples import Samples
from service.narration.words import Words
from service.narration.worker import Worker
from service.narration.writing import Writer


@dataclass(frozen=True, slots=True)
class Parts:
    """What a service is made of: each for one kind of question."""

    library: Library
    jobs: Jobs
    articles: Articles
    listening: Listening
    renditions: Renditions
    pictures: Pictures
    samples: Samples
    words: Words
    channels: Channels
    broadcast: Broadcast
    rewriting: Rewriting
    pruning: Pruning
    readiness: Readiness
    worker: Worker
    writer: Writer
    voices: Voices

    @property
    def clips(self) -> ClipStore:
        """What is known of clips."""
        return self.library.clips

    @property
    def collections(self) -> CollectionStore:
        """The collections."""
        return self.library.collections

    @property
    def tokens(self) -> TokenStore:
        """Who may read."""
        return self.library.tokens

    @property
    def outbox(self) -> Outbox:
        """News that are to be sent."""
        return self.library.outbox


@dataclass(frozen=True, slots=True)
class Stores:
    """Where everything is kept."""

    library: Library
    audio: AudioStore
    jobs: Jobs


@dataclass(frozen=True, slots=True)
class _Live:
    """What the parts of one process know in common, for as long as it runs."""

    broadcast: Broadcast
    progress: Progress
    channels: Channels
    cache: TrackCache
    locks: Locks
    precedence: Precedence
    outbox: Outbox | None


def wired(
    stores: Stores,
    *,
    writer: Writer,
    fallback_voice: str | None = None,
    announces: bool = False,
    workers: int = 1,
) -> Parts:
    """The parts over these stores: `announces` where news are sent, `workers` clips at once."""
    library, audio, live = stores.library, stores.audio, _live(stores, announces=announces)
    asking = Asking(library.articles, library.clips, live.outbox, stores.jobs, live.broadcast)
    revisions = Revisions(library.articles, live.cache, live.locks)
    rewriting = Rewriting(library.articles, writer, revisions, asking)
    fallback = Fallback(fallback_voice, library.clips, rewriting)
    making = _making(stores, live, writer.voices, fallback)
    listening = _listening(stores, live)
    renditions = _renditions(stores, live, listening)
    worker = _worker(stores, live, making, asking=asking, workers=workers)
    worker.works[JobKind.RENDITION] = Work(renditions.make, min(workers, 1))
    return Parts(
        library=library,
        jobs=stores.jobs,
        articles=_articles(stores, live, rewriting, worker.head_start),
        listening=listening,
        renditions=renditions,
        pictures=Pictures(library.articles, library.renditions, audio, live.locks),
        samples=Samples(writer, live.locks),
        words=Words(library.articles, making.aligning),
        channels=live.channels,
        broadcast=live.broadcast,
        rewriting=rewriting,
        pruning=Pruning(audio, library.audio_use),
        readiness=Readiness(library.articles, audio, writer.voices),
        worker=worker,
        writer=writer,
        voices=writer.voices,
    )


def _live(stores: Stores, *, announces: bool) -> _Live:
    progress, channels, cache = Progress(), Channels(), TrackCache()
    broadcast = Broadcast(stores.library.clips, stores.jobs, channels, progress, cache)
    outbox = stores.library.outbox if announces else None
    return _Live(broadcast, progress, channels, cache, Locks(), Precedence(), outbox)


def _articles(stores: Stores, live: _Live, rewriting: Rewriting, start: HeadStart) -> Articles:
    return Articles(
        stores.library.articles,
        stores.library.listings,
        writer=rewriting.writer,
        revisions=rewriting.revisions,
        asking=rewriting.asking,
        head_start=start,
        progress=live.progress,
        channels=live.channels,
        cache=live.cache,
        announces=live.outbox is not None,
    )


def _worker(stores: Stores, live: _Live, making: Making, *, asking: Asking, workers: int) -> Worker:
    return Worker(
        making,
        making.aligning,
        stores.jobs,
        asking,
        stores.audio,
        live.broadcast,
        live.channels,
        head_start=HeadStart(making),
        clips_at_once=workers,
    )


def _listening(stores: Stores, live: _Live) -> Listening:
    return Listening(
        stores.library.articles,
        stores.library.clips,
        stores.audio,
        jobs=stores.jobs,
        progress=live.progress,
        cache=live.cache,
        locks=live.locks,
        precedence=live.precedence,
    )


def _renditions(stores: Stores, live: _Live, listening: Listening) -> Renditions:
    return Renditions(
        stores.library.articles,
        stores.library.renditions,
        stores.audio,
        use=stores.library.audio_use,
        listening=listening,
        jobs=stores.jobs,
        progress=live.progress,
    )


def _making(stores: Stores, live: _Live, voices: Voices, fallback: Fallback) -> Making:
    aligning = Aligning(stores.library.clips, stores.audio, live.broadcast, live.precedence)
    return Making(
        stores.library.clips,
        stores.audio,
        voices=voices,
        fallback=fallback,
        aligning=aligning,
        broadcast=live.broadcast,
        progress=live.progress,
        locks=live.locks,
        precedence=live.precedence,
    )
