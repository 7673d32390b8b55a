"""vorleser voices: the voices there are, and installing one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from rich.console import Console
from rich.progress import Progress

from service.domain import Voice
from service.engines import piper_voices, supertonic_files
from service.errors import UnknownVoice
from service.from_settings import catalogue
from service.messages import message
from service.settings import Settings


def show() -> None:
    """Prints every voice; the default is marked, and what is wrong with it is told."""
    voices = catalogue(Settings.read())
    with Console(stderr=True).status("Listening to new voices …"):  # on a terminal
        listed = voices.voices()
    default, wrong = None, ""
    try:
        default = voices.default.id
    except UnknownVoice as error:
        wrong = str(error)
    for voice in listed:
        place = "online" if voice.online else "on this machine"
        mark = "*" if voice.id == default else " "
        state = f"  not available: {voice.unavailable}" if voice.unavailable else ""
        about = f"{voice.engine:8} {voice.language:4} {place:16} {voice.licence}{state}"
        print(f"{mark} {voice.id:32} {about}")
    if wrong:
        print(f"vorleser: {wrong}", file=sys.stderr)


def install(wanted: str) -> None:
    """Downloads a voice and opens it: a broken one shows now. Raises VorleserError."""
    settings = Settings.read()
    if wanted.partition(":")[0] == "supertonic":
        voice = _install_supertonic(settings)
    else:
        voice = _install_piper(settings, wanted.removeprefix("piper:"))
    print(f"{voice.id} can speak. Licence: {voice.licence}.")


def _install_supertonic(settings: Settings) -> Voice:
    with _bar("supertonic") as progress:
        supertonic_files.install(
            settings.data_dir / "voices" / supertonic_files.FOLDER, progress=progress
        )
    print(message("supertonic-terms"))
    with closing(catalogue(settings)) as voices:
        voice = voices.voice(f"supertonic:{supertonic_files.NAMES[0]}")
        voices.engine(voice.id).speak("Ja.", voice=voice.id)
    return voice


def _install_piper(settings: Settings, name: str) -> Voice:
    with _bar(name) as progress:
        piper_voices.install(name, settings.data_dir / "voices", progress=progress)
    return catalogue(settings).voice(f"piper:{name}")


@contextmanager
def _bar(name: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, nothing elsewhere; gets the bytes there, and of the whole."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task(name)
        yield lambda there, whole: progress.update(bar, completed=there, total=whole)
