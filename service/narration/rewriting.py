"""Articles written anew without being asked: for another voice, or by another lexicon."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import structlog

from service.contracts import ArticleStore, ClipStore
from service.domain import Narration, Order
from service.errors import NotFound, UnknownVoice
from service.messages import Message, message
from service.narration.asking import Asking
from service.narration.revisions import Revisions
from service.narration.writing import Writer

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What was asked for stays, and who asks for it again gets the same article."""

    store: ArticleStore
    writer: Writer
    revisions: Revisions
    asking: Asking

    async def respell(self) -> None:
        """Writes the scripts of articles anew that were written with another lexicon."""

        async def revise(old: Narration) -> Narration:
            outcome = await self.writer.outcome(old.spec, old.voice, note=old.note)
            return old.revised(outcome=outcome)

        for article_id in await self.store.outdated(self.writer.lexicon.digest):
            with suppress(UnknownVoice, NotFound):
                await self.revisions.update(article_id, revise)
                await self.asking.speak(article_id)

    async def recast(
        self, article_id: str, *, voice: str, instead_of: str, reason: Message
    ) -> None:
        """Has another voice speak the article, if that one still does. Raises UnknownVoice."""
        note = message("fallback-speaks", voice=voice, asked=instead_of, reason=reason)

        async def revise(old: Narration) -> Narration:
            if instead_of not in old.outcome.voices:
                return old
            log.warning("falling back", article=old.id, voice=voice, reason=str(reason))
            return old.revised(outcome=await self.writer.outcome(old.spec, voice, note=note))

        with suppress(NotFound):
            await self.revisions.update(article_id, revise)
            await self.asking.speak(article_id)


@dataclass(frozen=True, slots=True)
class Fallback:
    """The voice that speaks an article whole when its own is not available, if there is one."""

    voice: str | None
    clips: ClipStore
    rewriting: Rewriting

    async def help(self, clip_id: str, order: Order, reason: Message) -> Message | None:
        """Has the articles that use the clip spoken by it; else returns why they are not."""
        if self.voice in {None, order.voice}:
            return reason
        articles = {use[0] for use in await self.clips.uses(clip_id)}
        if not articles:  # it is of a finished edition, which stays as it is
            return reason
        try:
            for article_id in articles:
                await self.rewriting.recast(
                    article_id, voice=str(self.voice), instead_of=order.voice, reason=reason
                )
        except UnknownVoice as error:
            return message("fallback-no-help", reason=reason, error=error.message)
        return None
