"""From the paste to the sound: the seed article (or our own of its shape) through the service.

Compared with a straight loop of bare py_nanotts and lameenc over the same sentences, which has
the machine to itself: the service has nothing left to do by then, the words of clips included.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import lameenc
from py_nanotts import NanoTTS

from tests.articles import SEED_FOLDER, article
from tests.integration import Service

ROUNDS = 5


def main() -> None:
    """Prints the figures (a) to (e)."""
    seeds = sorted(SEED_FOLDER.glob("000_*.txt"))
    text = seeds[0].read_text("utf-8") if seeds else article("nachricht")
    for workers in (1, 2):
        _whole_article(text, workers)
    _first_sound(text)
    _first_sound_beside_words(text)
    _long_article()


def _service(**settings: str) -> Service:
    return Service(Path(tempfile.mkdtemp(prefix="vorleser-bench-")), **settings)


def _fresh(text: str, number: int) -> str:
    """The same article with other first words, so that nothing of it is cached."""
    names = ("Erster", "Zweiter", "Dritter", "Vierter", "Fünfter", "Sechster", "Siebter")
    return _each(text, f"{names[number]} Versuch")


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


def _spoken(manifest: dict[str, Any]) -> list[str]:
    said = [one["spoken"] for p in manifest["paragraphs"] for one in p["sentences"]]
    return [one for one in said if one]


def _whole_article(text: str, workers: int) -> None:
    """By a client that asks for the manifest every 50 ms, and by one that takes the stream."""
    asked: list[float] = []
    streamed: list[float] = []
    with _service(workers=str(workers)) as service:
        _rested(service, service.ready("Aufwärmen.\n\nEin Satz."))
        for number in range(ROUNDS):
            for ratios, when in ((asked, "Morgens"), (streamed, "Abends")):
                fresh = _each(_fresh(text, number), when)
                started = time.perf_counter()
                if ratios is asked:
                    manifest = service.ready(fresh)
                else:
                    manifest = service.post(fresh)
                    service.client.get(manifest["audio"]).raise_for_status()
                took = time.perf_counter() - started
                _rested(service, manifest)
                ratios.append(took / _bare_loop(_spoken(manifest)))
    for how, ratios in (("ready", asked), ("the stream's end", streamed)):
        print(
            f"  (a) POST to {how}, {workers} worker(s), against the bare loop: "
            f"{min(ratios):.2f} best, {sorted(ratios)[len(ratios) // 2]:.2f} median of {ROUNDS}"
        )


def _rested(service: Service, manifest: dict[str, Any]) -> None:
    """Waits until the words of an article are found: then nothing is left to be done."""
    words = f"/api/articles/{manifest['id']}/words"
    while len(service.client.get(words).json()["paragraphs"]) < len(manifest["paragraphs"]):
        time.sleep(0.1)


def _each(text: str, opening: str) -> str:
    """The text with other first words of each paragraph."""
    return "\n\n".join(f"{opening}: {one}" for one in text.split("\n\n"))


def until_frames(service: Service, url: str, size: int) -> None:
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
        _rested(service, service.ready("Aufwärmen.\n\nEin Satz."))
        for number in range(ROUNDS):
            fresh = _fresh(text, number)
            started = time.perf_counter()
            new = service.post(fresh)
            until_frames(service, new["audio"], 192)
            first.append(time.perf_counter() - started)
            manifest = service.ready(fresh)
            started = time.perf_counter()
            until_frames(service, service.post(fresh)["audio"], 192)
            again.append(time.perf_counter() - started)
            _rested(service, manifest)
            headline = [one["spoken"] for one in manifest["paragraphs"][0]["sentences"]]
            ratios.append(first[-1] / _bare_loop(headline))
    middle = ROUNDS // 2
    print(
        f"  (b) POST to first frame, unseen: {sorted(first)[middle] * 1000:.0f} ms, "
        f"{sorted(ratios)[middle]:.2f} × the bare loop on the headline (median of {ROUNDS})"
    )
    print(f"  (c) second POST to first frame: {sorted(again)[middle] * 1000:.0f} ms")


def _first_sound_beside_words(text: str) -> None:
    """The words of an old article of a quarter of an hour are looked for in every other round."""
    with _service() as service:
        old = service.ready(long_text()[:15_000])
        words = f"/api/articles/{old['id']}/words"
        alone: list[float] = []
        beside: list[float] = []
        for number in range(ROUNDS):
            for took in (alone, beside):
                if took is beside:
                    _forget_words(service)
                    service.client.get(words).raise_for_status()
                fresh = _each(_fresh(text, number), "Morgens" if took is alone else "Abends")
                started = time.perf_counter()
                new = service.post(fresh)
                until_frames(service, new["audio"], 192)
                took.append(time.perf_counter() - started)
                service.ready(fresh)
                _rested(service, old)
    middle = ROUNDS // 2
    first, second = sorted(alone)[middle], sorted(beside)[middle]
    print(
        f"  (e) POST to first frame beside the words of a quarter of an hour: "
        f"{second * 1000:.0f} ms, {second / first:.2f} × without (median of {ROUNDS})"
    )


def _forget_words(service: Service) -> None:
    """As in a library from before there were words."""
    with closing(sqlite3.connect(service.data_dir / "library.db")) as library, library:
        library.execute("UPDATE clips SET words = NULL")


def long_text() -> str:
    """Just under 200,000 characters: more than three hours."""
    paragraphs, text, number = article("bericht").split("\n\n"), "Ein sehr langer Bericht", 0
    while len(text) < 198_500:
        number += 1
        text += f"\n\n{number}. Abschnitt: {paragraphs[number % len(paragraphs)]}"
    return text


def _long_article() -> None:
    text = long_text()
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
        f"  (d) {len(text)} characters {state} in {took:.0f} s, peak memory of the service: "
        f"{int(peak.split()[1]) / 1024:.0f} MB"
    )
