"""Freeing audio that no article uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from service.contracts import AudioStore, AudioUse

_JUST_NOW = timedelta(minutes=1)  # audio that young may not be recorded yet


@dataclass(frozen=True, slots=True)
class Pruning:
    """Keeps the audio store down to a size."""

    audio: AudioStore
    use: AudioUse

    async def prune(self, limit_bytes: int) -> int:
        """Deletes audio that no article uses, the oldest first, until the rest fits the limit.

        Returns how many bytes were freed. What was written just now is left alone.
        """
        files, used = await self.audio.files(), await self.use.used()
        written_before = datetime.now(UTC) - _JUST_NOW
        surplus = sum(file.size for file in files) - limit_bytes
        freed = 0
        for file in files:
            if freed >= surplus or file.written_at > written_before:
                break
            # an article may have come to use it since: the library has the last word
            if file.name not in used and await self.use.forget(file.name):
                await self.audio.delete(file.name)
                freed += file.size
        return freed
