"""Pico, which tells no word times."""

from __future__ import annotations

import numpy as np
from py_nanotts import NanoTTS

from tests.words.truth import Said


def say(text: str) -> Said:
    """The sentence alone."""
    pcm = NanoTTS().speak(text, voice="de-DE", volume=0.25)
    return Said(text, np.frombuffer(bytes(pcm), "<i2"), 16_000, None, "pico")
