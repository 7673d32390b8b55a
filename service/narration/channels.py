"""The news of each article, for those who follow it in this process."""

from __future__ import annotations

import asyncio
import itertools
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from weakref import WeakSet

from service.domain import WORDS, ClipNews, State, Tally

_BOOT = secrets.token_hex(4)  # news ids of an earlier process mean nothing to this one


@dataclass(frozen=True, slots=True)
class News:
    """What is told of paragraph `number`, and where the whole article stands after it."""

    serial: int
    number: int
    what: ClipNews
    tally: Tally

    @property
    def id(self) -> str:
        """For Last-Event-ID."""
        return f"{_BOOT}-{self.serial}"


class Channels:
    """One channel of news an article, from its first subscriber on."""

    def __init__(self) -> None:
        self._serial = itertools.count(1)
        self._news: dict[str, list[News]] = {}
        self._subscribers: defaultdict[str, WeakSet[asyncio.Event]] = defaultdict(WeakSet)
        self._closed = False

    @property
    def is_used(self) -> bool:
        """Whether anybody follows any article, or may come back to it."""
        return bool(self._news)

    def publish(self, article_id: str, number: int, *, what: ClipNews, tally: Tally) -> None:
        """Tells the article's subscribers, once; it is kept for those who come back."""
        kept = self._news.get(article_id)
        if kept is None or _is_told(kept, number, what):
            return
        kept.append(News(next(self._serial), number, what, tally))
        self._wake(article_id)
        if tally.state is State.READY and not self._subscribers[article_id]:
            self.end(article_id)

    def missed(self, article_id: str, last_id: str | None) -> list[News] | None:
        """The news since the one with that id, None when they are not known."""
        boot, _, serial = (last_id or "").partition("-")
        kept = self._news.get(article_id, [])
        if boot != _BOOT or not serial.isdecimal() or not kept or int(serial) < kept[0].serial:
            return None
        return [news for news in kept if news.serial > int(serial)]

    def subscribe(self, article_id: str) -> AsyncIterator[News]:
        """The news from this call on, until the article is deleted or the service closes."""
        kept = self._news.setdefault(article_id, [])
        news_came = asyncio.Event()
        self._subscribers[article_id].add(news_came)
        return self._coming(article_id, kept, len(kept), news_came)

    async def _coming(
        self, article_id: str, kept: list[News], position: int, news_came: asyncio.Event
    ) -> AsyncIterator[News]:
        while self._news.get(article_id) is kept and not self._closed:
            while position < len(kept):
                position += 1
                yield kept[position - 1]
            news_came.clear()
            if not self._closed:
                await news_came.wait()

    def end(self, article_id: str) -> None:
        """Forgets the article's news and lets its subscribers go."""
        self._news.pop(article_id, None)
        self._wake(article_id)
        self._subscribers.pop(article_id, None)

    def end_all(self) -> None:
        """Lets all go: news were missed, and who comes back is told how things are."""
        for article_id in list(self._news):
            self.end(article_id)

    def close(self) -> None:
        """Lets all go, and takes no more."""
        self._closed = True
        for article_id in list(self._subscribers):
            self._wake(article_id)

    def _wake(self, article_id: str) -> None:
        for event in list(self._subscribers.get(article_id, ())):
            event.set()


def _is_told(kept: list[News], number: int, what: ClipNews) -> bool:
    """Whether nothing else was told of the paragraph since; words change no state."""
    told = (news.what for news in reversed(kept) if news.number == number)
    return what == next((one for one in told if what == WORDS or one != WORDS), None)
