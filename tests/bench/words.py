"""Word times: CPU for a second of speech, beside its synthesis and what trims and encodes it."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import numpy as np

from service.domain import Sound
from service.sound import clips
from service.sound.words import align
from service.spoken.spans import spans
from tests.words import corpus, pico
from tests.words.truth import Said

SENTENCES, ROUNDS = 40, 3


def main() -> None:
    """Prints the figures, the best of three rounds."""
    texts = corpus.unseen()[:SENTENCES]
    said = [pico.say(text) for text in texts]
    seconds = sum(len(one.samples) / one.rate_hz for one in said)
    steps = {
        "Pico speaks": lambda: [pico.say(text) for text in texts],
        "trimmed to encoded": lambda: [_encoded(one) for one in said],
        "words aligned": lambda: [align(one.text, one.samples, one.rate_hz) for one in said],
        "words placed": lambda: [spans(text, text) for text in texts],
    }
    figures = ", ".join(f"{name} {_cpu_ms(step) / seconds:.2f}" for name, step in steps.items())
    print(f"  CPU ms for a second of speech: {figures}")
    long = said[0].samples
    for times in (1, 4, 16):
        text, samples = " ".join([said[0].text] * times), np.tile(long, times)
        took = _cpu_ms(partial(align, text, samples, 16_000))
        print(f"  {len(samples) / 16_000:5.1f} s in one sentence: {took:.0f} ms")


def _encoded(one: Said) -> bytes:
    def speak(_: str) -> Sound:
        return Sound(one.samples.tobytes(), one.rate_hz, 5.3)

    encoder = clips.Encoder()
    encoder.add(clips.utterance(one.text, speak=speak))
    return encoder.finish()


def _cpu_ms(step: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        step()
        best = min(best, time.process_time() - started)
    return best * 1000


if __name__ == "__main__":
    main()
