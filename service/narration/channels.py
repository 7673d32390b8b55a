"""The news of each article, for those who follow it in this process."""

from __future__ import annotations

import asyncio
import itertools
import secrets
from collections import defaultdict
from dataclasses import dataclass
from typing import Self

from service.domain import WORDS, ClipNews, Tally

_BOOT = secrets.token_hex(4)  # news ids of an earlier process mean nothing to this one


@dataclass(frozen=True, slots=True)
class News:
    """What is told of paragraph `number`, and where the whole article stands after it.

    `clip_id` is its clip's, by which one knows whether it is still the same paragraph.
    """

    serial: int
    number: int
    what: ClipNews
    tally: Tally
    clip_id: str = ""

    @property
    def id(self) -> str:
        """For Last-Event-ID."""
        return f"{_BOOT}-{self.serial}"

    def is_old(self, earlier: list[News]) -> bool:
        """Whether nothing else was told of its clip there since; words change no state."""
        place = (self.number, self.clip_id)
        of_it = (news.what for news in reversed(earlier) if (news.number, news.clip_id) == place)
        return self.what == next(
            (what for what in of_it if self.what == WORDS or what != WORDS), None
        )


class Channels:
    """One channel of news an article, from its first subscriber on."""

    def __init__(self) -> None:
        self._serial = itertools.count(1)
        self._news: dict[str, list[News]] = {}
        self._subscribers: defaultdict[str, set[Following]] = defaultdict(set)
        self.is_closed = False

    @property
    def is_used(self) -> bool:
        """Whether anybody follows any article, or may come back to it."""
        return bool(self._news)

    def publish(
        self, article_id: str, number: int, *, what: ClipNews, tally: Tally, clip_id: str = ""
    ) -> None:
        """Tells the article's subscribers, once; it is kept for those who come back."""
        kept = self._news.get(article_id)
        if kept is None:
            return
        news = News(next(self._serial), number, what, tally, clip_id)
        if news.is_old(kept):
            return
        kept.append(news)
        self._wake(article_id)
        self._tidy(article_id)

    def missed(self, article_id: str, last_id: str | None) -> list[News] | None:
        """The news since the one with that id, None when they are not known."""
        boot, _, serial = (last_id or "").partition("-")
        kept = self._news.get(article_id, [])
        if boot != _BOOT or not serial.isdecimal() or not kept or int(serial) < kept[0].serial:
            return None
        return [news for news in kept if news.serial > int(serial)]

    def subscribe(self, article_id: str) -> Following:
        """The news from this call on, until the article is deleted or the service closes."""
        following = Following(self, article_id, self._news.setdefault(article_id, []))
        self._subscribers[article_id].add(following)
        return following

    def leave(self, following: Following) -> None:
        """Counts it as a subscriber no longer."""
        article_id = following.article_id
        self._subscribers[article_id].discard(following)
        self._tidy(article_id)

    def end(self, article_id: str) -> None:
        """Forgets the article's news and lets its subscribers go."""
        self._news.pop(article_id, None)
        for following in self._subscribers.pop(article_id, ()):
            following.end()

    def end_all(self) -> None:
        """Lets all go: news were missed, and who comes back is told how things are."""
        for article_id in list(self._news):
            self.end(article_id)

    def close(self) -> None:
        """Lets all go, and takes no more."""
        self.is_closed = True
        for article_id in list(self._subscribers):
            self._wake(article_id)

    def _wake(self, article_id: str) -> None:
        for following in self._subscribers.get(article_id, ()):
            following.wake()

    def _tidy(self, article_id: str) -> None:
        """Forgets news that nobody follows and nobody needs: who comes back is told the end."""
        kept = self._news.get(article_id)
        is_wanted = self._subscribers.get(article_id) or (kept and not kept[-1].tally.is_settled)
        if kept is not None and not is_wanted:
            self.end(article_id)


class Following:
    """One subscriber's news of one article, each once, in order."""

    def __init__(self, channels: Channels, article_id: str, kept: list[News]) -> None:
        self.article_id = article_id
        self._channels = channels
        self._kept = kept
        self._position = len(kept)
        self._came = asyncio.Event()
        self._is_over = channels.is_closed

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> News:
        while self._position == len(self._kept):
            if self._is_over or self._channels.is_closed:
                raise StopAsyncIteration
            self._came.clear()
            await self._came.wait()
        self._position += 1
        return self._kept[self._position - 1]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._channels.leave(self)

    def wake(self) -> None:
        """There are news, or there will be none."""
        self._came.set()

    def end(self) -> None:
        """No more news will come."""
        self._is_over = True
        self._came.set()
