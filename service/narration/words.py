"""Which written words of an article are heard when: its scripts joined with its clips' words."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from service.contracts import ArticleStore
from service.domain import Mark, Narration, Script
from service.narration.aligning import Aligning
from service.spoken.spans import marks

Marks = tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Tells what is known; what is not has been looked for after that."""

    articles: ArticleStore
    aligning: Aligning

    async def known(
        self, article_id: str, edition: int | None = None
    ) -> tuple[Narration, list[Marks | None]]:
        """The article and each paragraph's marks, None where its words are not known yet.

        Those of clips that are made are looked for from now on. Raises NotFound.
        """
        narration = await self.articles.edition(article_id, edition)
        self.aligning.ask(_without_words(narration), is_awaited=True)
        return await _joined(narration)

    async def completed(
        self, article_id: str, edition: int | None = None
    ) -> tuple[Narration, list[Marks | None]]:
        """The same once the words have been looked for of every clip that is made."""
        narration = await self.articles.edition(article_id, edition)
        missing = _without_words(narration)
        if not missing:
            return await _joined(narration)
        for over in self.aligning.ask(missing, is_awaited=True):
            await over.wait()
        return await self.known(article_id, edition)


async def _joined(narration: Narration) -> tuple[Narration, list[Marks | None]]:
    return narration, await asyncio.to_thread(_marks_of, narration)


def _without_words(narration: Narration) -> list[str]:
    segments = narration.segments
    return [segment.clip_id for segment in segments if segment.clip and segment.clip.words is None]


def _marks_of(narration: Narration) -> list[Marks | None]:
    spoken = (
        (segment.script, segment.clip.words if segment.clip else None)
        for segment in narration.segments
    )
    return [None if onsets is None else _marks(script, onsets) for script, onsets in spoken]


@lru_cache(maxsize=1024)  # paragraphs: two of the longest articles
def _marks(script: Script, onsets: Sequence[Sequence[int]]) -> Marks:
    return marks(script, onsets)
