"""The queue of jobs, shared by processes on many machines through PostgreSQL.

pgqueuer keeps it: a job belongs to the process that took it as long as that process gives signs
of life; then another one takes it over. A job is there once (its dedupe key), and urgency can only
be raised. What processes tell each other goes by NOTIFY.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from functools import partial

import asyncpg
import structlog
from pgqueuer import AsyncpgDriver, AsyncpgPoolDriver, PgQueuer, Queries, RetryRequested
from pgqueuer.errors import PgqException
from pgqueuer.models import Job

from service.contracts import NO_SCHEDULES, OnNews, Schedules, Urgency, Works
from service.domain import WORDS, ClipNews, JobKind, Load, State
from service.errors import StoreError
from service.jobs.slots import arrange, name_of

log = structlog.get_logger()

Connect = Callable[..., Awaitable[asyncpg.Connection]]

_CHANNEL = "vorleser"
_INSTALL_LOCK, _ASK_LOCK = 0x766F726D, 0x766F726E  # advisory locks
_CONNECTIONS = 5  # at once, beside the one that listens
_LOG_KEPT = 1000  # finished jobs of this process before pgqueuer's log of them is cleared
_ALIVE = timedelta(seconds=4)  # without a sign of life for that long, a job is taken over
_LOOK = timedelta(seconds=2)  # an idle process looks that often for what no NOTIFY tells
_AGAIN = timedelta(seconds=2)  # after that a job that broke is tried again
_PING_S = 10  # a connection that hears nothing for that long is asked whether it lives
_LOAD = """
    SELECT entrypoint,
           count(*) FILTER (WHERE status = 'queued') AS queued,
           count(*) FILTER (WHERE status = 'picked') AS running,
           coalesce(extract(epoch FROM now() - min(created) FILTER (WHERE status = 'queued')), 0)
               ::float AS oldest_s
    FROM {table} GROUP BY entrypoint
