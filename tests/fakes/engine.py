"""An engine that beeps, and tells what it was given to say."""

from __future__ import annotations

from collections.abc import Callable

from service.domain import Sound
from service.engines.silence import SilenceEngine

VOICE = SilenceEngine().voices()[0]


class ToneEngine(SilenceEngine):
    """Tones; `before` is called with each text and may raise, `spoken` lists them all."""

    longest_text = 100_000

    def __init__(self, *, before: Callable[[str], None] = lambda _text: None) -> None:
        super().__init__()
        self._before = before
        self.spoken: list[str] = []

    def speak(self, text: str, *, voice: str) -> Sound:
        self._before(text)
        self.spoken.append(text)
        return super().speak(text, voice=voice)
