"""Articles: posted, edited, tried again, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from service.contracts import ArticleStore, Listings
from service.domain import Article, Cast, Choice, Extra, Listed, Narration, Place
from service.errors import AlreadyThere, NotFound, UnknownVoice, VersionConflict
from service.narration.asking import Asking
from service.narration.cache import TrackCache
from service.narration.channels import Channels
from service.narration.head_start import HeadStart
from service.narration.posting import Posting, in_order, planned
from service.narration.progress import Progress
from service.narration.revisions import MOST_TRIES, Revisions
from service.narration.writing import AS_USUAL, Manner, Writer

_ORIGIN = ("byline", "site", "source_url", "published_at", "picture")


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be another from now on; None leaves it as it is.

    A `title` is the user's own: then reading the page again does not overwrite it. Another text
    that does not say where it is from is still from where the old one was.
    """

    article: Article | None = None
    title: str | None = None
    source_url: str | None = None
    voice: str | None = None
    rate: float | None = None
    extras: Sequence[Extra] | None = None
    collections: Sequence[str] | None = None
    cast: Cast | None = None

    @property
    def is_heard(self) -> bool:
        """Whether more than collections is to change."""
        heard = (self.article, self.title, self.voice, self.rate, self.cast, self.extras)
        return any(given is not None for given in (*heard, self.source_url))

    @property
    def is_recast(self) -> bool:
        """Whether it says who is to speak."""
        return self.voice is not None or self.cast is not None

    def text(self, old: Article) -> Article:
        """The article as it reads from now on."""
        if self.article:
            return self.article if self.article.source_url else _from_where(old, self.article)
        text = replace(old, source_url=self.source_url or old.source_url)
        if self.title is None:
            return text
        head = replace(old.paragraphs[0], text=self.title)
        return replace(text, paragraphs=(head, *old.paragraphs[1:]), page=None)


def _from_where(old: Article, new: Article) -> Article:
    """The newer text of an article, with what it does not tell itself of where it is from."""
    told = {name: getattr(new, name) or getattr(old, name) for name in _ORIGIN}
    return replace(new, **told)


