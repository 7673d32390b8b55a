"""The news of an article as server-sent events: what became of each paragraph, and of the whole.

Who has the manifest need not fetch it again: an event says of a paragraph that is settled what
the manifest would, but for its text.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import suppress

from fastapi.sse import ServerSentEvent

from service.domain import WORDS, ClipNews, Narration, State, Tally
from service.errors import NotFound
from service.narration.channels import News
from service.sound.track import places
from service.web.manifest import At, outcome

_SETTLED = {State.READY, State.FAILED}


class Reporter:
    """Tells of an article as it was read last; `at` makes the addresses of its clips."""

    def __init__(self, narration: Narration, at: At) -> None:
        self.narration = narration
        self._at = at
        self._places = places(narration)

    def knows(self, number: int, what: ClipNews) -> bool:
        """Whether the paragraph is that far here, too; only what is settled needs to be."""
        return what not in _SETTLED or self._state(number) is what

    @property
    def settled(self) -> dict[int, ClipNews]:
        """The paragraphs with which nothing more is to be done, and what became of them."""
        states = enumerate((segment.state for segment in self.narration.segments), 1)
        return {number: state for number, state in states if state in _SETTLED}

    def so_far(self) -> Iterator[ServerSentEvent]:
        """What has become of the paragraphs, and whose words are known."""
        for number, segment in enumerate(self.narration.segments, 1):
            if segment.state is not State.QUEUED:
                yield self.of(number, segment.state)
            if segment.clip and segment.clip.words is not None:
                yield self.of(number, WORDS)

    def of(self, number: int, what: ClipNews, news_id: str | None = None) -> ServerSentEvent:
        """What is told of the paragraph."""
        if what == WORDS:
            return ServerSentEvent(event="words", id=news_id, data={"number": number})
        return self._paragraph(number, what, news_id)

    def _paragraph(self, number: int, state: State, news_id: str | None) -> ServerSentEvent:
        """The paragraph's state; once it is settled with its error, or the times in the track."""
        data: dict[str, object] = {"number": number, "state": state}
        if state in _SETTLED and self._state(number) is state:
            segment, place = self.narration.segments[number - 1], self._places[number - 1]
            data |= outcome(segment, place, self._at)
        return ServerSentEvent(event="paragraph", id=news_id, data=data)

    def article(self, tally: Tally) -> ServerSentEvent:
        """The state of the whole."""
        data = {"id": self.narration.id, "state": tally.state}
        counts = {"ready": tally.ready, "total": tally.total}
        return ServerSentEvent(event="article", data=data | counts)

    def _state(self, number: int) -> State | None:
        segments = self.narration.segments
        return segments[number - 1].state if number <= len(segments) else None


async def live(
    following: AsyncIterator[News], report: Reporter, *, reread: Callable[[], Awaitable[Reporter]]
) -> AsyncIterator[ServerSentEvent]:
    """What happens from now on, beginning with what `report` has not told.

    The whole is settled behind all of its paragraphs: two may be done at once, and the news of
    the one come with the state that both have made. Ends when the article is deleted.
    """
    tally, told = report.narration.tally, report.settled
    async for news in following:
        with suppress(NotFound):  # deleted just now: that ends the news, too
            if not report.knows(news.number, news.what) or news.tally.is_settled:
                report = await reread()
        if told.get(news.number) is not news.what:
            yield report.of(news.number, news.what, news.id)
            told |= {news.number: news.what} if news.what in _SETTLED else {}
        if news.tally.state is not tally.state:
            for number, state in report.settled.items() - told.items():
                yield report.of(number, state)
            told |= report.settled
            yield report.article(news.tally)
        tally = news.tally
