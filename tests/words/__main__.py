"""Trains the acoustic tables: make train-words. Takes about ten minutes.

The shipped one knows eSpeak's and Pico's voices, so that Piper's can judge it; a second one,
for the tests alone, knows Piper's and Pico's, so that eSpeak's can.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from service.sound.words.table import SHIPPED, pack
from tests.words import renderings
from tests.words.train import lesson, train

WITHOUT_ESPEAK = Path(__file__).with_name("without_espeak.npz")


def main() -> None:
    """Writes both tables."""
    if "MALLOC_PERTURB_" not in os.environ:
        sys.exit("Pico reads memory that it never wrote. Run: make train-words")
    pico = [lesson(said) for said in renderings.pico_lessons()]
    espeak = [lesson(said) for said in renderings.espeak_lessons()]
    SHIPPED.write_bytes(pack(train([*espeak, *pico])))
    print(f"{SHIPPED.name}: {SHIPPED.stat().st_size} bytes")
    piper = [lesson(said) for said in renderings.piper_lessons()]
    WITHOUT_ESPEAK.write_bytes(pack(train([*piper, *pico])))
    print(f"{WITHOUT_ESPEAK.name}: {WITHOUT_ESPEAK.stat().st_size} bytes")


if __name__ == "__main__":
    main()
