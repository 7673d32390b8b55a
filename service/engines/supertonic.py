"""Supertonic 3: ten neural voices that speak German on this machine, without torch and a GPU."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from threading import BoundedSemaphore, Lock

from service.domain import Form, Sound, Voice
from service.engines.loudness import HOUSE_LUFS
from service.engines.speaking import demand_voice, in_pieces
from service.engines.supertonic_files import FOLDER, LICENCE, NAMES, missing
from service.engines.supertonic_model import Model, load
from service.errors import EngineUnavailable, SpeechIncomplete
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
        voices = [self._voice(name) for name in NAMES]
        return voices if any(not voice.unavailable for voice in voices) else voices[:1]

    def speak(self, text: str, *, voice: str) -> Sound:
        """All of `text` at 44.1 kHz, in pieces of at most 120 characters.

        Raises EngineUnavailable when the graphs cannot be loaded, SpeechIncomplete when there
        is nothing to say, a letter is not known, or the pace says that words are missing.
        """
        demand_voice(voice, (f"{self.name}:{known}" for known in NAMES))
        name = voice.removeprefix(f"{self.name}:")
        model = self._opened()
        say = partial(self._say, model=model, name=name)
        gain_db = HOUSE_LUFS - LEVELS_LUFS[name]
        return in_pieces(text, longest=_LONGEST_PIECE, say=say, gain_db=gain_db)

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

    def _say(self, piece: str, *, model: Model, name: str) -> Sound:
        """A piece, in halves where the predicted pace says that it would not be said as it is."""
        with self._turns:
            sound = model.say(piece, name, steps=self._steps)
        if sound:
            return sound
        if len(piece) <= _SHORTEST_PIECE:
            raise SpeechIncomplete("pace-implausible", text=piece[:80])
        say = partial(self._say, model=model, name=name)
        return in_pieces(piece, longest=len(piece) // 2 + 1, say=say)


def _incomplete(file: str) -> Message:
    return message("voice-incomplete", file=file, voice="supertonic")
