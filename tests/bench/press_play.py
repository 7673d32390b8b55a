"""From the paste to the sound: the seed article (or our own of its shape) through the service.

Compared with a straight loop of bare py_nanotts and lameenc over the same sentences.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import lameenc
from py_nanotts import NanoTTS

from tests.articles import SEED_FOLDER, article
from tests.integration import Service

ROUNDS = 5
RANGE_BYTES = 64 * 1024
RANGE_SECONDS = 4.0


def main() -> None:
    """Prints the figures (a) to (e)."""
    seeds = sorted(SEED_FOLDER.glob("000_*.txt"))
    text = seeds[0].read_text("utf-8") if seeds else article("nachricht")
    for workers in (1, 2):
        _whole_article(text, workers)
    _first_sound(text)
    _ranges(text)
    _long_article()


def _service(**settings: str) -> Service:
    return Service(Path(tempfile.mkdtemp(prefix="vorleser-bench-")), **settings)


def _fresh(text: str, number: int) -> str:
    """The same article with other first words, so that nothing of it is cached."""
    names = ("Erster", "Zweiter", "Dritter", "Vierter", "Fünfter", "Sechster", "Siebter")
    paragraphs = text.split("\n\n")
    return "\n\n".join(f"{names[number]} Versuch: {one}" for one in paragraphs)


def _bare_loop(sentences: list[str]) -> float:
    """Seconds that bare Pico and LAME take for these sentences, one after the other."""
    pico = NanoTTS()
    started = time.perf_counter()
    encoder = _lame()
    for sentence in sentences:
        encoder.encode(pico.speak(sentence, voice="de-DE", volume=0.5))
    encoder.flush()
    return time.perf_counter() - started


def _lame() -> lameenc.Encoder:
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(16_000)
    encoder.set_out_sample_rate(24_000)
    encoder.set_bit_rate(64)
    encoder.set_quality(5)
    return encoder


def _spoken(manifest: dict) -> list[str]:
    said = [one["spoken"] for p in manifest["paragraphs"] for one in p["sentences"]]
    return [one for one in said if one]


def _whole_article(text: str, workers: int) -> None:
    ratios = []
    with _service(workers=str(workers)) as service:
        service.ready("Aufwärmen.\n\nEin Satz.")
        for number in range(ROUNDS):
            started = time.perf_counter()
            manifest = service.ready(_fresh(text, number))
            took = time.perf_counter() - started
            ratios.append(took / _bare_loop(_spoken(manifest)))
    print(
        f"  (a) POST to ready, {workers} worker(s), against the bare loop: "
        f"{min(ratios):.2f} best, {sorted(ratios)[len(ratios) // 2]:.2f} median of {ROUNDS}"
    )


def _until_frames(service: Service, url: str, size: int) -> None:
    """Reads the stream until its first `size` bytes behind the tag are there."""
    with service.client.stream("GET", url) as answer:
        content = b""
        for part in answer.iter_raw():
            content += part
            if content[:3] == b"ID3" and len(content) > 10:
                tag = sum(
                    byte << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True)
                )
                if len(content) >= tag + 10 + size:
                    return


def _first_sound(text: str) -> None:
    first, again, ratios = [], [], []
    with _service() as service:
        service.ready("Aufwärmen.\n\nEin Satz.")
        for number in range(ROUNDS):
            fresh = _fresh(text, number)
            started = time.perf_counter()
            new = service.post(fresh)
            _until_frames(service, new["audio"], 192)
            first.append(time.perf_counter() - started)
            manifest = service.ready(fresh)
            started = time.perf_counter()
            _until_frames(service, service.post(fresh)["audio"], 192)
            again.append(time.perf_counter() - started)
            headline = [one["spoken"] for one in manifest["paragraphs"][0]["sentences"]]
            ratios.append(first[-1] / _bare_loop(headline))
    middle = ROUNDS // 2
    print(
        f"  (b) POST to first frame, unseen: {sorted(first)[middle] * 1000:.0f} ms, "
        f"{sorted(ratios)[middle]:.2f} × the bare loop on the headline (median of {ROUNDS})"
    )
    print(f"  (d) second POST to first frame: {sorted(again)[middle] * 1000:.0f} ms")


def _requests_per_s(address: tuple[str, int], path: str, size: int) -> float:
    """64 kB ranges a second over four connections."""
    stop = time.perf_counter() + RANGE_SECONDS
    counts = [0] * 4

    def ask(slot: int) -> None:
        with socket.create_connection(address) as connection:
            position = slot * RANGE_BYTES
            while time.perf_counter() < stop:
                position = (position + 7 * RANGE_BYTES) % (size - RANGE_BYTES)
                _one_range(connection, path, position)
                counts[slot] += 1

    threads = [threading.Thread(target=ask, args=(slot,)) for slot in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / RANGE_SECONDS


def _one_range(connection: socket.socket, path: str, position: int) -> None:
    connection.sendall(
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Range: bytes={position}-{position + RANGE_BYTES - 1}\r\n\r\n".encode()
    )
    content = b""
    while b"\r\n\r\n" not in content:
        content += connection.recv(1 << 17)
    head, _, body = content.partition(b"\r\n\r\n")
    assert b" 206 " in head, head
    missing = RANGE_BYTES - len(body)
    while missing > 0:
        missing -= len(connection.recv(1 << 17))


def _ranges(text: str) -> None:
    with _service() as service, tempfile.NamedTemporaryFile(suffix=".mp3") as file:
        manifest = service.ready(text)
        content = service.client.get(manifest["audio"]).content
        file.write(content)
        file.flush()
        port = service.client.base_url.port
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            other = listener.getsockname()[1]
        command = [sys.executable, "-m", "tests.bench._files", file.name, str(other)]
        server = subprocess.Popen(command)
        try:
            time.sleep(2)
            ours = _requests_per_s(("127.0.0.1", port), manifest["audio"], len(content))
            theirs = _requests_per_s(("127.0.0.1", other), "/", len(content))
        finally:
            server.terminate()
            server.wait()
    print(
        f"  (c) 64 kB ranges of a cached track: {ours:.0f}/s, FileResponse {theirs:.0f}/s, "
        f"ratio {ours / theirs:.2f}"
    )


def _long_article() -> None:
    paragraphs = article("bericht").split("\n\n")
    text, number = "Ein sehr langer Bericht", 0
    while len(text) < 198_500:
        number += 1
        text += f"\n\n{number}. Abschnitt: {paragraphs[number % len(paragraphs)]}"
    with _service(max_article_chars="210000") as service:
        new = service.post(text)
        started = time.perf_counter()
        while service.manifest(new["id"])["state"] == "speaking":
            time.sleep(1)
        took = time.perf_counter() - started
        status = Path(f"/proc/{service.pid}/status").read_text()
        peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        state = service.manifest(new["id"])["state"]
    print(
        f"  (e) {len(text)} characters {state} in {took:.0f} s, peak memory of the service: "
        f"{int(peak.split()[1]) / 1024:.0f} MB"
    )
