"""Track → Opus or FLAC: the finished audio for who cannot take MP3, made once and kept.

It lasts as long as the MP3 and is decoded from it, so that the manifest's times hold in it, too.
What is kept can be made again, so pruning may free it like any audio that no article uses.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soundfile
import structlog

from service.contracts import ArticleStore, AudioStore, AudioUse, Jobs, RenditionStore, Urgency
from service.domain import FRAME_BYTES, FRAME_SAMPLES, SAMPLE_RATE_HZ, JobKind, Rendition
from service.errors import (
    ClipDamaged,
    NotFound,
    StoreError,
    TrackIncomplete,
    TrackUnfinished,
    VorleserError,
)
from service.narration.listening import Listening
from service.narration.progress import Progress
from service.sound.tags import DISCLOSURE, Tag
from service.sound.track import Piece, Track, tag_of

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Container:
    """A file's media type, and container and coding as libsndfile calls them."""

    media_type: str
    container: str
    coding: str


_FINISHED = "finished"  # the edition that listeners get
_LOOK_AGAIN_S = 2.0  # what another process made is found by looking
_LONGEST_S = 900.0  # encoding hours takes minutes

CONTAINERS = {
    "opus": Container("audio/ogg", "OGG", "OPUS"),
    "flac": Container("audio/flac", "FLAC", "PCM_16"),
}


@dataclass(frozen=True, slots=True)
class Renditions:
    """Finished tracks in other formats, made by whoever takes the job.

    `broken` says for which job what went wrong last, to those who wait for it here.
    """

    articles: ArticleStore
    store: RenditionStore
    audio: AudioStore
    use: AudioUse
    listening: Listening
    jobs: Jobs
    progress: Progress
    broken: dict[str, Exception] = field(default_factory=dict)

    async def get(self, article_id: str, name: str, edition: int | None = None) -> Rendition:
        """The finished track in the container with that name, made unless it is there.

        Raises NotFound, TrackIncomplete, TrackUnfinished while the track itself is being made,
        and StoreError or OutOfResources where it cannot be made for now.
        """
        job = f"{article_id} {edition or _FINISHED} {name}"
        async with _in_time():
            while True:
                waiter = self.progress.waiter(job)
                track = await self._track(article_id, edition)
                if kept := await self.store.find(f"{track.etag}.{name}"):
                    return kept
                await self.jobs.ask([job], urgency=Urgency.LISTENED, kind=JobKind.RENDITION)
                with suppress(TimeoutError):
                    await asyncio.wait_for(waiter.wait(), _LOOK_AGAIN_S)
                if error := self.broken.pop(job, None):
                    raise error

    async def make(self, job: str) -> None:
        """One job, named by article, edition and container. Raises what passes.

        Where there is nothing to be made, or it can never be, nobody is served by trying again:
        who asks for it is told.
        """
        article_id, edition, name = job.split()
        number = None if edition == _FINISHED else int(edition)
        try:
            await self._make(article_id, number, name)
        except (NotFound, TrackIncomplete, TrackUnfinished) as error:
            log.info("a track in another format is not needed", job=job, reason=str(error))
        except (VorleserError, OSError) as error:
            self.broken[job] = error
            raise
        except Exception as error:
            log.exception("a track cannot be put into another format", job=job)
            self.broken[job] = error
        else:
            self.broken.pop(job, None)
        finally:
            self.progress.finish(job)

    async def _make(self, article_id: str, edition: int | None, name: str) -> None:
        track = await self._track(article_id, edition)
        wanted = f"{track.etag}.{name}"
        if not await self.store.find(wanted):
            tag = tag_of(await self.articles.edition(article_id, edition))
            made = await self._encoded(track, tag=tag, name=wanted, form=CONTAINERS[name])
            await self.store.save(made)

    async def _track(self, article_id: str, edition: int | None) -> Track:
        track = await self.listening.track(article_id, edition)
        if track is None:
            raise TrackUnfinished
        return track

    async def read(self, kept: Rendition, *, start: int, end: int) -> bytes:
        """Bytes start to end (exclusive). Raises ClipDamaged; asked for anew, it is made again."""
        try:
            return await self.audio.get_range(kept.sha256, start=start, end=end)
        except ClipDamaged:
            await self.use.forget(kept.sha256)
            await self.audio.delete(kept.sha256)
            raise

    async def _encoded(self, track: Track, *, tag: Tag, name: str, form: Container) -> Rendition:
        """Decodes clip by clip into a file on disk: neither track nor copy is ever in memory."""
        with TemporaryDirectory(prefix="vorleser-") as folder:
            path = Path(folder, "track")
            with _opened(path, tag, form) as file:
                for piece in track.pieces[1:]:  # behind the tag: clips and silence
                    await asyncio.to_thread(_append, file, piece, await self._frames(piece))
            size = await asyncio.to_thread(lambda: path.stat().st_size)
            return Rendition(name, size, await self.audio.put(path))

    async def _frames(self, piece: Piece) -> bytes:
        """The piece's MP3. A damaged clip is made again, and then the track is another one."""
        if piece.clip is None:
            return piece.content
        try:
            return await self.listening.read(piece.clip, start=0, end=piece.size)
        except ClipDamaged as error:
            raise TrackUnfinished from error


@asynccontextmanager
async def _in_time() -> AsyncIterator[None]:
    """Raises StoreError where nobody comes to make it."""
    try:
        async with asyncio.timeout(_LONGEST_S):
            yield
    except TimeoutError as error:
        raise StoreError("rendition-late") from error


def _opened(path: Path, tag: Tag, form: Container) -> soundfile.SoundFile:
    file = soundfile.SoundFile(
        path, "w", SAMPLE_RATE_HZ, 1, format=form.container, subtype=form.coding
    )
    file.title, file.artist, file.album = tag.title, tag.artist, tag.album
    file.date, file.comment = tag.date, f"{DISCLOSURE}."
    return file


def _append(file: soundfile.SoundFile, piece: Piece, frames: bytes) -> None:
    """Writes 576 samples for each frame, as they are in the joined MP3."""
    if piece.clip is None:
        samples = np.zeros(len(frames) // FRAME_BYTES * FRAME_SAMPLES, np.int16)
    else:
        samples, _ = soundfile.read(BytesIO(frames), dtype="int16")
    file.write(samples)
