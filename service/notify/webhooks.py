"""News of articles for another program, signed (Standard Webhooks, standardwebhooks.com).

At least once: what is due stands in the outbox until it was delivered or given up, so a
restart loses nothing; what is sent twice by one has the same `webhook-id`. Jobs see to it that of
several services one sends.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import httpcore
import structlog
from anyio import CapacityLimiter, to_thread

from service.contracts import Jobs, Library, Urgency, Work
from service.domain import JobKind, Narration, State
from service.errors import NotFound, StoreError, VorleserError
from service.messages import fields
from service.net.network import PublicNetwork, trust

log = structlog.get_logger()

# As Standard Webhooks recommends: ten attempts within about three days.
_PAUSES_S = (0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
_LOOK_AGAIN_S = 10.0  # another process may have made the last clip
_AT_ONCE = 4
_TICK_S = 0.001  # after the end of a pause it is over
_DONE = {*range(200, 300), 410}  # taken, or: do not send this again
_NO_ANSWER = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
)
Summary = Callable[[Narration], dict[str, object]]
"""The article as lists show it."""

_PATHS = ("audio", "captions", "chapters", "page")


@dataclass(frozen=True, slots=True)
class Message:
    """One piece of news as it is sent, the same bytes in every attempt."""

    id: str
    body: bytes


def message(news_id: str, narration: Narration, *, summary: Summary, base: str = "") -> Message:
    """The news that an article is ready, or that paragraphs of it have failed."""
    data = summary(narration)
    data |= {name: f"{base}{data[name]}" for name in _PATHS}
    failed = [
        {"number": number, **fields("error", segment.error)}
        for number, segment in enumerate(narration.segments, 1)
        if segment.state is State.FAILED
    ]
    content = {
        "type": f"article.{narration.state}",
        "timestamp": datetime.now(UTC).isoformat(timespec="seconds"),
        "data": data | {"failed": failed},
    }
    body = json.dumps(content, ensure_ascii=False).encode()
    return Message(f"msg_{news_id}", body)


@dataclass(frozen=True, slots=True)
class Hook:
    """Where news go: `secret` signs them, `base` is the address that links in them begin with."""

    url: str
    secret: bytes
    base: str = ""
    allow_private: bool = False
    most_seconds: float = 10.0

    def post(self, message: Message) -> int:
        """The status that the other side answers with; redirects are not followed.

        Raises VorleserError or an error of httpcore when there is no answer in time.
        """
        network = PublicNetwork(
            time.monotonic() + self.most_seconds, allow_private=self.allow_private
        )
        with (
            httpcore.ConnectionPool(network_backend=network, ssl_context=trust()) as pool,
            pool.stream(
                "POST", self.url, headers=self._headers(message), content=message.body
            ) as answer,
        ):
            return answer.status

    def _headers(self, message: Message) -> list[tuple[str, str]]:
        timestamp = str(int(time.time()))
        signed = f"{message.id}.{timestamp}.".encode() + message.body
        signature = hmac.digest(self.secret, signed, hashlib.sha256)
        return [
            ("Content-Type", "application/json"),
            ("User-Agent", "Vorleser"),
            ("webhook-id", message.id),
            ("webhook-timestamp", timestamp),
            ("webhook-signature", f"v1,{base64.b64encode(signature).decode()}"),
        ]


@dataclass(slots=True)
class _Sending:
    """News on their way; `after_s` is when the next attempt may be made, by the loop's clock."""

    message: Message
    attempts: int = 0
    after_s: float = 0.0
    is_over: bool = False


