"""A service in memory: its parts, wired over these fakes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service import spoken
from service.contracts import AudioStore
from service.engines.catalogue import Catalogue
from service.narration.parts import Parts, Stores, wired
from service.narration.pause import Pause
from service.narration.writing import Writer
from service.store.audio import memory_store
from tests.fakes.engine import ToneEngine
from tests.fakes.jobs import ListJobs
from tests.fakes.library import MemoryLibrary


@dataclass
class Opened:
    """The parts of a service over stores in memory, and these stores."""

    parts: Parts
    library: MemoryLibrary
    audio: AudioStore
    jobs: ListJobs

    def __getattr__(self, name: str) -> Any:
        return getattr(self.parts, name)


def opened(
    engine: ToneEngine | None = None,
    *,
    workers: int = 1,
    library: MemoryLibrary | None = None,
    audio: AudioStore | None = None,
    jobs: ListJobs | None = None,
    voices: Catalogue | None = None,
    lexicon: spoken.Lexicon = spoken.BUILT_IN,
    max_chars: int = 200_000,
    fallback_voice: str | None = None,
    announces: bool = False,
) -> Opened:
    """A service in memory, speaking tones."""
    engine = engine or ToneEngine()
    library, audio = library or MemoryLibrary(), audio or memory_store()
    jobs = jobs or ListJobs()
    stores = Stores(library, audio, jobs)
    voices = voices or Catalogue({"silence": lambda: engine})
    writer = Writer(voices, lexicon=lexicon, max_chars=max_chars)
    parts = wired(
        stores,
        writer=writer,
        fallback_voice=fallback_voice,
        announces=announces,
        workers=workers,
    )
    parts.worker.pause = Pause(first_s=0.001)
    return Opened(parts, library, audio, jobs)
