"""Supertonic with stand-in graphs of the true size: time, memory, and what threads share.

The stand-ins multiply as many weights as the real graphs have; their sound means nothing.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from service.engines.supertonic import SupertonicEngine

_SENTENCES = [
    f"Am {day}. Morgen fuhr der erste Zug über die neue Brücke, und viele winkten."
    for day in ("ersten", "zweiten", "dritten", "vierten", "fünften", "sechsten")
]


def main() -> None:
    """Prints seconds of CPU for a second of sound and the process's memory, by threads."""
    with TemporaryDirectory() as folder:
        _made_elsewhere(folder)
        for steps, threads in ((5, 1), (6, 1), (8, 1), (6, 2)):
            arguments = [sys.executable, "-m", "tests.bench.supertonic", folder, str(steps)]
            subprocess.run([*arguments, str(threads)], check=True)


def _made_elsewhere(folder: str) -> None:
    """In another process, whose memory is not counted."""
    code = f"from tests import supertonic_graphs as g; g.make(g.Path({folder!r}), true_size=True)"
    subprocess.run([sys.executable, "-c", code], check=True)


def _measure(folder: Path, *, steps: int, threads: int) -> None:
    with closing(SupertonicEngine(folder=folder, workers=threads, steps=steps)) as engine:
        engine.speak("Ja.", voice="supertonic:F1")
        began, cpu = time.perf_counter(), time.process_time()
        with ThreadPoolExecutor(threads) as pool:
            sounds = pool.map(lambda text: engine.speak(text, voice="supertonic:F1"), _SENTENCES)
            seconds = sum(sound.duration_s for sound in sounds)
        cpu_s, wall_s = time.process_time() - cpu, time.perf_counter() - began
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"supertonic, {steps} steps, {threads} threads: {cpu_s / seconds:.2f} CPU seconds and "
        f"{wall_s / seconds:.2f} s for a second of sound, {memory_mb:.0f} MB"
    )


if __name__ == "__main__":
    _measure(Path(sys.argv[1]), steps=int(sys.argv[2]), threads=int(sys.argv[3]))
