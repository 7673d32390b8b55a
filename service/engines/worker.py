"""Engine workers: long-lived subprocesses that speak one text at a time.

Engines in C hold the GIL for a whole call, hang, or crash; here that costs one process,
which is killed by its own id and replaced. worker_process.py is what runs inside.
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, cast

from service.engines.worker_process import ANSWER, REASON, REQUEST
from service.errors import EngineFailed, EngineUnavailable, SpeechIncomplete, cause_of
from service.messages import Message, message

_START_S = 20.0  # until a worker must have opened its voice, on a very busy machine
_GRACE_S = 1.0  # between our deadline for a worker and its own alarm
_CLOSE_S = 1.0
_PIPE_BYTES = 2**20
_KEPT_VARIABLES = ("LD_LIBRARY_PATH", "PATH", "PYTHONHOME", "TMPDIR")


class Refused(EngineFailed):
    """The engine answered with an error; its worker is as good as before."""


@dataclass(frozen=True, slots=True)
class Task:
    """One text for one worker.

    `limit_s` is how long it may take, `least_bytes` how much PCM it must come to.
    """

    text: str
    limit_s: float = 30.0
    least_bytes: int = 1


class Pool:
    """Workers for one engine, shared by any number of threads; a call waits for a free one.

    `module` has the engine's open_voice (see worker_process.py).
    """

    def __init__(self, module: str, *, workers: int = 1, memory_bytes: int = 512 * 2**20) -> None:
        self._slots = tuple(_Slot(module, memory_bytes) for _ in range(workers))
        self._free = list(self._slots)
        self._change = threading.Condition()
        self._closed = False

    def speak(self, task: Task) -> bytes:
        """The PCM of the task; after a failure, from a fresh worker.

        Raises EngineUnavailable when the voice cannot be opened or the pool is closed,
        EngineFailed when the engine crashed or hung twice, SpeechIncomplete when it said too
        little twice, Refused when it answered with an error.
        """
        with self._slot() as slot:
            try:
                return slot.ask(task)
            except Refused:
                raise
            except (EngineFailed, SpeechIncomplete):
                return slot.ask(task)

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of the workers that run now."""
        return tuple(pid for slot in self._slots if (pid := slot.pid))

    def close(self) -> None:
        """Ends all workers within a second, those in mid-call too."""
        with self._change:
            self._closed = True
            self._change.notify_all()
            for slot in self._slots:
                slot.close()
            self._change.wait_for(lambda: len(self._free) == len(self._slots), _CLOSE_S)
            for slot in self._free:
                slot.stop()

    @contextmanager
    def _slot(self) -> Iterator[_Slot]:
        with self._change:
            self._change.wait_for(lambda: self._free or self._closed)
            if self._closed:
                raise EngineUnavailable("engine-closed")
            slot = self._free.pop()
        try:
            yield slot
        finally:
            with self._change:
                self._free.append(slot)
                self._change.notify_all()


class _Slot:
    """A place for one worker, started when it is needed and stopped when it failed."""

    def __init__(self, module: str, memory_bytes: int) -> None:
        self._module = module
        self._memory_bytes = memory_bytes
        self._worker: _Worker | None = None
        self._lock = threading.Lock()
        self._closed = False

    @property
    def pid(self) -> int | None:
        with self._lock:
            return self._worker.pid if self._worker else None

    def ask(self, task: Task) -> bytes:
        try:
            pcm = self._started().ask(task)
            _check_length(pcm, task)
        except Refused:
            raise
        except BaseException:  # also an interrupt leaves half an answer in the pipe
            self.stop()
            raise
        return pcm

    def stop(self) -> None:
        with self._lock:
            if self._worker:
                self._worker.end()
            self._worker = None

    def close(self) -> None:
        """No worker is started any more; the one at work is cut short."""
        with self._lock:
            self._closed = True
            if self._worker:
                self._worker.kill()

    def _started(self) -> _Worker:
        with self._lock:
            if self._closed:
                raise EngineUnavailable("engine-closed")
            self._worker = self._worker or _Worker(self._module, self._memory_bytes)
            return self._worker


