"""Parts in memory, for tests that need no disk and no clock."""

from tests.fakes.engine import VOICE, ToneEngine
from tests.fakes.jobs import ListJobs
from tests.fakes.library import MemoryClips, MemoryLibrary, MemoryOutbox
from tests.fakes.parts import Opened, opened

__all__ = [
    "VOICE",
    "ListJobs",
    "MemoryClips",
    "MemoryLibrary",
    "MemoryOutbox",
    "Opened",
    "ToneEngine",
    "opened",
]
