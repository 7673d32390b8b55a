"""Lead picture → small picture: fetched and shrunk once, and kept like what can be made again."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import time
from dataclasses import dataclass, field

from service import reading
from service.contracts import ArticleStore, AudioStore, RenditionStore
from service.domain import Rendition
from service.errors import ClipDamaged, InputError
from service.narration.locks import Locks

_ONE_AT_A_TIME = "pictures"
_AGAIN_S = 600  # what could not be had is not asked for again before
_MOST_FAILURES = 1000  # that are remembered


@dataclass(frozen=True, slots=True)
class Pictures:
    """The articles' lead pictures, as this service shows them."""

    articles: ArticleStore
    store: RenditionStore
    audio: AudioStore
    locks: Locks
    failed_at: dict[str, float] = field(default_factory=dict)

    async def get(self, article_id: str, *, allow_private: bool = False) -> bytes | None:
        """A JPEG of 512 × 512; None where the article has no picture that can be shown.

        Raises NotFound.
        """
        url = (await self.articles.edition(article_id)).article.picture
        if not url:
            return None
        name = hashlib.sha256(f"picture {url}".encode()).hexdigest()
        async with self.locks.hold(name):
            kept = await self._stored(name)
            return kept or await self._fetched(name, url, allow_private=allow_private)

    async def _stored(self, name: str) -> bytes | None:
        kept = await self.store.find(name)
        if kept is None:
            return None
        try:
            return await self.audio.get_range(kept.sha256, start=0, end=kept.size)
        except ClipDamaged:  # it is made again
            return None

    async def _fetched(self, name: str, url: str, *, allow_private: bool) -> bytes | None:
        if time.monotonic() - self.failed_at.get(name, -_AGAIN_S) < _AGAIN_S:
            return None
        try:
            content = await asyncio.to_thread(
                reading.fetch_picture, url, allow_private=allow_private
            )
            async with self.locks.hold(_ONE_AT_A_TIME):
                small = await asyncio.to_thread(reading.text_apart, reading.small_picture, content)
        except InputError:
            self._remember(name)
            return None
        made = base64.b64decode(small)
        await self.store.save(Rendition(name, len(made), await self.audio.put(made)))
        return made

    def _remember(self, name: str) -> None:
        """Takes note of one that could not be had."""
        self.failed_at[name] = time.monotonic()
        if len(self.failed_at) > _MOST_FAILURES:
            del self.failed_at[next(iter(self.failed_at))]
