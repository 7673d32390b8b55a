"""An article straight into one MP3 file, without a library."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from service import reading
from service.contracts import Voices
from service.domain import Article, Narration, Voice
from service.errors import EngineUnavailable, InputError, UnreadableSource
from service.from_settings import catalogue, lexicon
from service.narration.voicing import Advance, make_track
from service.narration.writing import AS_USUAL, Manner, cast_of, with_notice, write
from service.settings import Settings


def to_file(
    source: str,
    output: Path | None,
    *,
    manner: Manner = AS_USUAL,
    language: str | None = None,
) -> Path:
    """Speaks the article in a file, at a web address or in "-"; returns the MP3's path.

    A book is one MP3 with its chapters. A voice that is not available is replaced by the
    fallback voice for the whole article. Raises VorleserError; nothing is left half-written.
    """
    settings = Settings.read()
    target = output or _named_like(source)
    if target.is_dir() or not target.parent.is_dir():
        raise InputError("output-folder-missing", file=str(target))
    article = _read(source, language, allow_private=settings.allow_private_fetch)
    with closing(catalogue(settings)) as voices:
        narrated = partial(_narration, article, settings=settings, manner=manner)
        asked = narrated(voices.voice(manner.voice), cast=cast_of(manner.cast, voices))
        try:
            _speak(asked, voices, target, workers=settings.workers)
        except EngineUnavailable as error:
            if not settings.fallback_voice or asked.outcome.voices == {settings.fallback_voice}:
                raise
            other = voices.voice(settings.fallback_voice)
            absent = " or ".join(sorted(asked.outcome.voices - {other.id}))
            note = f"vorleser: {other.id} speaks, since {absent} is not available: {error}"
            Console(stderr=True).print(note, markup=False, highlight=False, soft_wrap=True)
            _speak(narrated(other), voices, target, workers=settings.workers)
    return target


def _narration(
    article: Article,
    voice: Voice,
    *,
    settings: Settings,
    manner: Manner,
    cast: Mapping[str, Voice] | None = None,
) -> Narration:
    spoken = with_notice(article) if settings.spoken_notice else article
    words = lexicon(settings)
    return write(spoken, voice, lexicon=words, manner=manner, cast=cast or {})


def _speak(narration: Narration, voices: Voices, target: Path, *, workers: int) -> None:
    try:
        with tempfile.TemporaryFile(dir=target.parent) as file:
            with _bar(len(narration.segments)) as advance:
                _, pieces = make_track(narration, voices, file, workers=workers, advance=advance)
            _write(target, pieces)
    except OSError as error:
        raise InputError(
            "output-unwritable", file=str(target), error=str(error.strerror)
        ) from error


def _read(source: str, language: str | None, *, allow_private: bool) -> Article:
    if source.startswith(("http://", "https://")):
        page = reading.fetch_link(source, allow_private=allow_private)
        return reading.as_one(reading.read_apart(reading.read_link, page, language=language))
    file = _file(source)
    return reading.as_one(reading.read_apart(reading.read_file, *file, language=language))


def _file(source: str) -> tuple[str, bytes]:
    """Name and content of a file, or of standard input."""
    if source == "-":
        return "", sys.stdin.buffer.read()
    try:
        return Path(source).name, Path(source).read_bytes()
    except OSError as error:
        raise UnreadableSource("file-unreadable", file=source, error=str(error.strerror)) from error


def _named_like(source: str) -> Path:
    if source == "-":
        raise InputError("output-missing")
    return Path((Path(source.partition("?")[0]).stem or "artikel") + ".mp3")


def _write(target: Path, pieces: Iterable[bytes]) -> None:
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        unfinished = Path(file.name)
        try:
            file.writelines(pieces)
        except BaseException:
            unfinished.unlink()
            raise
    unfinished.chmod(0o666 & ~_umask())
    unfinished.replace(target)


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
