"""Processes of the program that need not load it: forked from one that has.

To load it is most of a start, and the tests start it a hundred times. What is forked is a process
like any other: with arguments, environment, folder, files, signals and an end of its own.
`python -m tests.forking` is the one that has loaded it; it lives until its input ends.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import runpy
import selectors
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[1]
LOADED = (
    "service.commands.serve",
    "service.commands.speak",
    "service.commands.voices",
    "service.commands.worker",
)
_MOST_BYTES = 1 << 17  # of a request


class Forked:
    """`python -m MODULE ARGUMENTS`, as `subprocess.Popen` would start it."""

    def __init__(
        self,
        module: str,
        *arguments: object,
        env: Mapping[str, str],
        stdin: IO[bytes],
        stdout: IO[bytes],
        stderr: IO[bytes],
        cwd: Path = ROOT,
    ) -> None:
        self.returncode: int | None = None
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._line.connect(_loaded())
        asked = {"argv": [module, *map(str, arguments)], "env": dict(env), "cwd": str(cwd)}
        files = [file.fileno() for file in (stdin, stdout, stderr)]
        socket.send_fds(self._line, [json.dumps(asked).encode()], files)
        self.pid = int(self._line.recv(32))

    def poll(self) -> int | None:
        """Its exit status, or None while it runs."""
        try:
            return self.wait(0)
        except (BlockingIOError, TimeoutError):
            return None

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status once it has ended; minus the signal, where one has ended it."""
        if self.returncode is None:
            self._line.settimeout(timeout)
            self.returncode = int(self._line.recv(32))
            self._line.close()
        return self.returncode

    def terminate(self) -> None:
        """Asks it to end."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """Ends it."""
        self._send(signal.SIGKILL)

    def _send(self, sign: signal.Signals) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it has ended just now
                os.kill(self.pid, sign)


def forked(module: str, *arguments: object, env: Mapping[str, str], log: IO[bytes]) -> Forked:
    """One that is told nothing, and that says what it says in a file."""
    with Path(os.devnull).open("rb") as nothing:
        return Forked(module, *arguments, env=env, stdin=nothing, stdout=log, stderr=log)


@cache
def _loaded() -> bytes:
    """The address of the process that has loaded the program."""
    address = f"\0vorleser-tests-{os.getpid()}".encode()
    command = [sys.executable, "-m", "tests.forking", address[1:].decode()]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ
    )
    assert process.stdin
    assert process.stdout
    assert process.stdout.readline() == b"loaded\n"
    process.stdout.close()

    def end() -> None:
        assert process.stdin
        process.stdin.close()
        process.wait(15)

    atexit.register(end)
    return address


class _Parent:
    """Forks what is asked for, and tells who asked how it ended."""

    def __init__(self, address: str) -> None:
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._listener.bind(b"\0" + address.encode())
        self._listener.listen()
        self._lines: dict[int, socket.socket] = {}
        self._woken, self._waker = socket.socketpair()
        self._waker.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._waker.fileno())
        self._selector = selectors.DefaultSelector()
        for watched in (sys.stdin, self._listener, self._woken):
            self._selector.register(watched, selectors.EVENT_READ)

    def child(self) -> dict[str, Any] | None:
        """Returns in each child, with what it is to be; None in the parent, at the end."""
        while True:
            ready = [key.fileobj for key, _ in self._selector.select()]
            if self._woken in ready:
                self._woken.recv(1024)
                self._reap()
            if self._listener in ready and (asked := self._fork()):
                return asked
            if sys.stdin in ready:
                return None

    def _fork(self) -> dict[str, Any] | None:
        line, _ = self._listener.accept()
        raw, files, _, _ = socket.recv_fds(line, _MOST_BYTES, 3)
        pid = os.fork()
        if pid:
            for file in files:
                os.close(file)
            self._lines[pid] = line
            line.send(str(pid).encode())
            return None
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._selector.close()
        for place, file in enumerate(files):
            os.dup2(file, place)
            os.close(file)
        for mine in (line, *self._lines.values(), self._listener, self._woken, self._waker):
            mine.close()
        asked: dict[str, Any] = json.loads(raw)
        return asked

    def _reap(self) -> None:
        while self._lines:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            with self._lines.pop(pid) as line:
                try:
                    line.send(str(os.waitstatus_to_exitcode(status)).encode())
                except OSError:
                    continue  # nobody asks any more


def _become(asked: dict[str, Any]) -> None:
    """Goes on as the process that was asked for."""
    os.environ.clear()
    os.environ.update(asked["env"])
    os.chdir(asked["cwd"])
    module, *arguments = asked["argv"]
    sys.stdin, sys.stdout = open(0), open(1, "w")  # noqa: SIM115 (descriptors)
    sys.stderr = open(2, "w", buffering=1, errors="backslashreplace")  # noqa: SIM115
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def main(address: str) -> None:
    """Loads the program; forks it as often as it is asked for."""
    for name in LOADED:
        importlib.import_module(name)
    gc.freeze()
    parent = _Parent(address)
    print("loaded", flush=True)
    if asked := parent.child():
        del parent
        _become(asked)


if __name__ == "__main__":
    main(sys.argv[1])
