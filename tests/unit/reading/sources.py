"""Readers that behave badly, to be run in a process of their own."""

import os
import signal
import threading

from service.domain import Article, Kind, Paragraph


def greedy(_raw):
    return bytes(8 << 30)


def endless(_raw):
    threading.Event().wait()


def busy(_raw):
    while True:
        pass


def crashing(_raw):
    os.kill(os.getpid(), signal.SIGSEGV)


def confused(raw):
    raise RuntimeError(f"no idea what {raw} is")


def named_by_process(_raw):
    return Article((Paragraph(Kind.TITLE, str(os.getpid())),))
