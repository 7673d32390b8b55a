"""Who waits for what: clips being made, and the news of each article."""

from __future__ import annotations

import asyncio
import itertools
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from weakref import WeakSet, WeakValueDictionary

from service.domain import State, Tally

_BOOT = secrets.token_hex(4)  # news ids of an earlier process mean nothing to this one


@dataclass(frozen=True, slots=True)
class News:
    """Paragraph `number` changed its state, and where the whole article stands after it."""

    serial: int
    number: int
    state: State
    tally: Tally

    @property
    def id(self) -> str:
        """For Last-Event-ID."""
        return f"{_BOOT}-{self.serial}"


class Progress:
    """What happens in this process right now; nothing here outlives it."""

    def __init__(self) -> None:
        self._serial = itertools.count(1)
        self._settled: WeakValueDictionary[str, asyncio.Event] = WeakValueDictionary()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._speaking: set[str] = set()
        self._news: dict[str, list[News]] = {}
        self._followers: defaultdict[str, WeakSet[asyncio.Event]] = defaultdict(WeakSet)
        self._closed = False

    def is_speaking(self, clip_id: str) -> bool:
        """Whether the clip is being made at this moment."""
        return clip_id in self._speaking

    @property
    def is_followed(self) -> bool:
        """Whether anybody follows any article, or may come back to it."""
        return bool(self._news)

    def settled(self, clip_id: str) -> asyncio.Event:
        """Is set when the clip is next made or failed; take it before looking for the clip."""
        return self._settled.setdefault(clip_id, asyncio.Event())

    @asynccontextmanager
    async def alone(self, wanted: str) -> AsyncIterator[None]:
        """Whoever makes this clip, track or file does it alone; who waits is woken at the end."""
        lock = self._locks.setdefault(wanted, asyncio.Lock())
        async with lock:
            try:
                yield
            finally:
                self.finish(wanted)

    def begin(self, clip_id: str) -> None:
        """The clip is being made from now on."""
        self._speaking.add(clip_id)

    def finish(self, clip_id: str) -> None:
        """The clip is not being made any more; wakes those who wait for it."""
        self._speaking.discard(clip_id)
        if event := self._settled.pop(clip_id, None):
            event.set()

    def publish(self, article_id: str, number: int, *, state: State, tally: Tally) -> None:
        """Tells the article's followers, once; the news is kept for those who come back."""
        kept = self._news.get(article_id)
        if kept is None or state is _last_state(kept, number):
            return
        kept.append(News(next(self._serial), number, state, tally))
        self._wake(article_id)
        if tally.state is State.READY and not self._followers[article_id]:
            self.end(article_id)

    def missed(self, article_id: str, last_id: str | None) -> list[News] | None:
        """The news since the one with that id, None when they are not known."""
        boot, _, serial = (last_id or "").partition("-")
        kept = self._news.get(article_id, [])
        if boot != _BOOT or not serial.isdecimal() or not kept or int(serial) < kept[0].serial:
            return None
        return [news for news in kept if news.serial > int(serial)]

    def follow(self, article_id: str) -> AsyncIterator[News]:
        """The news from this call on, until the article is deleted or the service closes."""
        kept = self._news.setdefault(article_id, [])
        news_came = asyncio.Event()
        self._followers[article_id].add(news_came)
        return self._following(article_id, kept, len(kept), news_came)

    async def _following(
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
        """Forgets the article's news and lets its followers go."""
        self._news.pop(article_id, None)
        self._wake(article_id)
        self._followers.pop(article_id, None)

    def end_all(self) -> None:
        """Lets all followers go: news were missed, and who comes back is told how things are."""
        for article_id in list(self._news):
            self.end(article_id)

    def close(self) -> None:
        """Lets all followers go."""
        self._closed = True
        for article_id in list(self._followers):
            self._wake(article_id)

    def _wake(self, article_id: str) -> None:
        for event in list(self._followers.get(article_id, ())):
            event.set()


def _last_state(news: list[News], number: int) -> State | None:
    return next((one.state for one in reversed(news) if one.number == number), None)
