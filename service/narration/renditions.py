"""Track → Opus or FLAC: the finished audio for who cannot take MP3, made once and kept.

It lasts as long as the MP3 and is decoded from it, so that the manifest's times hold in it, too.
What is kept can be made again, so pruning may free it like any audio that no article uses.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soundfile

from service.contracts import ArticleStore, AudioStore, AudioUse, RenditionStore
from service.domain import FRAME_BYTES, FRAME_SAMPLES, SAMPLE_RATE_HZ, Rendition
from service.errors import ClipDamaged, TrackUnfinished
from service.narration.listening import Listening
from service.narration.locks import Locks
from service.sound.tags import DISCLOSURE, Tag
from service.sound.track import Piece, Track, tag_of


@dataclass(frozen=True, slots=True)
class Container:
    """A file's media type, and container and coding as libsndfile calls them."""

    media_type: str
    container: str
    coding: str


_ONE_AT_A_TIME = "renditions"  # speaking goes first: encoding hours takes minutes

CONTAINERS = {
    "opus": Container("audio/ogg", "OGG", "OPUS"),
    "flac": Container("audio/flac", "FLAC", "PCM_16"),
}


@dataclass(frozen=True, slots=True)
class Renditions:
    """Finished tracks in other formats."""

    articles: ArticleStore
    store: RenditionStore
    audio: AudioStore
    use: AudioUse
    listening: Listening
    locks: Locks

    async def get(self, article_id: str, name: str, edition: int | None = None) -> Rendition:
        """The finished track in the container with that name, made unless it is there.

        Raises NotFound, TrackIncomplete, and TrackUnfinished while the track itself is being made.
        """
        track = await self.listening.track(article_id, edition)
        if track is None:
            raise TrackUnfinished
        wanted = f"{track.etag}.{name}"
        async with self.locks.hold(wanted):
            if kept := await self.store.find(wanted):
                return kept
            tag = tag_of(await self.articles.edition(article_id, edition))
            async with self.locks.hold(_ONE_AT_A_TIME):
                made = await self._made(track, tag=tag, name=wanted, form=CONTAINERS[name])
            await self.store.save(made)
            return made

    async def read(self, kept: Rendition, *, start: int, end: int) -> bytes:
        """Bytes start to end (exclusive). Raises ClipDamaged; asked for anew, it is made again."""
        try:
            return await self.audio.get_range(kept.sha256, start=start, end=end)
        except ClipDamaged:
            await self.use.forget(kept.sha256)
            await self.audio.delete(kept.sha256)
            raise

    async def _made(self, track: Track, *, tag: Tag, name: str, form: Container) -> Rendition:
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
