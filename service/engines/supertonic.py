"""Supertonic 3: ten neural voices that speak German on this machine, without torch and a GPU."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import BoundedSemaphore, Lock

from service.domain import Form, Sound, Voice
from service.engines.cuts import pieces
from service.engines.loudness import HOUSE_LUFS
from service.engines.seams import joined
from service.engines.supertonic_files import FOLDER, LICENCE, NAMES, missing
from service.engines.supertonic_model import RATE_HZ, Model, load
from service.engines.text import is_speakable, one_line
from service.errors import EngineUnavailable, SpeechIncomplete, UnknownVoice
from service.messages import Message, message

LEVELS_LUFS = {"F1": -16.6, "F2": -17.0, "F3": -17.1, "F4": -16.9, "F5": -15.4,
               "M1": -18.2, "M2": -19.1, "M3": -16.4, "M4": -16.5, "M5": -16.3}  # fmt: skip

_FORM = Form(spell_letters=True)
_LONGEST_PIECE = 120  # longer ones skip words; the limit for German is not known
_SHORTEST_PIECE = 24  # is not cut any more


class SupertonicEngine:
    """The voices in `folder`; `workers` threads speak at once, and share what was loaded once.

    `steps` is how often the estimator refines the sound: 5 is quick, 8 the makers' own.
    """

    name = "supertonic"
    longest_text = 20_000

    def __init__(self, *, folder: Path, workers: int = 1, steps: int = 6) -> None:
        self._folder = folder / FOLDER
        self._steps = steps
        self._turns = BoundedSemaphore(workers)
        self._model: Model | None = None
        self._lock = Lock()
        self._closed = False

    def voices(self) -> Sequence[Voice]:
        """The ten voices; while they are not installed only the first, with what to do."""
        found = [self._voice(name) for name in NAMES]
        return found if any(not voice.unavailable for voice in found) else found[:1]

    def speak(self, text: str, *, voice: str) -> Sound:
        """All of `text` at 44.1 kHz, in pieces of at most 120 characters.

        Raises EngineUnavailable when the graphs cannot be loaded, SpeechIncomplete when there
        is nothing to say, a letter is not known, or the pace says that words are missing.
        """
        name = voice.removeprefix("supertonic:")
        if name not in NAMES or name == voice:
            raise UnknownVoice(
                "voice-unknown", voice=voice, voices=[f"supertonic:{known}" for known in NAMES]
            )
        model = self._opened()
        line = one_line(text)
        if not is_speakable(line):
            raise SpeechIncomplete("nothing-to-say", text=text[:80])
        cut = [piece for piece in pieces(line, _LONGEST_PIECE) if is_speakable(piece)]
        said = [part for piece in cut for part in self._said(model, piece, name)]
        sound = joined([piece for piece, _ in said], [part for _, part in said])
        return Sound(sound.pcm, RATE_HZ, HOUSE_LUFS - LEVELS_LUFS[name])

    def close(self) -> None:
        """Lets go of the graphs."""
        with self._lock:
            self._closed = True
            self._model = None

    def _voice(self, name: str) -> Voice:
        absent = missing(self._folder, name)
        return Voice(
            id=f"supertonic:{name}",
            name=f"Supertonic {name}",
            engine=self.name,
            language="de",
            licence=LICENCE,
            form=_FORM,
            unavailable=_incomplete(absent) if absent else None,
            settings=f"steps={self._steps}",
        )

    def _opened(self) -> Model:
        with self._lock:
            if self._closed:
                raise EngineUnavailable("engine-closed")
            self._model = self._model or load(self._folder)
            return self._model

    def _said(self, model: Model, piece: str, name: str) -> list[tuple[str, Sound]]:
        """A piece and its sound, in halves where the pace says that it was not said as it is."""
        with self._turns:
            sound = model.say(piece, name, steps=self._steps)
        if sound:
            return [(piece, sound)]
        if len(piece) <= _SHORTEST_PIECE:
            raise SpeechIncomplete("pace-implausible", text=piece[:80])
        halves = filter(is_speakable, pieces(piece, len(piece) // 2 + 1))
        return [part for half in halves for part in self._said(model, half, name)]


def _incomplete(file: str) -> Message:
    return message("voice-incomplete", file=file, voice="supertonic")
