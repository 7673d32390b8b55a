"""News of articles for another program, signed (Standard Webhooks, standardwebhooks.com).

At least once: what is due stands in the outbox until it was delivered or given up, so a
restart loses nothing; what is sent twice by one has the same `webhook-id`.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import hmac
import json
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import httpcore
import structlog
from anyio import CapacityLimiter, to_thread

from service.contracts import ArticleStore, Outbox
from service.domain import Narration, State
from service.errors import NotFound, VorleserError
from service.messages import fields
from service.net.network import PublicNetwork

log = structlog.get_logger()

# As Standard Webhooks recommends: ten attempts within about three days.
_PAUSES_S = (0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
_LOOK_AGAIN_S = 10.0  # another process may have made the last clip
_AT_ONCE = 4
_DONE = {*range(200, 300), 410}  # taken, or: do not send this again
_NO_ANSWER = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
)
Summary = Callable[[Narration], dict[str, object]]
"""The article as lists show it."""

_PATHS = ("audio", "captions", "chapters", "page")


@cache
def _tls() -> ssl.SSLContext:
    """Kept, since reading the certificates of all authorities takes its time."""
    return ssl.create_default_context()


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
            httpcore.ConnectionPool(network_backend=network, ssl_context=_tls()) as pool,
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


class Webhooks:
    """The notifier over HTTP. Nobody ever waits for it."""

    def __init__(
        self,
        articles: ArticleStore,
        outbox: Outbox,
        hook: Hook,
        *,
        summary: Summary,
        pauses_s: Sequence[float] = _PAUSES_S,
    ) -> None:
        self._articles = articles
        self._outbox = outbox
        self._hook = hook
        self._summary = summary
        self._pauses_s = pauses_s
        self._to_look_at: asyncio.Queue[str] = asyncio.Queue()
        self._under_way: set[str] = set()
        self._threads = CapacityLimiter(_AT_ONCE)  # of its own: speech has the others

    def notify(self, article_id: str) -> None:
        """Has the article looked at soon: there may be news of it."""
        self._to_look_at.put_nowait(article_id)

    async def run(self) -> None:
        """Delivers what is due until it is cancelled, beginning with what an earlier run left."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._look_around())
            while True:
                article_id = await self._to_look_at.get()
                with _survived(), contextlib.suppress(NotFound):
                    if due := await self._due(article_id):
                        tasks.create_task(self._send(*due))

    async def _look_around(self) -> None:
        while True:
            with _survived():
                for article_id in (await self._outbox.due()).values():
                    self.notify(article_id)
            await asyncio.sleep(_LOOK_AGAIN_S)

    async def _due(self, article_id: str) -> tuple[str, Narration] | None:
        """The id of news that nobody is sending yet, and what they are of."""
        due = await self._outbox.due()
        news_id = next((news for news, article in due.items() if article == article_id), None)
        narration = await self._articles.get(article_id)
        if news_id is None or news_id in self._under_way or not narration.tally.is_settled:
            return None
        self._under_way.add(news_id)
        return news_id, narration

    async def _send(self, news_id: str, narration: Narration) -> None:
        with _survived():
            if await self._is_sent(news_id, narration):
                await self._outbox.sent(news_id)
        self._under_way.discard(news_id)

    async def _is_sent(self, news_id: str, narration: Narration) -> bool:
        """Whether it was delivered or given up; False when it is no longer true."""
        news = message(news_id, narration, summary=self._summary, base=self._hook.base)
        for pause_s in self._pauses_s:
            await asyncio.sleep(pause_s)
            if news_id not in await self._outbox.due():
                return False
            if await self._is_delivered(news):
                return True
        log.error("webhook given up", article=narration.id, id=news.id)
        return True

    async def _is_delivered(self, news: Message) -> bool:
        try:
            status = await to_thread.run_sync(
                self._hook.post, news, abandon_on_cancel=True, limiter=self._threads
            )
        except (VorleserError, *_NO_ANSWER) as error:
            log.warning("webhook not delivered", id=news.id, reason=str(error))
            return False
        if status in _DONE:
            return True
        log.warning("webhook not taken", id=news.id, status=status)
        return False


@contextlib.contextmanager
def _survived() -> Iterator[None]:
    """What goes wrong now is tried again when it is next looked at; news of others go on."""
    try:
        yield
    except VorleserError as error:
        log.warning("webhooks wait for the library", reason=str(error))
    except Exception:
        log.exception("sending news failed")
