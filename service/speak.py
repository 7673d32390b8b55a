"""An article straight into one MP3 file, without a library."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from service import clips, reading
from service.app import catalogue, lexicon
from service.contracts import Voices
from service.domain import Article, Narration, Voice
from service.errors import EngineUnavailable, InputError, UnreadableSource
from service.settings import Settings
from service.track import assemble
from service.writing import with_notice, write

Advance = Callable[[], None]


def to_file(
    source: str,
    output: Path | None,
    *,
    voice: str | None = None,
    rate: float = 1.0,
    language: str | None = None,
) -> Path:
    """Speaks the article in a file, at a web address or in "-"; returns the MP3's path.

    A book is one MP3 with its chapters. A voice that is not available is replaced by the
    fallback voice for the whole article. Raises VorleserError; nothing is left half-written.
    """
    settings = Settings.read()
    target = output or _named_like(source)
    if target.is_dir() or not target.parent.is_dir():
        raise InputError(f"{target} cannot be written: give -o a file in a folder that exists.")
    article = _read(source, language, allow_private=settings.allow_private_fetch)
    with closing(catalogue(settings)) as voices:
        chosen = voices.voice(voice or voices.default.id)
        try:
            content = _spoken(article, chosen, voices, settings=settings, rate=rate)
        except EngineUnavailable as error:
            if settings.fallback_voice in {"", chosen.id}:
                raise
            other = voices.voice(settings.fallback_voice)
            note = f"vorleser: {other.id} speaks, since {chosen.id} is not available: {error}"
            Console(stderr=True).print(note, markup=False, highlight=False, soft_wrap=True)
            content = _spoken(article, other, voices, settings=settings, rate=rate)
    _write(target, content)
    return target


def mp3(
    narration: Narration, voices: Voices, *, workers: int, advance: Advance = lambda: None
) -> bytes:
    """The whole track of a narration, spoken now. Raises SpeechError."""
    engine = voices.engine(narration.voice)
    speak = partial(engine.speak, voice=narration.voice, rate=narration.rate)
    render = partial(clips.render, speak=speak, rate=narration.rate)
    rendered: dict[str, clips.Rendered] = {}
    with ThreadPoolExecutor(workers + 1) as pool:
        scripts = {line.clip_id: line.script for line in narration.lines}
        jobs = [pool.submit(render, script, clip_id) for clip_id, script in scripts.items()]
        try:
            for job in as_completed(jobs):
                made = job.result()
                rendered[made.clip.id] = made
                advance()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    lines = tuple(replace(line, clip=rendered[line.clip_id].clip) for line in narration.lines)
    pieces = assemble(replace(narration, lines=lines)).pieces
    return b"".join(
        rendered[piece.clip.id].content if piece.clip else piece.content for piece in pieces
    )


def _spoken(
    article: Article, voice: Voice, voices: Voices, *, settings: Settings, rate: float
) -> bytes:
    said = with_notice(article) if settings.spoken_notice else article
    narration = write(said, voice, lexicon=lexicon(settings), rate=rate)
    with _bar(len(narration.lines)) as advance:
        return mp3(narration, voices, workers=settings.workers, advance=advance)


def _read(source: str, language: str | None, *, allow_private: bool) -> Article:
    if source.startswith(("http://", "https://")):
        return reading.read_url(source, language=language, allow_private=allow_private)
    name, raw = _file(source)
    return reading.as_one(reading.read_file(name, raw, language=language))


def _file(source: str) -> tuple[str, bytes]:
    """Name and content of a file, or of standard input."""
    if source == "-":
        return "", sys.stdin.buffer.read()
    try:
        return Path(source).name, Path(source).read_bytes()
    except OSError as error:
        raise UnreadableSource(f"{source} cannot be read: {error.strerror}.") from error


def _named_like(source: str) -> Path:
    if source == "-":
        raise InputError("Where to? Give -o FILE.mp3 when the article comes from standard input.")
    return Path((Path(source.partition("?")[0]).stem or "artikel") + ".mp3")


def _write(target: Path, content: bytes) -> None:
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
            unfinished = Path(file.name)
            file.write(content)
        unfinished.chmod(0o666 & ~_umask())
        unfinished.replace(target)
    except OSError as error:
        raise InputError(f"{target} cannot be written: {error.strerror}.") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def _bar(total: int) -> Iterator[Advance]:
    """A progress bar on a terminal, nothing elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda: None
        return
    with Progress(console=console) as progress:
        task = progress.add_task("Speaking", total=total)
        yield lambda: progress.advance(task)
