"""The real service with a voice that takes its time: what a slow machine shows its listeners.

Its tones last as long as the words would. A sentence with the word "Fehlschlag" fails until
the file `mended` lies in the data folder; the file `takes` there says how long a sentence takes.
"""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import uvicorn

from service import app, spoken
from service.domain import Sound
from service.engines.catalogue import Catalogue
from service.engines.silence import SilenceEngine
from service.errors import EngineFailed
from service.jobs.queue import MemoryJobs
from service.narration.parts import Parts, Stores, wired
from service.narration.writing import Writer
from service.settings import Settings
from service.store.audio import folder_store
from service.store.library import open_library

SENTENCE_S = 0.5


class SlowEngine(SilenceEngine):
    def __init__(self, settings: Settings, *, sentence_s: float = SENTENCE_S) -> None:
        super().__init__()
        self._mended = settings.data_dir / "mended"
        self._takes = settings.data_dir / "takes"
        self._sentence_s = sentence_s

    def speak(self, text: str, *, voice: str) -> Sound:
        began = time.monotonic()
        while time.monotonic() - began < self._wanted_s():
            time.sleep(0.01)
        if "Fehlschlag" in text and not self._mended.exists():
            raise EngineFailed("engine-refused", error="Die Stimme hat sich verschluckt.")
        return super().speak(text, voice=voice)

    def _wanted_s(self) -> float:
        with suppress(FileNotFoundError):
            return float(self._takes.read_text())
        return self._sentence_s


@asynccontextmanager
async def slow_parts(settings: Settings) -> AsyncIterator[Parts]:
    library = await open_library(settings.database)
    audio = folder_store(settings.data_dir / "audio")
    voices = Catalogue({"silence": lambda: SlowEngine(settings)}, default="silence:de")
    writer = Writer(voices, lexicon=spoken.BUILT_IN, max_chars=settings.max_article_chars)
    yield wired(Stores(library, audio, MemoryJobs()), writer=writer)
    await library.close()


if __name__ == "__main__":
    application = app.build(Settings.read(), open_parts=slow_parts)
    uvicorn.run(application, port=int(sys.argv[-1]), timeout_graceful_shutdown=1, access_log=False)
