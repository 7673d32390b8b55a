"""eSpeak NG: a robot's voice that speaks everywhere, in worker processes."""

from __future__ import annotations

import ctypes.util
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec

from service.domain import Form, Sound, Voice
from service.engines.speaking import demand_voice, in_pieces
from service.engines.text import shortest_s
from service.engines.worker import Pool, Task
from service.messages import message

RATE_HZ = 22_050
GAIN_DB = 6.4  # to −19 LUFS, measured on whole articles at the volume that raw_espeak asks for
VOICE_ID = "espeak:de"

_LONGEST_PIECE = 1_000
_LIMIT_S = 5.0
_LIMIT_PER_LETTER_S = 0.02


class EspeakEngine:
    """espeak in `workers` processes. Opening costs nothing before the first text."""

    name = "espeak"
    longest_text = 20_000

    def __init__(self, *, workers: int = 1) -> None:
        self._pool = Pool("service.engines.raw_espeak", workers=workers)

    def voices(self) -> Sequence[Voice]:
        """The German voice; unavailable without the optional extra or the system's library."""
        return (
            Voice(
                VOICE_ID,
                "eSpeak",
                self.name,
                "de",
                "GPL-3.0-or-later",
                form=Form(spell_letters=True, split_numbers=True),
                unavailable=None if _is_installed() else message("extra-missing", extra="espeak"),
            ),
        )

    def speak(self, text: str, *, voice: str) -> Sound:
        """All of `text` at 22.05 kHz. Raises SpeechIncomplete when nothing in it can be said."""
        demand_voice(voice, [VOICE_ID])
        return in_pieces(text, longest=_LONGEST_PIECE, say=self._say, gain_db=GAIN_DB)

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of the workers that run now."""
        return self._pool.pids

    def close(self) -> None:
        """Ends the workers."""
        self._pool.close()

    def _say(self, piece: str) -> Sound:
        return Sound(self._pool.speak(_task(piece)), RATE_HZ)


def _task(piece: str) -> Task:
    limit_s = _LIMIT_S + _LIMIT_PER_LETTER_S * len(piece)
    least = max(1, int(shortest_s(piece) * RATE_HZ))
    return Task(piece, limit_s, least_bytes=2 * least)


@cache
def _is_installed() -> bool:
    """Whether a wheel or the system has the library."""
    return bool(find_spec("espeakng_loader") or ctypes.util.find_library("espeak-ng"))