class _Worker:
    """One process and the pipes to it."""

    def __init__(self, module: str, memory_bytes: int) -> None:
        try:
            self._process = _start(module, memory_bytes)
        except OSError as error:  # no memory, no process, no folder to stand in
            raise EngineUnavailable("engine-unstarted", error=cause_of(error)) from error
        self._requests = cast("IO[bytes]", self._process.stdin).fileno()
        self._answers = cast("IO[bytes]", self._process.stdout).fileno()
        os.set_blocking(self._requests, False)
        if sys.platform == "linux":  # a sentence's sound goes in at once
            with suppress(OSError):  # past the user's share of pipe memory
                fcntl.fcntl(self._answers, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        self._open = False

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, task: Task) -> bytes:
        self._greet()
        text = task.text.encode(errors="replace")
        end = time.monotonic() + task.limit_s
        self._write(REQUEST.pack(len(text), task.limit_s + _GRACE_S) + text, end)
        kind, content = self._answer(end)
        if kind == REASON:
            raise Refused("engine-refused", error=content.decode(errors="replace"))
        return content

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> None:
        """Kills and reaps the process, closes the pipes."""
        with self._process:
            self._process.kill()

    def _greet(self) -> None:
        """Waits until the voice is open: once, before the first request."""
        if self._open:
            return
        kind, content = self._answer(time.monotonic() + _START_S)
        if kind == REASON:
            reason = content.decode(errors="replace")
            raise EngineUnavailable("engine-unopened", error=reason)
        self._open = True

    def _answer(self, end: float) -> tuple[bytes, bytes]:
        kind, size = ANSWER.unpack(self._read(ANSWER.size, end))
        return kind, self._read(size, end)

    def _read(self, size: int, end: float) -> bytes:
        content = bytearray()
        while len(content) < size:
            self._wait_for(self._answers, select.POLLIN, end)
            part = os.read(self._answers, size - len(content))
            if not part:
                raise EngineFailed.of(self._end_reason())
            content += part
        return bytes(content)

    def _write(self, content: bytes, end: float) -> None:
        rest = memoryview(content)
        while rest:
            self._wait_for(self._requests, select.POLLOUT, end)
            try:
                rest = rest[os.write(self._requests, rest) :]
            except BrokenPipeError as error:
                raise EngineFailed.of(self._end_reason()) from error

    def _wait_for(self, pipe: int, event: int, end: float) -> None:
        poll = select.poll()
        poll.register(pipe, event)
        if not poll.poll(max(0.0, end - time.monotonic()) * 1000):
            raise EngineFailed("engine-timeout")

    def _end_reason(self) -> Message:
        """Why the process is no more."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=_GRACE_S)
        code = self._process.returncode
        if code is None:
            return message("engine-died", how="closed pipe")
        if code >= 0:
            return message("engine-died", how=f"status {code}")
        return message("engine-died", how=signal.Signals(-code).name)


def _start(module: str, memory_bytes: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-SPm", "service.engines.worker_process", module, str(memory_bytes)]
    # The folder is gone once the process stands in it: no file can be made there.
    with TemporaryDirectory(prefix="vorleser-") as folder:
        return subprocess.Popen(  # noqa: S603  our own module
            command,
            bufsize=0,
            cwd=folder,
            env=_environment(),
            process_group=0,  # out of reach of the terminal's Ctrl-C
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )


def _check_length(pcm: bytes, task: Task) -> None:
    if len(pcm) < task.least_bytes:
        raise SpeechIncomplete(
            "engine-too-short", bytes=len(pcm), chars=len(task.text), due=task.least_bytes
        )


def _environment() -> dict[str, str]:
    """What the worker needs to find the same modules, and none of our secrets."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    folders = [str(Path(__file__).parents[2]), *filter(None, sys.path)]
    return {**kept, "PYTHONPATH": os.pathsep.join(folders), "PYTHONDONTWRITEBYTECODE": "1"}
