"""vorleser voices: the voices there are, and installing one."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.progress import Progress

from service.engines.piper_voices import install as download
from service.errors import UnknownVoice
from service.settings import Settings
from service.voices import catalogue


def show() -> None:
    """Prints every voice; the default is marked, and what is wrong with it is told."""
    voices = catalogue(Settings.read())
    with Console(stderr=True).status("Listening to new voices …"):  # on a terminal
        found = voices.voices()
    default, wrong = None, ""
    try:
        default = voices.default.id
    except UnknownVoice as error:
        wrong = str(error)
    for voice in found:
        place = "online" if voice.online else "on this machine"
        mark = "*" if voice.id == default else " "
        state = f"  not available: {voice.unavailable}" if voice.unavailable else ""
        about = f"{voice.engine:8} {voice.language:4} {place:16} {voice.licence}{state}"
        print(f"{mark} {voice.id:32} {about}")
    if wrong:
        print(f"vorleser: {wrong}", file=sys.stderr)


def install(wanted: str) -> None:
    """Downloads a Piper voice and loads it: a broken one shows now. Raises VorleserError."""
    settings = Settings.read()
    name = wanted.removeprefix("piper:")
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task(name)
        download(
            name,
            settings.data_dir / "voices",
            progress=lambda there, whole: progress.update(bar, completed=there, total=whole),
        )
    voice = catalogue(settings).voice(f"piper:{name}")
    print(f"{voice.id} can speak. Licence: {voice.licence}.")
