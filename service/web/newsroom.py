"""Who follows the news of articles: each is read, and each event written, once for all of them.

So a follower costs a connection, and no reading.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from functools import partial

from fastapi.sse import KEEPALIVE_COMMENT
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from service.errors import NotFound, SpeechError
from service.narration.channels import Following, News
from service.narration.parts import Parts
from service.web.manifest import At
from service.web.news import SETTLED, Report
from service.web.parts import Addresses
from service.web.problems import Refusal

_PING_S = 15.0  # proxies close what is silent for longer
_MOST_LINES = 2000  # that a follower may be behind; then he has to come back
_BREATH_S = 0.001  # between two waves of news, for each follower whom a wave costs about that much
_AGAIN_S = 20  # when who was refused may ask again


class Story:
    """The news of one article as they are sent, written once for all who follow it."""

    def __init__(self, article_id: str, parts: Parts, at: At) -> None:
        self.followers = 0
        self._id, self._parts, self._at = article_id, parts, at
        self._lines: list[bytes] = []  # what was told since `_begin` events ago
        self._ids: dict[str, int] = {}  # of events, and how many there were with it
        self._begin = 0
        self._so_far: bytes | None = None
        self._more = asyncio.Event()
        self._wave: asyncio.TimerHandle | None = None
        self._next_wave_s = 0.0
        self.is_over = False
        self._opened: asyncio.Future[Report] = asyncio.get_running_loop().create_future()
        self._writing = asyncio.create_task(self._write())

    async def opened(self) -> None:
        """Returns once the article was read. Raises NotFound, StoreError."""
        await asyncio.shield(self._opened)

    def close(self) -> None:
        """Nobody follows it any more."""
        self._writing.cancel()
        if self._wave:
            self._wave.cancel()

    async def events(self, last_id: str | None) -> AsyncIterator[bytes]:
        """The events, from those behind the one with that id on, or what they have come to."""
        position = self._count
        yield self._first(last_id)
        while position >= self._begin:
            if position < self._count:
                lines, position = self._lines[position - self._begin :], self._count
                yield b"".join(lines)
            elif self.is_over:
                return
            else:
                try:
                    async with asyncio.timeout(_PING_S):
                        await self._more.wait()
                except TimeoutError:
                    yield KEEPALIVE_COMMENT

    @property
    def _count(self) -> int:
        return self._begin + len(self._lines)

    def _first(self, last_id: str | None) -> bytes:
        report = self._opened.result()
        if (position := self._ids.get(last_id or "", -1)) >= self._begin:
            return b"".join([*self._lines[position - self._begin :], report.whole()])
        missed = self._parts.channels.missed(self._id, last_id)
        if missed is not None:
            return b"".join(report.so_far({news.number for news in missed}))
        if self._so_far is None:
            self._so_far = b"".join(report.so_far())
        return self._so_far

    async def _write(self) -> None:
        try:
            with self._parts.channels.subscribe(self._id) as following:
                await self._follow(following)
        except Exception as error:
            if self._opened.done():
                raise
            self._opened.set_exception(error)
            self._opened.exception()  # those who wait have it; perhaps nobody does by now
        finally:
            self.is_over = True
            self._more.set()

    async def _follow(self, following: Following) -> None:
        report = Report(await self._parts.articles.get(self._id), self._at)
        self._opened.set_result(report)
        async for news in following:
            with suppress(NotFound):  # deleted just now: that ends the news, too
                await self._catch_up(report, news)
            for line in report.take(news):
                self._tell(line)
            self._ids[news.id] = self._count

    async def _catch_up(self, report: Report, news: News) -> None:
        """Reads what there is to tell: one clip, or all where it is another text, or the end."""
        segment = report.segment(news.number)
        is_end = news.tally.is_settled and news.tally.state is not report.tally.state
        if is_end or segment is None or segment.clip_id != news.clip_id:
            report.renew(await self._parts.articles.get(self._id))
        elif news.what in SETTLED and segment.state is not news.what:
            try:
                clip = await self._parts.clips.find(news.clip_id)
                report.settle(news.number, clip=clip, error=None)
            except SpeechError as error:
                report.settle(news.number, clip=None, error=error.message)

    def _tell(self, line: bytes) -> None:
        self._so_far = None
        self._lines.append(line)
        if len(self._lines) > 2 * _MOST_LINES:
            del self._lines[:_MOST_LINES]
            self._begin += _MOST_LINES
            self._ids = {event_id: at for event_id, at in self._ids.items() if at >= self._begin}
        if self._wave is None:
            loop = asyncio.get_running_loop()
            self._wave = loop.call_at(max(self._next_wave_s, loop.time()), self._wake)

    def _wake(self) -> None:
        """Many are woken together, and less often the more there are."""
        self._wave = None
        self._next_wave_s = asyncio.get_running_loop().time() + self.followers * _BREATH_S
        more, self._more = self._more, asyncio.Event()
        more.set()


class Newsroom:
    """Everyone who follows an article here, up to `most`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._stories: dict[tuple[str, str, str], Story] = {}
        self.followers = 0

    async def follow(
        self, article_id: str, parts: Parts, at: Addresses, *, last_id: str | None
    ) -> Followed:
        """The article's news for one more follower. Raises NotFound, StoreError, or 503."""
        if self.followers >= self._most:
            again = {"Retry-After": str(_AGAIN_S)}
            raise Refusal(503, "too-many-followers", headers=again, most=self._most)
        key = article_id, at.root, at.token
        story = self._stories.get(key)
        if story is None or story.is_over:
            story = self._stories[key] = Story(article_id, parts, at.path)
        leave = partial(self._leave, key, story)
        self.followers += 1
        story.followers += 1
        try:
            await story.opened()
        except BaseException:
            leave()
            raise
        return Followed(story.events(last_id), leave)

    def _leave(self, key: tuple[str, str, str], story: Story) -> None:
        self.followers -= 1
        story.followers -= 1
        if not story.followers:
            story.close()
            if self._stories.get(key) is story:
                del self._stories[key]


class Events(StreamingResponse):
    """Server-sent events, as they are sent."""

    media_type = "text/event-stream"


class Followed(Events):
    """The news for one follower; `leave` is called when he is gone."""

    def __init__(self, lines: AsyncIterator[bytes], leave: Callable[[], None]) -> None:
        super().__init__(lines, headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"})
        self._leave = leave

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends them until there are no more, or nobody takes them."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._leave()
