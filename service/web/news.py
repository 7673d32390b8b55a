"""The news of an article as server-sent events: what became of each paragraph, and of the whole.

Who has the manifest need not fetch it again: an event says of a paragraph that is settled what
the manifest would, but for its text.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import replace

from fastapi.sse import format_sse_event

from service.domain import WORDS, Clip, Narration, Segment, State
from service.messages import Message
from service.narration.channels import News
from service.sound.track import timings
from service.web.manifest import At, clip_fields

SETTLED = {State.READY, State.FAILED}


class Report:
    """An article as its followers know it: what they were told, and what there is to tell."""

    def __init__(self, narration: Narration, at: At) -> None:
        self._at = at
        self._told: dict[int, tuple[State, str]] = {}  # of each paragraph: last, of which clip
        self.tally = narration.tally
        self.renew(narration)
        self._told |= self._states()

    def renew(self, narration: Narration) -> None:
        """It was read again."""
        self.narration = narration
        segments = enumerate(narration.segments, 1)
        self._worded = {
            n for n, segment in segments if segment.clip and segment.clip.words is not None
        }
        self._timings = timings(narration)

    def settle(self, number: int, *, clip: Clip | None, error: Message | None) -> None:
        """What became of one paragraph was looked up."""
        segments = list(self.narration.segments)
        segments[number - 1] = replace(segments[number - 1], clip=clip, error=error)
        outcome = replace(self.narration.outcome, segments=tuple(segments))
        self.narration = replace(self.narration, outcome=outcome)
        self._timings = timings(self.narration)

    def segment(self, number: int) -> Segment | None:
        """The paragraph, where there is one by now."""
        segments = self.narration.segments
        return segments[number - 1] if number <= len(segments) else None

    def take(self, news: News) -> Iterator[bytes]:
        """What is told of the news; the whole is settled behind all of its paragraphs.

        Two may be done at once, and the news of the one come with the state that both have made.
        """
        if news.what == WORDS:
            self._worded.add(news.number)
            yield _words(news.number, news.id)
        elif self._told.get(news.number) != (news.what, news.clip_id):
            self._told[news.number] = (news.what, news.clip_id)
            yield self._paragraph(news.number, news.what, news.id)
        is_turn, self.tally = news.tally.state is not self.tally.state, news.tally
        if is_turn:
            yield from self._untold()
            yield self.whole()

    def so_far(self, numbers: Collection[int] | None = None) -> Iterator[bytes]:
        """What has become of the paragraphs with these numbers, or all, and whose words are known.

        Only what was told already: the rest is still to come.
        """
        for number, segment in enumerate(self.narration.segments, 1):
            if numbers is not None and number not in numbers:
                continue
            state, clip_id = self._told.get(number, (State.QUEUED, ""))
            is_so = state is segment.state or state is State.SPEAKING
            if state is not State.QUEUED and is_so and clip_id == segment.clip_id:
                yield self._paragraph(number, state)
            if number in self._worded:
                yield _words(number)
        yield self.whole()

    def whole(self) -> bytes:
        """The state of the article."""
        tally = self.tally
        counts = {"ready": tally.ready, "total": tally.total}
        return _event("article", {"id": self.narration.id, "state": tally.state, **counts})

    def _states(self) -> dict[int, tuple[State, str]]:
        segments = enumerate(self.narration.segments, 1)
        return {
            n: (segment.state, segment.clip_id)
            for n, segment in segments
            if segment.state != State.QUEUED
        }

    def _untold(self) -> Iterator[bytes]:
        for number, (state, clip_id) in self._states().items():
            if state in SETTLED and self._told.get(number) != (state, clip_id):
                self._told[number] = (state, clip_id)
                yield self._paragraph(number, state)

    def _paragraph(self, number: int, state: State, news_id: str | None = None) -> bytes:
        """The paragraph's state; once it is settled with its error, or the times in the track."""
        data: dict[str, object] = {"number": number, "state": state}
        segment = self.segment(number)
        if state in SETTLED and segment and segment.state is state:
            data |= clip_fields(segment, self._timings[number - 1], self._at)
        return _event("paragraph", data, news_id)


def _words(number: int, news_id: str | None = None) -> bytes:
    return _event("words", {"number": number}, news_id)


def _event(name: str, data: dict[str, object], news_id: str | None = None) -> bytes:
    return format_sse_event(data_str=json.dumps(data), event=name, id=news_id)