"""
_LOST = (
    OSError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    PgqException,
)


@asynccontextmanager
async def shared_jobs(connect: Connect) -> AsyncIterator[PostgresJobs]:
    """The queue in the database that `connect` leads to. Raises StoreError."""
    with _translated():
        await _install(connect)
    async with _pool(connect) as pool:
        yield PostgresJobs(pool, connect)


@asynccontextmanager
async def _pool(connect: Connect) -> AsyncIterator[asyncpg.Pool]:
    pool = await asyncpg.create_pool(
        connect=lambda _address, **options: connect(**options), min_size=0, max_size=_CONNECTIONS
    )
    try:
        yield pool
    finally:
        pool.terminate()


async def _install(connect: Connect) -> None:
    connection = await connect()
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _INSTALL_LOCK)
        queries = Queries(AsyncpgDriver(connection))
        await (queries.upgrade() if await queries.schema_is_installed() else queries.install())
    finally:
        await connection.close()  # which frees the lock


class PostgresJobs:
    """The Protocol Jobs between processes."""

    def __init__(self, pool: asyncpg.Pool, connect: Connect) -> None:
        self._pool = pool
        self._connect = connect
        self._name = secrets.token_hex(4)
        self._shutdown = asyncio.Event()
        self._is_closed = False
        self._finished = 0

    async def ask(
        self, names: Sequence[str], *, urgency: Urgency, kind: JobKind = JobKind.CLIP
    ) -> None:
        """Queues jobs once each; asking again can only raise the urgency. Raises StoreError."""
        wanted = list(dict.fromkeys(names))
        if not wanted:
            return
        try:
            await self._ask(wanted, urgency, kind)
        except StoreError:  # once more: a connection that broke unnoticed is replaced
            await self._ask(wanted, urgency, kind)

    async def _ask(self, wanted: list[str], urgency: Urgency, kind: JobKind) -> None:
        with _translated():
            async with self._pool.acquire() as connection, connection.transaction():
                # One at a time: the same jobs in another order would block each other.
                await connection.execute("SELECT pg_advisory_xact_lock($1)", _ASK_LOCK)
                await _enqueue(Queries(AsyncpgDriver(connection)), wanted, urgency, kind)

    async def publish(self, clip_id: str, news: ClipNews) -> None:
        """Tells the other processes how far a clip is; whoever misses it looks for himself."""
        try:
            with _translated():
                word = f"{self._name} {clip_id} {news}"
                await self._pool.execute("SELECT pg_notify($1, $2)", _CHANNEL, word)
        except StoreError as error:
            log.warning("news are lost", clip=clip_id, news=news, reason=str(error))

    async def run(
        self,
        works: Works,
        *,
        on_news: OnNews,
        on_subscribed: Callable[[], None],
        schedules: Schedules = NO_SCHEDULES,
    ) -> None:
        """Does queued jobs of these kinds, of each as many at once as there are slots.

        Until closed. A job whose work raised stays queued and is tried again after a pause.
        `on_news` gets what other processes publish from the call of `on_subscribed` on. Raises
        StoreError when the database is lost; then it can be run again.
        """
        if self._is_closed:
            return
        words: asyncio.Queue[str | None] = asyncio.Queue()
        # The queue's own connections end with it: where it broke off they cannot be used again.
        async with _pool(self._connect) as pool:
            queue = PgQueuer(AsyncpgPoolDriver(pool))
            self._shutdown = queue.shutdown
            parts = [_ring(queue.shutdown, words), self._listen(words, on_news, on_subscribed)]
            if any(work.at_once for work in works.values()):
                parts.append(self._take(queue, works, schedules))
            with _translated():
                await _until_one_ends(parts, queue.shutdown)

    async def load(self) -> dict[JobKind, Load]:
        """What waits and what is in work, in all processes together. Raises StoreError."""
        table = Queries(AsyncpgPoolDriver(self._pool)).qbe.qualified.queue_table
        with _translated():
            rows = await self._pool.fetch(_LOAD.format(table=table))
        known = set(JobKind)
        return {
            JobKind(row["entrypoint"]): Load(row["queued"], row["running"], row["oldest_s"])
            for row in rows
            if row["entrypoint"] in known
        }

    async def close(self) -> None:
        """Takes no further job and lets `run` return."""
        self._is_closed = True
        self._shutdown.set()

    async def _take(self, queue: PgQueuer, works: Works, schedules: Schedules) -> None:
        queries = Queries(queue.connection)
        table = queries.qbe.qualified.queue_table
        release = f"UPDATE {table} SET dedupe_key = NULL WHERE id = $1"  # noqa: S608 (a constant)

        async def do(job: Job, kind: JobKind) -> None:
            name = name_of(job)
            try:
                await works[kind].do(name)
                # An ask until here found this job and queued no other: look once more.
                await queries.driver.execute(release, job.id)
                await works[kind].do(name)
            except Exception as error:
                log.warning("a job is tried again", kind=str(kind), name=name, reason=str(error))
                raise RetryRequested(_AGAIN, str(error)) from error
            await self._clear_log(queries)

        await arrange(queue, works, do, schedules=schedules, jobs=self).run(
            batch_size=1,
            dequeue_timeout=_LOOK,
            heartbeat_timeout=_ALIVE,
            log_aggregation_interval=timedelta(0),
            shutdown_on_listener_failure=True,
        )

    async def _listen(
        self, words: asyncio.Queue[str | None], on_news: OnNews, on_subscribed: Callable[[], None]
    ) -> None:
        """Hands on what other processes publish, until None is among the words."""
        connection = await self._connect()
        try:
            connection.add_termination_listener(lambda _connection: words.put_nowait(None))
            await connection.add_listener(_CHANNEL, lambda *news: words.put_nowait(news[-1]))
            on_subscribed()
            while (word := await _next(words, connection)) is not None:
                with suppress(ValueError):  # a newer version may tell more
                    publisher, clip_id, news = word.split()
                    if publisher != self._name:
                        await on_news(clip_id, WORDS if news == WORDS else State(news))
            if connection.is_closed():
                raise ConnectionError("the connection was lost")
        finally:
            connection.terminate()

    async def _clear_log(self, queries: Queries) -> None:
        self._finished += 1
        if self._finished % _LOG_KEPT == 0:
            await queries.clear_queue_log()


async def _enqueue(queries: Queries, wanted: list[str], urgency: Urgency, kind: JobKind) -> None:
    keys: list[str | None] = [f"{kind} {name}" for name in wanted]
    payloads: list[bytes | None] = [name.encode() for name in wanted]
    names, priorities = [str(kind)] * len(wanted), [int(urgency)] * len(wanted)
    add = partial(queries.enqueue, names, payloads, priorities, dedupe_key=keys)
    if urgency is Urgency.OTHERS:
        await add(on_conflict="skip")
    else:
        await add(on_conflict="update_priority")


async def _ring(shutdown: asyncio.Event, words: asyncio.Queue[str | None]) -> None:
    await shutdown.wait()
    words.put_nowait(None)


async def _next(words: asyncio.Queue[str | None], connection: asyncpg.Connection) -> str | None:
    while True:
        try:
            return await asyncio.wait_for(words.get(), _PING_S)
        except TimeoutError:
            await connection.execute("SELECT 1", timeout=_PING_S)


async def _until_one_ends(parts: Sequence[Awaitable[None]], shutdown: asyncio.Event) -> None:
    """Runs the parts side by side; when one ends the others are told to. Raises what it raised."""
    tasks = [asyncio.ensure_future(part) for part in parts]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    shutdown.set()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, BaseException):
            raise outcome


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except _LOST as error:
        reason = str(error).partition("\n")[0].rstrip(".") or type(error).__name__
        raise StoreError("queue-unusable", error=reason) from error
