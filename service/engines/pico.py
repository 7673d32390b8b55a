"""SVOX Pico: the German voice that comes with every installation, in worker processes."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from service.domain import Form, Sound, Voice
from service.engines.cuts import pieces
from service.engines.pico_text import clean, sounds
from service.engines.speaking import demand_voice
from service.engines.worker import Pool, Refused, Task
from service.errors import SpeechIncomplete

RATE_HZ = 16_000
GAIN_DB = 5.3  # to −19 LUFS, measured on whole articles at the volume that raw_pico asks for
VOICE = Voice(
    "pico:de-DE",
    "Pico",
    "pico",
    "de",
    "Apache-2.0",
    form=Form(spell_letters=True, shortest_spelled=4),  # it spells three capitals by itself
)

_LONGEST_PIECE = 280  # characters; phrases of 320 and more can end in noise or an error
_QUICKEST_SOUNDS_PER_S = 22.0  # of 200 sentences the quickest has 17.8, half have 14.2
_SMALLEST_PIECE = 8
_LETTERS_OF_A_DIGIT = 7
_SHORT_SOUNDS = 4  # may go by in no time
_LIMIT_S = 5.0
_LIMIT_PER_LETTER_S = 0.02  # a hundred times what an idle machine needs
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

    def speak(self, text: str, *, voice: str) -> Sound:
        """All of `text` at 16 kHz; long text is spoken clause by clause.

        Raises SpeechIncomplete when nothing in it can be said or too little was.
        """
        demand_voice(voice, [VOICE.id])
        speakable = clean(text)
        if not speakable:
            raise SpeechIncomplete("nothing-to-say", text=text[:80])
        cut = pieces(speakable, _LONGEST_PIECE)
        *before, (_, last) = [part for piece in cut for part in self._say(piece)]
        return Sound(b"".join([*(_end_short(*part) for part in before), last]), RATE_HZ, GAIN_DB)

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of the workers that run now."""
        return self._pool.pids

    def close(self) -> None:
        """Ends the workers."""
        self._pool.close()

    def _say(self, piece: str) -> list[tuple[str, bytes]]:
        """A piece and its sound, in halves where Pico gives up or makes noise of it."""
        smallest = len(piece) <= _SMALLEST_PIECE
        if smallest or _weight(piece) <= _LONGEST_PIECE:
            try:
                pcm = self._pool.speak(_task(piece))
            except Refused:
                if smallest:
                    raise
            else:
                if smallest or not _is_noisy(pcm):
                    return [(piece, pcm)]
        halves = pieces(piece, len(piece) // 2 + 1)
        return [part for half in halves for part in self._say(half)]


def _weight(piece: str) -> int:
    """About how many letters the piece has when its numbers are spelt out."""
    return len(piece) + _LETTERS_OF_A_DIGIT * sum(map(str.isdigit, piece))


def _is_noisy(pcm: bytes) -> bool:
    """Whether a sample is at full scale: speech never is at this volume, a burst of noise is."""
    place = pcm.find(b"\xff\x7f")
    while place % 2 and place > 0:
        place = pcm.find(b"\xff\x7f", place + 1)
    return place >= 0


def _task(piece: str) -> Task:
    least_s = (sounds(piece) - _SHORT_SOUNDS) / _QUICKEST_SOUNDS_PER_S
    limit_s = _LIMIT_S + _LIMIT_PER_LETTER_S * len(piece)
    return Task(piece, limit_s, least_bytes=2 * max(1, int(least_s * RATE_HZ)))


def _end_short(piece: str, pcm: bytes) -> bytes:
    """Without the long silence that Pico adds as if the sentence were over; a breath stays.

    By hand and not with numpy, which is not needed to speak otherwise and slow to import.
    """
    samples = array("h", pcm)
    end = len(samples)
    while end and abs(samples[end - 1]) <= _NOISE:
        end -= 1
    pause = _CLAUSE_PAUSE_SAMPLES if piece[-1] in ".,;:!?" else 0
    return samples[: end + pause].tobytes()
