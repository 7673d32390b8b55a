"""All voices by id; an engine is opened when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock

from service.contracts import Engine
from service.domain import Voice
from service.errors import UnknownVoice
from service.messages import message

Opener = Callable[[], Engine]
PLAIN_ENGINE = "pico"  # speaks where no better one is installed


class Catalogue:
    """The voices of some engines, in the engines' order; safe to share between threads.

    `openers` has each engine by its name. `default` is the id of the voice for those who
    name none; without it that is the first German one that needs no network.
    """

    def __init__(self, openers: Mapping[str, Opener], *, default: str | None = None) -> None:
        self._openers = dict(openers)
        self._default = default
        self._open: dict[str, Engine] = {}
        self._lock = Lock()

    def voices(self) -> tuple[Voice, ...]:
        """Every voice of every engine, those that cannot speak here included."""
        return tuple(self._each_voice())

    def voice(self, voice_id: str | None) -> Voice:
        """The voice with that id, without one the default.

        Raises UnknownVoice when it is not there or cannot speak.
        """
        if voice_id is None:
            return self.default
        engine = voice_id.partition(":")[0]
        voices = self._engine(engine).voices() if engine in self._openers else ()
        known = next((voice for voice in voices if voice.id == voice_id), None)
        if known and known.unavailable:
            raise UnknownVoice("voice-cannot-speak", voice=voice_id, reason=known.unavailable)
        if not known:
            if engine in self._openers and (name := _installed_by(voice_id)):
                install = message("voice-not-installed", voice=name)
                raise UnknownVoice("voice-cannot-speak", voice=voice_id, reason=install)
            possible = [voice.id for voice in self.voices() if not voice.unavailable]
            raise UnknownVoice("voice-unknown", voice=voice_id or "“”", voices=possible)
        return known

    @property
    def default(self) -> Voice:
        """The voice for those who name none. Raises UnknownVoice when it cannot speak."""
        if self._default:
            try:
                return self.voice(self._default)
            except UnknownVoice as error:
                raise UnknownVoice("default-voice-unusable", reason=error.message) from error
        for voice in self._each_voice():
            if voice.language == "de" and not voice.online and not voice.unavailable:
                return voice
        raise UnknownVoice("no-german-voice")

    def engine(self, voice_id: str) -> Engine:
        """The engine that speaks with this voice. Raises UnknownVoice as `voice` does."""
        return self._engine(self.voice(voice_id).engine)

    def close(self) -> None:
        """Closes the engines that were opened."""
        with self._lock:
            engines = list(self._open.values())
            self._open.clear()
        for engine in engines:
            engine.close()

    def _each_voice(self) -> Iterator[Voice]:
        """One engine after the other, so that those behind the one sought stay closed."""
        for name in self._openers:
            yield from self._engine(name).voices()

    def _engine(self, name: str) -> Engine:
        with self._lock:
            if name not in self._open:
                self._open[name] = self._openers[name]()
            return self._open[name]


@dataclass(frozen=True, slots=True)
class SpeechServer:
    """A server with OpenAI's speech request: base URL with its /v1, key, names of voices.

    `extra` is merged into each request, such as the language that some servers want to be told.
    """

    url: str
    key: str | None = None
    voices: tuple[str, ...] = ("alloy",)
    model: str = "tts-1"
    extra: Mapping[str, object] = field(default_factory=dict)


def installed(
    *,
    voices_folder: Path,
    workers: int = 1,
    steps: int = 6,
    server: SpeechServer | None = None,
) -> dict[str, Opener]:
    """The engines of this installation, in the order of preference.

    `voices_folder` has the installed voices, and how loud those are that had to be measured;
    `workers` is how many texts an engine on this machine may speak at once, `steps` how often
    Supertonic refines a sound, `server` where to ask for the openai voices.
    """
    openers: dict[str, Opener] = {
        "supertonic": partial(_supertonic, voices_folder, workers, steps),
        "piper": partial(_piper, voices_folder, workers),
        "pico": partial(_pico, workers),
        "gtts": partial(_gtts, voices_folder),
        "espeak": partial(_espeak, workers),
    }
    return openers | ({"openai": partial(_openai, server, voices_folder)} if server else {})


# An engine's module is imported when it is opened: some are large.


def _installed_by(voice_id: str) -> str | None:
    """What `vorleser voices install` takes for a voice that is known and not listed until then."""
    from service.engines.supertonic_files import ENGINE, is_voice  # noqa: PLC0415

    return ENGINE if is_voice(voice_id) else None


def _supertonic(folder: Path, workers: int, steps: int) -> Engine:
    from service.engines.supertonic import SupertonicEngine  # noqa: PLC0415

    return SupertonicEngine(folder=folder, workers=workers, steps=steps)


def _piper(folder: Path, workers: int) -> Engine:
    from service.engines.piper import PiperEngine  # noqa: PLC0415

    return PiperEngine(folder=folder, workers=workers)


def _pico(workers: int) -> Engine:
    from service.engines.pico import PicoEngine  # noqa: PLC0415

    return PicoEngine(workers=workers)


def _gtts(folder: Path) -> Engine:
    from service.engines.gtts import GttsEngine  # noqa: PLC0415

    return GttsEngine(folder=folder)


def _espeak(workers: int) -> Engine:
    from service.engines.espeak import EspeakEngine  # noqa: PLC0415

    return EspeakEngine(workers=workers)


def _openai(server: SpeechServer, folder: Path) -> Engine:
    from service.engines.openai import OpenaiEngine  # noqa: PLC0415

    return OpenaiEngine(server=server, folder=folder)