class Webhooks:
    """The notifier over HTTP: each attempt is a job, named by the article. Nobody waits for it."""

    def __init__(
        self,
        library: Library,
        hook: Hook,
        jobs: Jobs,
        *,
        summary: Summary,
        pauses_s: Sequence[float] = _PAUSES_S,
    ) -> None:
        self._articles = library.articles
        self._outbox = library.outbox
        self._hook = hook
        self._jobs = jobs
        self._summary = summary
        self._pauses_s = pauses_s
        self._to_look_at: asyncio.Queue[str] = asyncio.Queue()
        self._under_way: dict[str, _Sending] = {}
        self._threads = CapacityLimiter(_AT_ONCE)  # of its own: speech has the others
        self._ends = asyncio.Event()

    @property
    def work(self) -> Work:
        """What is done with jobs of its kind."""
        return Work(self.deliver, _AT_ONCE)

    def notify(self, article_id: str) -> None:
        """Has the article looked at soon: there may be news of it."""
        self._to_look_at.put_nowait(article_id)

    async def run(self) -> None:
        """Has what is due delivered until it is cancelled, beginning with what is left of before.

        Then what is being sent is abandoned, and left to the next run.
        """
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._look_around())
                while True:
                    article_id = await self._to_look_at.get()
                    with _survived():
                        kind = JobKind.WEBHOOK
                        await self._jobs.ask([article_id], urgency=Urgency.OTHERS, kind=kind)
        finally:
            self._ends.set()

    async def _look_around(self) -> None:
        while True:
            with _survived():
                due = await self._outbox.due()
                self._under_way = {
                    news_id: kept for news_id, kept in self._under_way.items() if news_id in due
                }
                for article_id in due.values():
                    self.notify(article_id)
            await asyncio.sleep(_LOOK_AGAIN_S)

    async def deliver(self, article_id: str) -> None:
        """One attempt at the news of an article, if there are any and it is time for one.

        Raises StoreError, also where the process ends: then the job is left to another one.
        """
        if self._ends.is_set():
            raise StoreError("process-ends")
        due = await self._outbox.due()
        news_id = next((news for news, article in due.items() if article == article_id), None)
        if news_id is None:
            return
        sending = self._under_way.get(news_id) or await self._begun(news_id, article_id)
        if sending is None or _now_s() < sending.after_s:
            return
        if not sending.is_over:
            await self._attempt(sending, article_id)
        if sending.is_over:
            await self._outbox.sent(news_id)
            self._under_way.pop(news_id, None)

    async def _begun(self, news_id: str, article_id: str) -> _Sending | None:
        """The news as they are sent from now on, None while they are not true yet."""
        try:
            narration = await self._articles.get(article_id)
        except NotFound:
            return None
        if not narration.tally.is_settled:
            return None
        news = message(news_id, narration, summary=self._summary, base=self._hook.base)
        return self._under_way.setdefault(news_id, _Sending(news))

    async def _attempt(self, sending: _Sending, article_id: str) -> None:
        sending.is_over = await self._is_delivered(sending.message)
        sending.attempts += 1
        if sending.is_over:
            return
        if sending.attempts == len(self._pauses_s):
            log.error("webhook given up", article=article_id, id=sending.message.id)
            sending.is_over = True
            return
        sending.after_s = _now_s() + self._pauses_s[sending.attempts]
        asyncio.get_running_loop().call_at(sending.after_s + _TICK_S, self.notify, article_id)

    async def _is_delivered(self, news: Message) -> bool:
        try:
            status = await self._posted(news)
        except StoreError:
            raise
        except (VorleserError, *_NO_ANSWER) as error:
            log.warning("webhook not delivered", id=news.id, reason=str(error))
            return False
        if status in _DONE:
            return True
        log.warning("webhook not taken", id=news.id, status=status)
        return False

    async def _posted(self, news: Message) -> int:
        """The status that was answered; what the end of the process cuts off stays queued."""
        posting = asyncio.create_task(
            to_thread.run_sync(self._hook.post, news, abandon_on_cancel=True, limiter=self._threads)
        )
        ending = asyncio.create_task(self._ends.wait())
        await asyncio.wait({posting, ending}, return_when=asyncio.FIRST_COMPLETED)
        ending.cancel()
        if posting.done():
            return posting.result()
        posting.cancel()
        raise StoreError("process-ends")


def _now_s() -> float:
    return asyncio.get_running_loop().time()


@contextlib.contextmanager
def _survived() -> Iterator[None]:
    """What goes wrong now is tried again when it is next looked at; news of others go on."""
    try:
        yield
    except VorleserError as error:
        log.warning("webhooks wait for the library", reason=str(error))
    except Exception:
        log.exception("sending news failed")
