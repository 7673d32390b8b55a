"""Reading in a process of its own: limited in memory and time, gone when it is done.

A file of some kilobytes can be made to need gigabytes or hours. The limits are the kernel's, so
that they hold inside C code too; what comes back is JSON, never objects of the other process.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

import structlog

from service import errors
from service.domain import Article
from service.errors import ReadingUnavailable, UnreadableSource, VorleserError, cause_of
from service.messages import recorded

if TYPE_CHECKING:
    from pydantic import TypeAdapter

log = structlog.get_logger()

MEMORY_BYTES = 256 << 20  # of one process, the 50 MB of its program included
CPU_SECONDS = 60  # of computing for one source; a book of 300 pages takes two
SECONDS = 120  # in all, on a machine that has other work
_GRACE_S = 5  # between the process's own alarm and our patience
_OOM_SCORE = Path("/proc/self/oom_score_adj")
_NO_MEMORY = 77  # exit status
_OUT_OF_MEMORY = {_NO_MEMORY, -signal.SIGABRT, -signal.SIGTRAP}
_PRELOADED = [
    "service.reading",
    "service.reading.pdf",
    "trafilatura",
    "trafilatura.metadata",
]  # else each loads them

Read = Callable[..., Article | tuple[Article, ...]]

_bookkeeping = Lock()  # whenever a process starts, multiprocessing looks at all that it knows


@dataclass(frozen=True, slots=True)
class _Reader:
    """A process that reads one source, and our end of the pipe to it."""

    process: ForkServerProcess
    pipe: Connection

    @classmethod
    def started(cls) -> _Reader:
        """A new one. Raises ReadingUnavailable."""
        ours, theirs = _context().Pipe()
        with theirs:
            reader = cls(_context().Process(target=_serve, args=(theirs,), daemon=True), ours)
            try:
                with _bookkeeping:
                    reader.process.start()
            except (OSError, EOFError) as error:
                ours.close()
                raise ReadingUnavailable("reading-unavailable", error=cause_of(error)) from error
        return reader

    def end(self) -> None:
        """Ends it, whatever it is at."""
        self.process.kill()
        self.pipe.close()
        with _bookkeeping:
            self.process.join()
            self.process.close()

    def end_soon(self) -> None:
        """As `end`, in a thread of its own: nobody waits until the kernel has taken it down."""
        try:
            Thread(target=self.end, name="reader-end").start()
        except RuntimeError:  # no thread is left
            self.end()

    def exitcode(self) -> int | None:
        """How it ended by itself; None if it does not."""
        wait([self.process.sentinel], _GRACE_S)
        with _bookkeeping:
            return self.process.exitcode


_waiting: list[_Reader] = []  # one that has nothing to read yet, so that nobody waits for its start


def read_apart(read: Read, *given: object, **how: object) -> tuple[Article, ...]:
    """What `read(*given, **how)` reads, one of this package's functions: its articles.

    Raises what it raises, UnreadableSource for what takes too much memory or time, and
    ReadingUnavailable when the machine has no process left to give.
    """
    answer = _asked(read, *given, **how)
    return _checked().validate_python(answer["articles"])


def text_apart(make: Callable[..., str], *given: object) -> str:
    """The text that `make(*given)` makes, under the same limits. Raises the same."""
    return str(_asked(make, *given)["text"])


@cache
def _checked() -> TypeAdapter[tuple[Article, ...]]:
    from pydantic import TypeAdapter  # noqa: PLC0415 (for those alone who ask)

    return TypeAdapter(tuple[Article, ...])


def _asked(do: Callable[..., object], *given: object, **how: object) -> dict[str, Any]:
    reader = _next_reader()
    try:
        return _demand_success(_answer(reader, (do, given, how)))
    finally:
        reader.end_soon()


def warm() -> None:
    """Starts what the processes are forked from (50 MB), and one for who comes next."""
    if not _waiting:
        with suppress(ReadingUnavailable):  # then who comes next starts it
            _waiting.append(_Reader.started())


def _next_reader() -> _Reader:
    """The one that waits, unless the machine was short of memory and has ended it; else another."""
    while _waiting:
        with suppress(IndexError):  # somebody was quicker
            reader = _waiting.pop()
            if reader.process.is_alive():
                return reader
            reader.end()
    return _Reader.started()


@cache
def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def _answer(reader: _Reader, asked: object) -> dict[str, Any]:
    """What the process says. Raises UnreadableSource when it ended without a word."""
    pipe = reader.pipe
    try:
        pipe.send((MEMORY_BYTES, CPU_SECONDS, SECONDS))
        pipe.send(asked)
        if pipe.poll(SECONDS + _GRACE_S):
            answer: dict[str, Any] = json.loads(pipe.recv_bytes())
            return answer
    except (EOFError, OSError) as error:
        exitcode = reader.exitcode()
        log.warning("reading ended early", exitcode=exitcode)
        raise _epitaph(exitcode) from error
    raise UnreadableSource("source-too-slow", limit_s=CPU_SECONDS)


def _epitaph(exitcode: int | None) -> UnreadableSource:
    """Why a process is no more."""
    if exitcode in {-signal.SIGALRM, -signal.SIGXCPU}:
        return UnreadableSource("source-too-slow", limit_s=CPU_SECONDS)
    if exitcode in _OUT_OF_MEMORY or exitcode == -signal.SIGKILL:  # by the machine
        return UnreadableSource("source-too-heavy")
    return UnreadableSource("source-fault")


def _demand_success(answer: dict[str, Any]) -> dict[str, Any]:
    """What was told, unless it is an error, which is raised here."""
    if "error" in answer:
        kind: type[VorleserError] = getattr(errors, answer["error"])
        raise kind.of(recorded(answer["message"]))
    if "fault" in answer:
        log.error("reading failed", fault=answer["fault"], at=answer["at"])
        raise UnreadableSource("source-fault")
    return answer


def _serve(pipe: Connection) -> None:
    """Reads one source within the limits that come before it, inside the other process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's Ctrl-C is for who asked
    with pipe, suppress(EOFError, ConnectionError):  # who might have asked is gone
        _confine(*pipe.recv())
        try:
            content = json.dumps(_result(*pipe.recv())).encode()
        except MemoryError:
            os._exit(_NO_MEMORY)  # what is left may be too little for anything else
        pipe.send_bytes(content)


def _confine(memory_bytes: int, cpu_seconds: int, seconds: int) -> None:
    """Limits this process; where the machine itself is short of memory, it is the first to go."""
    signal.alarm(seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    with suppress(OSError):  # no Linux
        _OOM_SCORE.write_text("1000")


def _result(
    read: Callable[..., Any], given: tuple[object, ...], how: dict[str, object]
) -> dict[str, object]:
    """The articles or the text, or what was raised instead, as JSON has it."""
    try:
        result = read(*given, **how)
    except VorleserError as error:
        return {"error": type(error).__name__, "message": error.message.record}
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 (it is told on the other side, without any text)
        where = traceback.format_tb(error.__traceback__)
        return {"fault": type(error).__name__, "at": "".join(where[-5:])}
    if isinstance(result, str):
        return {"text": result}
    articles = result if isinstance(result, tuple) else (result,)
    return {"articles": [asdict(article) for article in articles]}