@dataclass(frozen=True, slots=True)
class Articles:
    """The articles of a library; what is posted or changed is spoken."""

    store: ArticleStore
    listings: Listings
    writer: Writer
    revisions: Revisions
    asking: Asking
    head_start: HeadStart
    progress: Progress
    channels: Channels
    cache: TrackCache
    announces: bool = False

    async def get(self, article_id: str) -> Narration:
        """The newest edition with the state of its paragraphs as of now. Raises NotFound."""
        return self._as_of_now(await self.store.get(article_id))

    async def edition(self, article_id: str, number: int | None = None) -> Narration:
        """That edition; without a number what listeners get: the last finished one if there is one.

        Raises NotFound.
        """
        return self._as_of_now(await self.store.edition(article_id, number))

    async def listed(
        self, choice: Choice, *, limit: int, after: Place | None = None
    ) -> list[Listed]:
        """Up to `limit` articles after that place, as of now."""
        speaking = self.progress.speaking
        return await self.listings.listed(choice, limit=limit, after=after, speaking=speaking)

    async def newest(self, *, limit: int) -> list[Narration]:
        """Up to `limit` articles, newest first, with all of their paragraphs."""
        return [self._as_of_now(kept) for kept in await self.store.newest(limit=limit)]

    async def post(
        self,
        article: Article,
        *,
        manner: Manner = AS_USUAL,
        collections: Sequence[str] = (),
        is_news: bool = True,
    ) -> tuple[Narration, bool]:
        """Stores the article and has it spoken; False stands for: it was there already.

        One from a web page that is known takes the place of what was read there before. One
        that is there stays in its collections besides these. Raises ArticleTooLong, UnknownVoice.
        """
        [kept] = await self.post_all(
            [article], manner=manner, collections=collections, is_news=is_news
        )
        return kept

    async def post_all(
        self,
        articles: Sequence[Article],
        *,
        manner: Manner = AS_USUAL,
        collections: Sequence[str] = (),
        is_news: bool = True,
    ) -> list[tuple[Narration, bool]]:
        """As post, for the chapters of a book: all of them are kept, or none."""
        written = await self._written(articles, manner)
        posting = await self._saved(written, collections, announces=self.announces and is_news)
        kept = {article_id: await self.asking.speak(article_id) for article_id in posting.heard}
        self.head_start.kept(kept.values())
        for article_id in dict.fromkeys(posting.ids):
            kept[article_id] = self._as_of_now(
                kept.get(article_id) or await self.store.get(article_id)
            )
        return [(kept[article_id], article_id in posting.new) for article_id in posting.ids]

    async def edit(
        self, article_id: str, change: Change, *, version: int | None = None
    ) -> Narration:
        """Changes what is there now; paragraphs that stay the same keep their clips.

        With `version` that one is changed or none. Raises NotFound, VersionConflict,
        AlreadyThere, ArticleTooLong, UnknownVoice.
        """

        async def revise(old: Narration) -> Narration:
            names = None if change.collections is None else in_order(change.collections)
            if not change.is_heard:
                return old.revised(collections=names)
            asked_voice = change.voice or old.spec.voice
            text, rate = change.text(old.article), change.rate or old.rate
            extras = old.spec.extras if change.extras is None else change.extras
            cast = old.spec.cast if change.cast is None else change.cast
            manner = Manner(asked_voice, rate, cast, tuple(extras))
            spec = await self.writer.spec(text, manner)
            voice, note = (asked_voice, None) if change.is_recast else (old.voice, old.note)
            outcome = await self.writer.outcome(spec, voice, note=note)
            return old.revised(spec=spec, outcome=outcome, collections=names)

        announces = self.announces and change.is_heard
        await self.revisions.update(article_id, revise, version=version, announces=announces)
        if change.is_heard:
            return self._as_of_now(await self.asking.speak(article_id))
        return await self.get(article_id)

    async def retry(self, article_id: str) -> Narration:
        """Tries failed paragraphs again, or the voice that was asked for. Raises NotFound."""

        async def revise(old: Narration) -> Narration:
            with suppress(UnknownVoice):
                if _has_fallback(old):
                    return old.revised(outcome=await self.writer.outcome(old.spec, old.spec.voice))
            return old

        await self.revisions.update(article_id, revise, announces=self.announces)
        return self._as_of_now(await self.asking.speak(article_id))

    async def delete(self, article_id: str) -> None:
        """Forgets the article; clips that no other article uses are freed by prune."""
        await self.store.delete(article_id)
        self.cache.clear()
        self.channels.end(article_id)

    async def _written(self, articles: Sequence[Article], manner: Manner) -> list[Narration]:
        """What is said of them; the first begins to be spoken meanwhile."""
        first, *others = articles
        return [
            await self.writer.new(first, manner, begin=self.head_start.begin),
            *[await self.writer.new(other, manner) for other in others],
        ]

    async def _saved(
        self, written: Sequence[Narration], collections: Sequence[str], *, announces: bool
    ) -> Posting:
        """What posting them changes, kept as a whole; planned anew when somebody was quicker."""
        for _ in range(MOST_TRIES):
            posting = await planned(self.store, written, collections)
            announce = posting.heard if announces else ()
            with suppress(VersionConflict, AlreadyThere, NotFound):
                await self.store.save(posting.changes, announce=announce)
                self.cache.clear()
                return posting
        raise VersionConflict("library-changes")

    def _as_of_now(self, narration: Narration) -> Narration:
        return narration.with_speaking(self.progress.is_speaking)


def _has_fallback(narration: Narration) -> bool:
    """Whether one voice speaks all of it instead of those that were asked for."""
    is_cast_aside = bool(narration.spec.cast) and narration.note is not None
    return narration.asked_voice is not None or is_cast_aside
