"""Connections that send too slowly are closed, and too many of them harm nobody else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.types import Receive, Scope, Send
from uvicorn import Config
from uvicorn.server import ServerState

from service.commands.descriptors import for_connections
from service.web import connections
from service.web.connections import Guarded, Limits

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Connect = Callable[[], Awaitable[Stream]]


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Says how much came; /stream never ends by itself."""
    if scope["path"] == "/stream":

        async def endless() -> AsyncIterator[bytes]:
            yield b"begun"
            await asyncio.Event().wait()

        await StreamingResponse(endless())(scope, receive, send)
        return
    body = await Request(scope, receive).body()
    await PlainTextResponse(f"{len(body)} bytes")(scope, receive, send)


@asynccontextmanager
async def serving(most: int = 100) -> AsyncIterator[Connect]:
    config, limits = Config(app, access_log=False), Limits(most)
    config.load()
    state, loop = ServerState(), asyncio.get_running_loop()

    def protocol() -> Guarded:
        return Guarded(limits, config=config, server_state=state, app_state={})

    server = await loop.create_server(protocol, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    opened: list[Stream] = []

    async def connect() -> Stream:
        opened.append(await asyncio.open_connection("127.0.0.1", port))
        return opened[-1]

    try:
        yield connect
    finally:
        for _, writer in opened:
            writer.transport.abort()
        for connection in list(state.connections):
            connection.transport.abort()
        for task in list(state.tasks):
            task.cancel()
        server.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_S", 0.05)
    monkeypatch.setattr(connections, "BODY_S", 0.05)


async def answer(stream: Stream, sent: bytes) -> bytes:
    stream[1].write(sent)
    return await asyncio.wait_for(stream[0].readuntil(b" bytes"), 10)


async def rest(stream: Stream) -> bytes:
    return await asyncio.wait_for(stream[0].read(), 10)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("sent", "told"),
    [(b"", b""), (b"GET / HT", b"408"), (GET[:-2], b"408"), (POST, b"408"), (POST + b"x", b"408")],
)
async def test_what_is_sent_by_half_is_closed_in_time(sent: bytes, told: bytes) -> None:
    async with serving() as connect:
        stream = await connect()
        stream[1].write(sent)
        assert (await rest(stream)).partition(b" ")[2].startswith(told)


@pytest.mark.usefixtures("impatient")
async def test_a_half_sent_next_request_is_closed_in_time() -> None:
    async with serving() as connect:
        stream = await connect()
        assert b"200 OK" in await answer(stream, GET)
        assert b"200 OK" in await answer(stream, GET)
        stream[1].write(GET[:20])
        assert b"408" in await rest(stream)


async def test_a_body_that_comes_steadily_may_take_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "BODY_S", 0.05)
    monkeypatch.setattr(connections, "BODY_BYTES_PER_S", 1.0)
    async with serving() as connect:
        stream = await connect()
        stream[1].write(POST + b"x" * 900)
        await asyncio.sleep(0.2)
        assert b"1000 bytes" in await answer(stream, b"x" * 100)


@pytest.mark.usefixtures("impatient")
async def test_an_answer_may_take_as_long_as_it_likes() -> None:
    async with serving() as connect:
        stream = await connect()
        stream[1].write(GET.replace(b" / ", b" /stream "))
        await asyncio.wait_for(stream[0].readuntil(b"begun"), 10)
        await asyncio.sleep(0.2)
        assert not stream[0].at_eof()


async def test_who_has_sent_half_a_request_makes_room_for_others() -> None:
    async with serving(most=3) as connect:
        kept = await connect()
        assert b"200 OK" in await answer(kept, GET)
        half = [await connect() for _ in range(5)]
        for number, stream in enumerate(half):
            stream[1].write(POST if number % 2 else GET[:20])
        for _ in range(10):
            assert b"200 OK" in await answer(await connect(), GET)
        for stream in half:
            await rest(stream)


async def test_where_all_are_in_use_a_new_one_is_told_to_try_again() -> None:
    async with serving(most=2) as connect:
        streams = [await connect() for _ in range(2)]
        for stream in streams:
            stream[1].write(GET.replace(b" / ", b" /stream "))
            await asyncio.wait_for(stream[0].readuntil(b"begun"), 10)
        late = await connect()
        late[1].write(GET)
        head, _, body = (await rest(late)).partition(b"\r\n\r\n")
        assert b" 503 " in head
        assert b"retry-after" in head.lower()
        assert json.loads(body)["code"] == "service-busy"
        assert not any(stream[0].at_eof() for stream in streams)


@pytest.mark.parametrize(("descriptors", "most"), [(65_536, 1000), (1024, 624), (256, 32)])
def test_descriptors_are_kept_for_our_own_work(descriptors: int, most: int) -> None:
    assert for_connections(descriptors, wanted=1000) == most
