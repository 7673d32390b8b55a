"""The commands: serve, speak, spoken, sentences, voices, worker, prune, tokens, backup, restore."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import service
from service.domain import FASTEST_RATE, SLOWEST_RATE, Cast, Extra
from service.errors import VorleserError

_EXTRAS = ", ".join(Extra)


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

    def command(name: str, run: Callable[..., None], what: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=what)
        added.set_defaults(run=run)
        return added

    _serve_options(command("serve", _serve, "run the service"))
    _speak_options(command("speak", _speak, "write an article's MP3"))
    _spoken_options(command("spoken", _spoken, "each line in spoken form, without synthesis"))
    _file_option(command("sentences", _sentences, "the sentences of each line"))
    _voices_options(command("voices", _voices, "list the voices, or install one"))
    command("worker", _worker, "make clips for a service on other machines")
    command("prune", _prune, "free audio that no article uses")
    _tokens_options(
        command("tokens", _tokens, "list who may read a private library, add or revoke")
    )
    _backup_options(command("backup", _backup, "write the library to one file, while it runs"))
    restore = command("restore", _restore, "put a backup into an empty data folder")
    restore.add_argument("file", type=Path, help="the tar that vorleser backup wrote")
    return parser


def _serve_options(serve: argparse.ArgumentParser) -> None:
    serve.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    serve.add_argument("--port", type=_port, help="port to listen on (default: 8000)")


def _speak_options(speak: argparse.ArgumentParser) -> None:
    speak.add_argument("source", help="a file, a web address, or - for standard input")
    speak.add_argument("-o", "--output", type=Path, help="the MP3 (default: named like the source)")
    speak.add_argument("--voice", help="see vorleser voices")
    speak.add_argument(
        "--cast",
        type=_cast,
        action="append",
        default=[],
        metavar="PART=VOICE",
        help="another voice for title, heading, quote, question, answer, speaker:NAME or "
        "language:CODE; repeatable",
    )
    speak.add_argument("--rate", type=_rate, default=1.0, help="pace, 0.5 to 2 (default: 1)")
    speak.add_argument(
        "--extras",
        type=_extras,
        default=(),
        help=f"read besides the text, with commas between: {_EXTRAS}",
    )
    speak.add_argument("--language", help="of a source that is not German, say en")


def _spoken_options(spoken: argparse.ArgumentParser) -> None:
    _file_option(spoken)
    spoken.add_argument("--voice", help="spoken form for this voice")


def _file_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", nargs="?", help="default: standard input")


def _voices_options(voices: argparse.ArgumentParser) -> None:
    install = voices.add_subparsers(metavar="install").add_parser(
        "install", help="download supertonic, or a Piper voice, say de_DE-thorsten-medium"
    )
    install.add_argument("name", help="supertonic, or the voice's name in Piper's list")
    install.set_defaults(run=_install)


def _backup_options(backup: argparse.ArgumentParser) -> None:
    backup.add_argument("file", type=Path, help="the tar to write")
    backup.add_argument("--audio", action="store_true", help="with all sound")


def _tokens_options(tokens: argparse.ArgumentParser) -> None:
    actions = tokens.add_subparsers(metavar="add | revoke")
    add = actions.add_parser("add", help="make one and print it, this once")
    add.add_argument("name", help="whom or what it is for")
    add.set_defaults(run=_add_token)
    revoke = actions.add_parser("revoke", help="end one")
    revoke.add_argument("id", help="as listed")
    revoke.set_defaults(run=_revoke_token)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port: give a number from 0 to 65535")
    return int(text)


def _extras(text: str) -> list[Extra]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    with suppress(ValueError):
        return [Extra(name) for name in names]
    raise argparse.ArgumentTypeError(f"{text} are not extras: give some of {_EXTRAS}")


def _rate(text: str) -> float:
    with suppress(ValueError):
        if SLOWEST_RATE <= float(text) <= FASTEST_RATE:
            return float(text)
    raise argparse.ArgumentTypeError(
        f"{text} is not a rate: give a number from {SLOWEST_RATE} to {FASTEST_RATE:g}"
    )


def _cast(text: str) -> tuple[str, str]:
    part, _, voice = text.rpartition("=")
    if not part.strip() or not voice.strip():
        raise argparse.ArgumentTypeError(f"{text} is no casting: write PART=VOICE")
    return part.strip(), voice.strip()


# The commands are imported when they are run: each brings its own, the web's are for serving alone.


@contextmanager
def _loading() -> Iterator[None]:
    """Nothing that is imported is garbage: to look for some is a third of a command's start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _serve(options: argparse.Namespace) -> None:
    with _loading():
        from service.commands.serve import serve  # noqa: PLC0415

    given = {"host": options.host, "port": options.port}
    serve({name: value for name, value in given.items() if value is not None})


def _speak(options: argparse.Namespace) -> None:
    with _loading():
        from service.commands.speak import to_file  # noqa: PLC0415
        from service.narration.writing import Manner  # noqa: PLC0415

    cast = Cast.of(dict(options.cast))
    manner = Manner(options.voice, options.rate, cast, tuple(options.extras))
    to_file(options.source, options.output, manner=manner, language=options.language)


def _spoken(options: argparse.Namespace) -> None:
    with _loading():
        from service.commands.spoken import speakable  # noqa: PLC0415

    for line in speakable(options.file, voice=options.voice):
        print(line)


def _sentences(options: argparse.Namespace) -> None:
    with _loading():
        from service.commands.sentences import parted  # noqa: PLC0415

    for line in parted(options.file):
        print(line)


def _voices(_options: argparse.Namespace) -> None:
    with _loading():
        from service.commands.voices import show  # noqa: PLC0415

    show()


def _install(options: argparse.Namespace) -> None:
    with _loading():
        from service.commands.voices import install  # noqa: PLC0415

    install(options.name)


def _worker(_options: argparse.Namespace) -> None:
    with _loading():
        from service.commands.worker import worker  # noqa: PLC0415

    worker()


def _prune(_options: argparse.Namespace) -> None:
    with _loading():
        from service.commands.prune import prune  # noqa: PLC0415

    print(f"{prune()} bytes freed")


def _tokens(_options: argparse.Namespace) -> None:
    from service.commands.tokens import listed  # noqa: PLC0415

    for line in listed():
        print(line)


def _add_token(options: argparse.Namespace) -> None:
    from service.commands.tokens import add  # noqa: PLC0415

    print(add(options.name))


def _revoke_token(options: argparse.Namespace) -> None:
    from service.commands.tokens import revoke  # noqa: PLC0415

    revoke(options.id)


def _backup(options: argparse.Namespace) -> None:
    from service.commands.backup import backup  # noqa: PLC0415

    kept = backup(options.file, with_audio=options.audio)
    print(f"{kept.library_bytes} bytes of library and {kept.audio_files} files of audio written")


def _restore(options: argparse.Namespace) -> None:
    from service.commands.backup import restore  # noqa: PLC0415

    kept = restore(options.file)
    print(f"{kept.library_bytes} bytes of library and {kept.audio_files} files of audio restored")


if __name__ == "__main__":
    sys.exit(main())
