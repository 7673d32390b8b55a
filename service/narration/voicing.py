"""An order voiced: its script, spoken by its voice, as an MP3."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import BinaryIO

import structlog

from service.contracts import Voices
from service.domain import Clip, Narration, Order, Sound
from service.errors import EngineFailed, OutOfResources, VorleserError
from service.sound import clips
from service.sound.clips import Rendered
from service.sound.track import Track, assemble

log = structlog.get_logger()

Advance = Callable[[], None]

_LACKING = {
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOMEM,
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EAGAIN,
    errno.EIO,
}


def make(
    order: Order, clip_id: str, voices: Voices, turn: Callable[[], None] = lambda: None
) -> Rendered:
    """The clip with that id, spoken now. Blocking; `turn` is called before each sentence.

    Raises SpeechError or UnknownVoice where text or voice are at fault, and OutOfResources where
    the machine is: then it is worth another try.
    """
    try:
        engine = voices.engine(order.voice)

        def speak(text: str) -> Sound:
            turn()
            return engine.speak(text, voice=order.voice)

        return clips.render(order.script, clip_id, speak=speak, rate=order.rate)
    except Exception as error:
        if lack := _lack(error):
            raise OutOfResources("machine-lacks", error=lack) from error
        if isinstance(error, VorleserError):
            raise
        log.exception("making a clip failed", clip=clip_id)
        raise EngineFailed("unexpected") from error


def make_track(
    narration: Narration,
    voices: Voices,
    file: BinaryIO,
    *,
    workers: int,
    advance: Advance = lambda: None,
) -> tuple[Narration, Iterator[bytes]]:
    """The narration with all its clips made now, and the whole track of it piece by piece.

    Its clips lie in `file` meanwhile, an empty one: a book's are too many for memory. Raises
    SpeechError, UnknownVoice, OutOfResources.
    """
    wanted = {
        segment.clip_id: Order(segment.script, narration.outcome.voice_of(segment), narration.rate)
        for segment in narration.segments
    }
    made: dict[str, Clip] = {}
    starts: dict[str, int] = {}
    with ThreadPoolExecutor(workers + 1) as pool:
        try:
            for rendered in pool.map(partial(make, voices=voices), wanted.values(), wanted):
                made[rendered.clip.id], starts[rendered.clip.id] = rendered.clip, file.tell()
                file.write(rendered.content)
                advance()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    spoken = narration.with_clips(made)
    return spoken, _pieces(assemble(spoken), file, starts)


def _pieces(track: Track, file: BinaryIO, starts: dict[str, int]) -> Iterator[bytes]:
    for piece in track.pieces:
        if piece.clip:
            file.seek(starts[piece.clip.id])
            yield file.read(piece.clip.size)
        else:
            yield piece.content


def _lack(error: BaseException | None) -> str:
    """What the machine has too little of, as the error or one behind it says; else nothing."""
    while error:
        if isinstance(error, MemoryError):
            return "out of memory"
        if isinstance(error, OSError) and error.errno in _LACKING:
            return str(error.strerror)
        error = error.__cause__ or error.__context__
    return ""
