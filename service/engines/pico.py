"""SVOX Pico: the German voice that comes with every installation, in worker processes."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from service.domain import Sound, Voice
from service.engines.cuts import pieces
from service.engines.pico_text import clean, letters
from service.engines.worker import Pool, Task
from service.errors import SpeechIncomplete, UnknownVoice

RATE_HZ = 16_000
VOICE = Voice("pico:de-DE", "Pico", "pico", "de", "Apache-2.0")

_LONGEST_PIECE = 200  # characters between two breaths; Pico garbles much longer phrases
_QUICKEST_LETTERS_PER_S = 40.0
_PATIENCE_S = 5.0
_PATIENCE_PER_LETTER_S = 0.02  # a hundred times what an idle machine needs
_CLAUSE_PAUSE_SAMPLES = RATE_HZ // 5
_NOISE = 100  # Pico's silence stays below, of 32,767


class PicoEngine:
    """Pico in `workers` processes. Opening costs nothing before the first text."""

    name = "pico"
    longest_text = 20_000

    def __init__(self, *, workers: int = 1) -> None:
        self._pool = Pool("service.engines.raw_pico", workers=workers)

    def voices(self) -> Sequence[Voice]:
        """The German voice."""
        return (VOICE,)

    def speak(self, text: str, *, voice: str, rate: float = 1.0) -> Sound:
        """All of `text` at 16 kHz; long text is spoken clause by clause.

        Raises SpeechIncomplete when nothing in it can be said or too little was.
        """
        if voice != VOICE.id:
            raise UnknownVoice(f"There is no voice {voice}; take {VOICE.id}.")
        speakable = clean(text)
        if not speakable:
            raise SpeechIncomplete(f"Pico cannot say anything of “{text[:80]}”.")
        spoken = [
            self._pool.speak(_task(piece, rate)) for piece in pieces(speakable, _LONGEST_PIECE)
        ]
        return Sound(b"".join([*map(_end_short, spoken[:-1]), spoken[-1]]), RATE_HZ)

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of the workers that run now."""
        return self._pool.pids

    def close(self) -> None:
        """Ends the workers."""
        self._pool.close()


def _task(piece: str, rate: float) -> Task:
    least_s = letters(piece) / _QUICKEST_LETTERS_PER_S / rate
    limit_s = _PATIENCE_S + _PATIENCE_PER_LETTER_S * len(piece)
    return Task(piece, rate, limit_s, least_bytes=2 * max(1, int(least_s * RATE_HZ)))


def _end_short(pcm: bytes) -> bytes:
    """Without the long silence that Pico adds, as if the sentence were over."""
    samples = array("h", pcm)
    end = len(samples)
    while end and abs(samples[end - 1]) <= _NOISE:
        end -= 1
    return samples[: end + _CLAUSE_PAUSE_SAMPLES].tobytes()
