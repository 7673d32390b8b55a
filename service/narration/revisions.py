"""Changes of what is kept: read, changed, and written if nobody was quicker, else once more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from service.contracts import ArticleStore
from service.domain import Narration
from service.errors import VersionConflict
from service.narration.cache import TrackCache
from service.narration.locks import Locks

MOST_TRIES = 50  # each lost one is a change that somebody else has made

Revise = Callable[[Narration], Awaitable[Narration]]
"""Gives the next version of an article; the same object where nothing is to change."""


@dataclass(frozen=True, slots=True)
class Revisions:
    """Next versions of articles that are there."""

    store: ArticleStore
    cache: TrackCache
    locks: Locks

    async def update(
        self,
        article_id: str,
        revise: Revise,
        *,
        version: int | None = None,
        announces: bool = False,
    ) -> None:
        """Revises the newest version, or that one and no other; `announces` makes news due.

        Raises NotFound, VersionConflict, AlreadyThere, and what `revise` raises.
        """
        async with self.locks.hold(article_id):  # in this process nobody works in vain
            for _ in range(MOST_TRIES):
                old = await self.store.get(article_id)
                if version not in {None, old.version}:
                    break
                new = await revise(old)
                if new is old or await self._is_saved(new, announces=announces):
                    return
        raise VersionConflict("article-changed", article=article_id)

    async def _is_saved(self, new: Narration, *, announces: bool) -> bool:
        try:
            await self.store.save([new], announce=[new.id] if announces else [])
        except VersionConflict:
            return False
        self.cache.clear()
        return True
