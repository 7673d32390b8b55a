"""A deterministic engine for tests: one quiet tone for each call, no words.

The tone lasts as long as its letters would (15 a second), so that trimming, timing and
completeness can be tested without a voice.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence

from service.domain import Sound, Voice
from service.engines.speaking import demand_voice
from service.errors import EngineFailed, EngineUnavailable

VOICE = Voice("silence:de", "Testton", "silence", "de", "MIT")
RATE_HZ = 16_000
LETTERS_PER_S = 15
HEAD_MS = 50  # silence before the tone
TAIL_MS = 200  # silence after it
_PERIOD_SAMPLES = 40  # 400 Hz, and every tone is made of whole periods
_PEAK = 3_000

_PERIOD = array(
    "h", (round(_PEAK * math.sin(2 * math.pi * n / _PERIOD_SAMPLES)) for n in range(40))
).tobytes()


class SilenceEngine:
    """Tones instead of speech. Texts named in `fails` raise, those in `empty` are silent."""

    name = "silence"
    longest_text = 1_000

    def __init__(self, *, fails: Sequence[str] = (), empty: Sequence[str] = ()) -> None:
        self._fails = frozenset(fails)
        self._empty = frozenset(empty)
        self._closed = False

    def voices(self) -> Sequence[Voice]:
        """The one voice, `silence:de`."""
        return (VOICE,)

    def speak(self, text: str, *, voice: str) -> Sound:
        """A tone of 1/15 s a letter. Raises what it was built to raise."""
        demand_voice(voice, [VOICE.id])
        if self._closed:
            raise EngineUnavailable("engine-closed")
        if text in self._fails:
            raise EngineFailed("engine-failed-at", text=text, error="it was told to fail")
        return Sound(b"" if text in self._empty else _tone(text), RATE_HZ)

    def close(self) -> None:
        """Speaking afterwards is an error."""
        self._closed = True


def tone_samples(text: str) -> int:
    """Length of the tone for `text`, in samples at 16 kHz, silence not counted."""
    letters = sum(map(str.isalnum, text))
    periods = letters * RATE_HZ / LETTERS_PER_S / _PERIOD_SAMPLES
    return math.ceil(periods) * _PERIOD_SAMPLES


def _tone(text: str) -> bytes:
    tone = _PERIOD * (tone_samples(text) // _PERIOD_SAMPLES)
    return _quiet(HEAD_MS) + tone + _quiet(TAIL_MS)


def _quiet(length_ms: int) -> bytes:
    return bytes(2 * length_ms * RATE_HZ // 1000)
