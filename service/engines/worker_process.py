"""The inside of an engine worker: speaks what stands on stdin until stdin ends.

Started by worker.py as `python -m service.engines.worker_process MODULE MEMORY_BYTES`, where MODULE
has `open_voice()`, which returns a function text → 16-bit PCM. It imports as little
as possible, since a worker that died is replaced while a listener waits.

Request: length of the text, seconds to live (`REQUEST`), then the text in UTF-8.
Answer: kind and length (`ANSWER`), then PCM, or the reason why there is none. The first
answer is sent unasked: empty PCM once the voice is open.
"""

from __future__ import annotations

import importlib
import os
import resource
import signal
import struct
import sys

REQUEST = struct.Struct("!Id")
ANSWER = struct.Struct("!cI")
SOUND = b"+"
REASON = b"-"

TYPE_CHECKING = False  # the module typing takes 5 ms to import
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO


def main(module: str, memory_bytes: int) -> None:
    """Answers requests until the parent is gone."""
    answers = _own_pipe()
    _lock_in(memory_bytes)
    try:
        speak: Callable[[str], bytes] = importlib.import_module(module).open_voice()
    except Exception as error:  # noqa: BLE001  the parent tells the user
        _send(answers, REASON, str(error).encode(errors="replace"))
        return
    _send(answers, SOUND, b"")
    while header := sys.stdin.buffer.read(REQUEST.size):
        size, limit_s = REQUEST.unpack(header)
        text = sys.stdin.buffer.read(size).decode(errors="replace")
        # A call that hangs holds the GIL: only the kernel can end it once the parent is dead.
        signal.setitimer(signal.ITIMER_REAL, limit_s)
        _send(answers, *_attempt(speak, text))
        signal.setitimer(signal.ITIMER_REAL, 0)


def _attempt(speak: Callable[[str], bytes], text: str) -> tuple[bytes, bytes]:
    try:
        return SOUND, speak(text)
    except Exception as error:  # noqa: BLE001  the parent tells the user
        return REASON, f"{type(error).__name__}: {error}".encode(errors="replace")


def _own_pipe() -> BinaryIO:
    """The pipe to the parent; what the engine prints goes nowhere instead."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return answers


def _lock_in(memory_bytes: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # engines have no business with files
    if sys.platform == "linux":  # elsewhere the kernel does not know this limit
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def _send(answers: BinaryIO, kind: bytes, content: bytes) -> None:
    answers.write(ANSWER.pack(kind, len(content)) + content)
    answers.flush()


if __name__ == "__main__":
    try:
        main(sys.argv[1], int(sys.argv[2]))
    except BrokenPipeError:
        os._exit(0)  # the parent is gone, and nobody is left to tell
