"""The parts of a service or a worker, wired to each other."""

from __future__ import annotations

from dataclasses import dataclass

from service.contracts import AudioStore, Jobs, Library, Voices
from service.narration.articles import Articles
from service.narration.asking import Asking
from service.narration.broadcast import Broadcast
from service.narration.cache import TrackCache
from service.narration.channels import Channels
from service.narration.listening import Listening
from service.narration.locks import Locks
from service.narration.making import Making
from service.narration.progress import Progress
from service.narration.pruning import Pruning
from service.narration.readiness import Readiness
from service.narration.renditions import Renditions
from service.narration.revisions import Revisions
from service.narration.rewriting import Fallback, Rewriting
from service.narration.worker import Worker
from service.narration.writing import Writer


@dataclass(frozen=True, slots=True)
class Parts:
    """What a service is made of: each for one kind of question."""

    library: Library
    articles: Articles
    listening: Listening
    renditions: Renditions
    channels: Channels
    broadcast: Broadcast
    rewriting: Rewriting
    pruning: Pruning
    readiness: Readiness
    worker: Worker
    writer: Writer
    voices: Voices


@dataclass(frozen=True, slots=True)
class Stores:
    """Where everything is kept."""

    library: Library
    audio: AudioStore
    jobs: Jobs


def wired(
    stores: Stores,
    *,
    writer: Writer,
    fallback_voice: str | None = None,
    announces: bool = False,
) -> Parts:
    """The parts over these stores; with `announces` there is somebody who sends news."""
    library, audio, jobs = stores.library, stores.audio, stores.jobs
    progress, channels, cache, locks = Progress(), Channels(), TrackCache(), Locks()
    broadcast = Broadcast(library.clips, jobs, channels=channels, progress=progress)
    asking = Asking(
        library.articles,
        library.clips,
        outbox=library.outbox if announces else None,
        jobs=jobs,
        broadcast=broadcast,
    )
    revisions = Revisions(library.articles, cache=cache, locks=locks)
    rewriting = Rewriting(library.articles, writer=writer, revisions=revisions, asking=asking)
    listening = Listening(
        library.articles,
        library.clips,
        audio,
        jobs=jobs,
        progress=progress,
        cache=cache,
        locks=locks,
    )
    making = Making(
        library.clips,
        audio,
        voices=writer.voices,
        fallback=Fallback(fallback_voice, clips=library.clips, rewriting=rewriting),
        broadcast=broadcast,
        progress=progress,
        locks=locks,
    )
    return Parts(
        library=library,
        articles=Articles(
            library.articles,
            writer=writer,
            revisions=revisions,
            asking=asking,
            progress=progress,
            channels=channels,
            cache=cache,
            announces=announces,
        ),
        listening=listening,
        renditions=Renditions(
            library.articles,
            library.renditions,
            audio,
            use=library.audio_use,
            listening=listening,
            locks=locks,
        ),
        channels=channels,
        broadcast=broadcast,
        rewriting=rewriting,
        pruning=Pruning(audio, library.audio_use),
        readiness=Readiness(library.articles, audio, writer.voices),
        worker=Worker(
            making, jobs, asking=asking, audio=audio, broadcast=broadcast, channels=channels
        ),
        writer=writer,
        voices=writer.voices,
    )
