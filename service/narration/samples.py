"""Samples: how a voice sounds, in the same words for each; spoken once and kept in memory."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import partial

from service.narration.locks import Locks
from service.narration.speech import FORMATS, sentences
from service.narration.writing import Writer

TEXT = "Guten Tag. Am Morgen lag noch Nebel über dem Fluss, doch bald kam die Sonne durch."
_MOST_KEPT = 64  # of some 50 kB each


@dataclass(frozen=True, slots=True)
class Samples:
    """A sample of each voice that somebody wanted to hear."""

    writer: Writer
    locks: Locks
    kept: dict[str, bytes] = field(default_factory=dict)

    async def get(self, voice_id: str) -> bytes:
        """The voice's sample as MP3. Raises UnknownVoice, SpeechError."""
        async with self.locks.hold(f"sample {voice_id}"):
            if voice_id not in self.kept:
                made = await asyncio.to_thread(self._spoken, voice_id)
                if len(self.kept) >= _MOST_KEPT:
                    del self.kept[next(iter(self.kept))]
                self.kept[voice_id] = made
            return self.kept[voice_id]

    def _spoken(self, voice_id: str) -> bytes:
        voices, lexicon = self.writer.voices, self.writer.lexicon
        voice = voices.voice(voice_id)
        speak = partial(voices.engine(voice.id).speak, voice=voice.id)
        speeches = sentences(TEXT, voice, speak=speak, lexicon=lexicon)
        return b"".join(FORMATS["mp3"].encode(speeches))
