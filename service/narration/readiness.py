"""Whether everything that a service needs can be used."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass

from service.contracts import ArticleStore, AudioStore, Voices
from service.domain import Voice
from service.errors import ClipDamaged, SettingsInvalid

_SMALLEST_CLIP = 100  # bytes; smaller is what `check` has put


@dataclass(frozen=True, slots=True)
class Readiness:
    """Tries the parts as they will be used."""

    articles: ArticleStore
    audio: AudioStore
    voices: Voices

    async def check(self) -> Voice:
        """The default voice, when library, audio store and voice can be used.

        Raises StoreError, UnknownVoice.
        """
        await self.articles.newest(limit=1)
        await self.audio.get_range(await self.audio.put(b"ready"), start=0, end=5)
        return await asyncio.to_thread(self.voices.voice, None)

    async def has_lost_library(self) -> bool:
        """Whether there is audio, and nothing of what it was made for."""
        if await self.articles.newest(limit=1):
            return False
        files = await self.audio.files()
        return any(file.size > _SMALLEST_CLIP for file in files)

    async def demand_same_audio(self) -> None:
        """Raises SettingsInvalid when this process puts audio where no service looks for it."""
        articles = await self.articles.newest(limit=3)
        clips = [
            segment.clip for article in articles for segment in article.segments if segment.clip
        ][:3]
        for clip in clips:
            with contextlib.suppress(ClipDamaged):
                await self.audio.get_range(clip.sha256, start=0, end=1)
                return
        if clips:
            raise SettingsInvalid("worker-other-store")
