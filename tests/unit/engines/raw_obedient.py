"""A voice for tests of the workers: it does what its text says, else gives silence."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from pathlib import Path


def open_voice():
    def speak(text):
        word, _, rest = text.partition(" ")
        return ORDERS.get(word, silence)(rest)

    return speak


def silence(text):
    return b"\0\0" * len(text)


def fail(text):
    raise RuntimeError(text)


def crash(text):
    os.kill(os.getpid(), signal.SIGSEGV)


def hang_in_c(text):
    ctypes.PyDLL(None).sleep(600)  # holds the GIL, as Pico does


def chatter(text):
    sys.stdout.write("x" * 300_000)
    sys.stdout.flush()
    os.write(1, b"x" * 300_000)
    os.write(2, b"x" * 300_000)
    return silence("done")


def grow(text):
    return bytes(10**10)


def write(path):
    Path(path).write_bytes(b"x")


def environment(text):
    return " ".join(os.environ).encode()


def wait(seconds):
    Path("/proc/self/comm").write_text("waiting")  # told to `ps`, and to the test
    time.sleep(float(seconds))
    return silence("done")


ORDERS = {
    "fail": fail,
    "crash": crash,
    "hang": hang_in_c,
    "chatter": chatter,
    "grow": grow,
    "write": write,
    "environment": environment,
    "wait": wait,
    "short": lambda text: b"",
}
