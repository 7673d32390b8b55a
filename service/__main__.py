"""The commands: serve, speak, spoken, sentences, voices, worker, prune."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import service
from service.domain import FASTEST_RATE, SLOWEST_RATE
from service.errors import UnknownVoice, UnreadableSource, VorleserError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; returns the exit status: 0, 1 when it failed, 2 on wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except VorleserError as error:
        print(f"vorleser: {' '.join(str(error).split())}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="vorleser", description="Reads German articles aloud.")
    parser.add_argument("--version", action="version", version=f"vorleser {service.__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="run the service")
    serve.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    serve.add_argument("--port", type=_port, help="port to listen on (default: 8000)")
    serve.set_defaults(run=_serve)

    speak = commands.add_parser("speak", help="write an article's MP3")
    speak.add_argument("source", help="a file, a web address, or - for standard input")
    speak.add_argument("-o", "--output", type=Path, help="the MP3 (default: named like the source)")
    speak.add_argument("--voice", help="see vorleser voices")
    speak.add_argument("--rate", type=_rate, default=1.0, help="pace, 0.5 to 2 (default: 1)")
    speak.add_argument("--language", help="of a source that is not German, say en")
    speak.set_defaults(run=_speak)

    spoken = commands.add_parser("spoken", help="each line in spoken form, without synthesis")
    spoken.add_argument("file", nargs="?", help="default: standard input")
    spoken.add_argument("--voice", help="spoken form for this voice")
    spoken.set_defaults(run=_spoken)

    sentences = commands.add_parser("sentences", help="the sentences of each line")
    sentences.add_argument("file", nargs="?", help="default: standard input")
    sentences.set_defaults(run=_sentences)

    voices = commands.add_parser("voices", help="list the voices, or install one")
    voices.set_defaults(run=_voices)
    install = voices.add_subparsers(metavar="install").add_parser(
        "install", help="download a Piper voice, say de_DE-thorsten-medium"
    )
    install.add_argument("name", help="the voice's name in Piper's list")
    install.set_defaults(run=_install)
    worker = commands.add_parser("worker", help="make clips for a service on other machines")
    worker.set_defaults(run=_worker)
    prune = commands.add_parser("prune", help="free audio that no article uses")
    prune.set_defaults(run=_prune)
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port: give a number from 0 to 65535")
    return int(text)


def _rate(text: str) -> float:
    with suppress(ValueError):
        if SLOWEST_RATE <= float(text) <= FASTEST_RATE:
            return float(text)
    raise argparse.ArgumentTypeError(
        f"{text} is not a rate: give a number from {SLOWEST_RATE} to {FASTEST_RATE:g}"
    )


def _serve(options: argparse.Namespace) -> None:
    from service.run import serve  # noqa: PLC0415 (the web's imports are for serving alone)

    given = {"host": options.host, "port": options.port}
    serve({name: value for name, value in given.items() if value is not None})


def _speak(options: argparse.Namespace) -> None:
    from service import speak  # noqa: PLC0415

    speak.to_file(
        options.source,
        options.output,
        voice=options.voice,
        rate=options.rate,
        language=options.language,
    )


def _spoken(options: argparse.Namespace) -> None:
    from service import spoken  # noqa: PLC0415
    from service.settings import Settings  # noqa: PLC0415
    from service.voices import catalogue, lexicon  # noqa: PLC0415

    settings = Settings.read()
    voices, spellings = catalogue(settings), lexicon(settings)
    form = voices.voice(options.voice).form
    for line in _lines(options.file):
        print(spoken.speakable(line, lexicon=spellings, form=form))


def _sentences(options: argparse.Namespace) -> None:
    from service import spoken  # noqa: PLC0415

    for line in _lines(options.file):
        print(" ¦ ".join(sentence.strip() for sentence in spoken.sentences(line)))


def _voices(_options: argparse.Namespace) -> None:
    from rich.console import Console  # noqa: PLC0415

    from service.settings import Settings  # noqa: PLC0415
    from service.voices import catalogue  # noqa: PLC0415

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


def _install(options: argparse.Namespace) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    from service.engines.piper_voices import install  # noqa: PLC0415
    from service.settings import Settings  # noqa: PLC0415
    from service.voices import catalogue  # noqa: PLC0415

    settings = Settings.read()
    name = options.name.removeprefix("piper:")
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task(name)
        install(
            name,
            settings.data_dir / "voices",
            progress=lambda there, whole: progress.update(bar, completed=there, total=whole),
        )
    voice = catalogue(settings).voice(f"piper:{name}")  # loads it: broken ones show now
    print(f"{voice.id} can speak. Licence: {voice.licence}.")


def _worker(_options: argparse.Namespace) -> None:
    from service.run import worker  # noqa: PLC0415

    worker()


def _prune(_options: argparse.Namespace) -> None:
    from service.run import prune  # noqa: PLC0415

    print(f"{prune()} bytes freed")


def _lines(file: str | None) -> Iterator[str]:
    from service import reading  # noqa: PLC0415

    try:
        raw = sys.stdin.buffer.read() if file in {None, "-"} else Path(str(file)).read_bytes()
    except OSError as error:
        raise UnreadableSource(f"{file} cannot be read: {error.strerror}.") from error
    text = reading.decode(raw)
    yield from text.removesuffix("\n").replace("\r\n", "\n").split("\n") if text else ()


if __name__ == "__main__":
    sys.exit(main())
