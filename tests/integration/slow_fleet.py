"""`vorleser serve` and `vorleser worker` with a slow voice: a worker can be killed as it speaks."""

from __future__ import annotations

import sys
from functools import partial

from service.app import parts
from service.commands.serve import serve
from service.commands.worker import worker
from service.engines.catalogue import Catalogue
from service.settings import Settings
from tests.browser.slow_service import SlowEngine


def slow_voices(settings: Settings) -> Catalogue:
    return Catalogue(
        {"silence": lambda: SlowEngine(settings, sentence_s=0.3)}, default="silence:de"
    )


if __name__ == "__main__":
    slow_parts = partial(parts, open_voices=slow_voices)
    if sys.argv[1] == "worker":
        worker(open_parts=slow_parts)
    else:
        serve({"port": int(sys.argv[-1])}, open_parts=slow_parts)
