"""HTTP to a service that speaks: verified, limited in time, tried again, but not for ever."""

from __future__ import annotations

import json
import math
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from queue import LifoQueue
from typing import TypeVar

import requests
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as PoolTimeout

from service.errors import EngineFailed, EngineUnavailable, SpeechError, SpeechIncomplete
from service.messages import Message, message

T = TypeVar("T")

_PASSING_STATUS = {408, 425, 429, 500, 502, 503, 504}
_FORBIDDEN_STATUS = {401, 403}
_PART_BYTES = 65_536
_TIMEOUTS = (requests.Timeout, TimeoutError, PoolTimeout)


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How long and how often a service is asked.

    `total_s` is for one try, however slowly the answer drips; `first_pause_s` doubles from
    try to try; a `Retry-After` beyond `longest_pause_s` is not waited for. After
    `failures` in a row nothing is asked for `open_s`.
    """

    connect_s: float = 5.0
    read_s: float = 15.0
    total_s: float = 60.0
    tries: int = 4
    first_pause_s: float = 0.5
    longest_pause_s: float = 20.0
    failures: int = 8
    open_s: float = 30.0


class _BadAnswer(Exception):
    """An answer that may be better next time; `final` is what to raise when it is not.

    `reason` is for others who ask meanwhile: it names no text.
    """

    def __init__(
        self, final: SpeechError, *, reason: Message | None = None, pause_s: float | None = None
    ) -> None:
        super().__init__(str(final))
        self.final = final
        self.reason = reason or final.message
        self.pause_s = pause_s


class Remote:
    """One service, called `name` in messages, with at most `at_once` requests under way.

    `advice` is the code of what else the user can do when it fails: `choose-another-voice`.
    """

    longest_answer_bytes = 50 * 2**20

    def __init__(
        self,
        name: str | Message,
        *,
        advice: str,
        at_once: int = 4,
        retry: RetryPolicy | None = None,
    ) -> None:
        self._name = name
        self._advice = message(advice)
        self._retry = retry or RetryPolicy()
        self._breaker = _CircuitBreaker(self._retry)
        self._closed = threading.Event()
        self._sessions = [requests.Session() for _ in range(at_once)]
        self._free: LifoQueue[requests.Session] = LifoQueue()
        for session in self._sessions:
            self._free.put(session)

    def post(
        self, url: str, body: str, *, headers: Mapping[str, str], read: Callable[[bytes], T]
    ) -> T:
        """What `read` makes of the answer's body; tried again after passing failures.

        `read` raises ValueError for a body that is no audio, SpeechIncomplete for one that is
        not all of it; both may be better next time. Raises EngineUnavailable when the service
        cannot be reached, refuses us or is worn out, EngineFailed when it does not understand
        the request or sends no audio.
        """
        for tries_left in reversed(range(self._retry.tries)):
            self._breaker.check()
            try:
                with self._session() as session:
                    content = self._heard(self._ask(session, url, body, headers), read)
            except _BadAnswer as bad:
                self._breaker.note_failure(bad)
                if not tries_left:
                    raise bad.final from bad
                self._pause(bad, tries_left)
            else:
                self._breaker.note_success()
                return content
        raise AssertionError("the last try returns or raises")

    def close(self) -> None:
        """Nothing is asked any more, and pauses between tries end."""
        self._closed.set()
        for session in self._sessions:
            session.close()

    def _heard(self, content: bytes, read: Callable[[bytes], T]) -> T:
        try:
            return read(content)
        except SpeechIncomplete as error:
            reason = message("server-unsound", name=self._name)
            raise _BadAnswer(SpeechIncomplete.of(error.message), reason=reason) from error
        except ValueError as error:
            name, advice = self._name, self._advice
            reason = message("server-no-audio", name=name, what=_what(content), advice=advice)
            what = _what(content, explained=_explanation(content))
            final = EngineFailed("server-no-audio", name=name, what=what, advice=advice)
            raise _BadAnswer(final, reason=reason) from error

    def _unavailable(self, error: Exception) -> EngineUnavailable:
        name, advice = self._name, self._advice
        if isinstance(error, requests.ConnectionError):
            reason = why(error)
            return EngineUnavailable("server-unreachable", name=name, reason=reason, advice=advice)
        if isinstance(error, _TIMEOUTS):
            return self._late(self._retry.read_s)
        return EngineUnavailable("server-broke-off", name=name, advice=advice)

    def _late(self, limit_s: float) -> EngineUnavailable:
        name, advice = self._name, self._advice
        return EngineUnavailable("server-timeout", name=name, limit_s=limit_s, advice=advice)

    def _ask(
        self, session: requests.Session, url: str, body: str, headers: Mapping[str, str]
    ) -> bytes:
        if self._closed.is_set():
            raise EngineUnavailable("engine-closed")
        end = time.monotonic() + self._retry.total_s
        try:
            with session.post(
                url,
                data=body.encode(),
                headers=dict(headers),
                timeout=(self._retry.connect_s, self._retry.read_s),
                stream=True,
                allow_redirects=False,
            ) as response:
                content = self._body(response, end)
        except requests.exceptions.SSLError as error:
            raise EngineUnavailable(
                "server-unproven", name=self._name, error=str(error), advice=self._advice
            ) from error
        except (requests.exceptions.RequestException, HTTPError, OSError) as error:
            raise _BadAnswer(self._unavailable(error)) from error
        self._check_status(response, content)
        return content

    def _check_status(self, response: requests.Response, content: bytes) -> None:
        status = response.status_code
        if status == 200:
            return
        name, advice, explained = self._name, self._advice, _explanation(content)
        line = f"{status} {response.reason}"
        answer = f"{line} ({explained})" if explained else line
        if status in _PASSING_STATUS:
            pause_s = _retry_after_s(response)
            final = EngineUnavailable("server-busy", name=name, answer=answer, again_in_s=pause_s)
            reason = message("server-busy", name=name, answer=line)
            raise _BadAnswer(final, reason=reason, pause_s=pause_s)
        if status in _FORBIDDEN_STATUS or 300 <= status < 400:
            raise EngineUnavailable("server-refused", name=name, answer=answer, advice=advice)
        raise EngineFailed("server-failed", name=name, answer=answer, advice=advice)

    def _body(self, response: requests.Response, end: float) -> bytes:
        content = bytearray()
        while part := response.raw.read1(_PART_BYTES, decode_content=True):
            content += part
            if time.monotonic() > end:
                raise _BadAnswer(self._late(self._retry.total_s))
            if len(content) > self.longest_answer_bytes:
                raise EngineFailed("server-endless", name=self._name, advice=self._advice)
        return bytes(content)

    def _pause(self, bad: _BadAnswer, tries_left: int) -> None:
        tries_made = self._retry.tries - tries_left
        own_s = self._retry.first_pause_s * 2 ** (tries_made - 1)
        jitter = random.uniform(0.5, 1.5)  # noqa: S311  so that workers do not come back together
        pause_s = max(bad.pause_s or 0.0, own_s * jitter)
        if pause_s > self._retry.longest_pause_s:
            raise bad.final from bad
        self._closed.wait(pause_s)

    @contextmanager
    def _session(self) -> Iterator[requests.Session]:
        """One that nobody uses, waited for: sessions are not made to be shared."""
        session = self._free.get()
        try:
            yield session
        finally:
            if self._closed.is_set():
                session.close()
            self._free.put(session)


class _CircuitBreaker:
    """After many failures in a row the service is left alone a while."""

    def __init__(self, retry: RetryPolicy) -> None:
        self._retry = retry
        self._failures = 0
        self._reason: Message | None = None
        self._until = 0.0
        self._lock = threading.Lock()

    def check(self) -> None:
        """Raises EngineUnavailable while the service is left alone, with what failed last."""
        left_s = math.ceil(self._until - time.monotonic())
        if left_s > 0 and self._reason:
            raise EngineUnavailable(
                "server-rests",
                reason=self._reason,
                failures=self._failures,
                pause_s=left_s,
                again_in_s=left_s,
            )

    def note_success(self) -> None:
        with self._lock:
            self._failures = 0

    def note_failure(self, bad: _BadAnswer) -> None:
        """Counts; one more failure after the pause opens the breaker again at once."""
        with self._lock:
            self._failures += 1
            self._reason = bad.reason
            if self._failures >= self._retry.failures:
                self._until = time.monotonic() + max(self._retry.open_s, bad.pause_s or 0)


def why(error: Exception) -> Message:
    """A failed request in a few words, without the library's own story."""
    if isinstance(error, requests.HTTPError) and error.response is not None:
        answer = f"{error.response.status_code} {error.response.reason}"
        return message("answer-status", answer=answer)
    if isinstance(error, _TIMEOUTS):
        return message("answer-late")
    if isinstance(error, requests.ConnectionError):
        return message("answer-missing")
    return message("answer-broken-off")


def _retry_after_s(response: requests.Response) -> float | None:
    """Seconds or a date (RFC 9110, 10.2.3), None when the service does not say."""
    value = response.headers.get("Retry-After", "")
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _what(content: bytes, *, explained: str = "") -> Message:
    """What came instead of audio; `explained` is what JSON says."""
    start = content[:100].lstrip()
    if not start:
        return message("sent-nothing")
    if start.startswith(b"<"):
        return message("sent-page")
    if start.startswith(b"{"):
        return message("sent-json-saying", told=explained) if explained else message("sent-json")
    return message("sent-bytes", size=len(content))


def _explanation(content: bytes) -> str:
    """The reason in a JSON error body: OpenAI's `error`, or `detail` as FastAPI's servers say."""
    try:
        body = json.loads(content)
        error = body.get("error") or body.get("detail")
    except (ValueError, AttributeError):
        return ""
    if isinstance(error, list):  # of the fields that are wrong
        error = error[0] if error else ""
    reason = error.get("message") or error.get("msg") if isinstance(error, dict) else error
    return str(reason)[:200] if reason else ""
