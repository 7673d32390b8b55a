"""The acoustic table: how the phones of German sound, as statistics over several voices.

Made by `make train-words`; what it was trained on stands beside it, in sounds.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from service.sound.words.features import NUMBERS, Features, product
from service.sound.words.phones import inventory

SHIPPED = Path(__file__).with_name("sounds.npz")
HALVES = 2  # states of a phone, one after the other; silence has one
STEP = 32  # parts of one in which the table counts

_QUIET_DB = -40.0  # below it silence is likelier than any phone

Scores = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Table:
    """For each sound, silence first, then both halves of each phone of the inventory:

    mean and log variance of the 24 features, and how many frames it lasts on average.
    """

    mean: Scores
    log_var: Scores
    frames: Scores

    def scores(self, heard: Features) -> Scores:
        """Log likelihood of every sound in every frame: frames × sounds."""
        weight = np.exp(-self.log_var)
        constant = (self.mean**2 * weight + self.log_var).sum(axis=1)
        x = heard.sound
        scores = product(x, (self.mean * weight).T) - 0.5 * (product(x * x, weight.T) + constant)
        quiet = heard.level_db < _QUIET_DB
        scores[quiet, 0] = np.maximum(scores[quiet, 0], scores[quiet].max(axis=1))
        return np.asarray(scores, np.float32)


def halves(phone: str) -> tuple[int, int]:
    """The two sounds of a phone, as rows of the table."""
    first = 1 + HALVES * (_places()[phone] - 1)
    return first, first + 1


def sounds() -> int:
    """How many rows a table has."""
    return 1 + HALVES * (len(inventory()) - 1)


@lru_cache(maxsize=4)
def load(path: Path = SHIPPED) -> Table:
    """The table in that file. Raises ValueError when it was trained for other phones."""
    with np.load(BytesIO(path.read_bytes())) as stored:
        mean, log_var, frames = stored["mean"], stored["log_var"], stored["frames"]
        trained_for = tuple(stored["phones"].tobytes().decode().split())
    if trained_for != inventory() or mean.shape != (sounds(), NUMBERS):
        raise ValueError(f"{path.name} does not fit phones.tsv. Run: make train-words")
    return Table(
        mean.astype(np.float32) / STEP,
        log_var.astype(np.float32) / STEP,
        frames.astype(np.float32) / STEP,
    )


def pack(table: Table) -> bytes:
    """The table as it is stored: rounded, the same bytes for the same numbers."""
    made = BytesIO()
    np.savez_compressed(
        made,
        mean=_rounded(table.mean),
        log_var=_rounded(table.log_var),
        frames=_rounded(table.frames),
        phones=np.frombuffer(" ".join(inventory()).encode(), np.uint8),
    )
    return made.getvalue()


def _rounded(numbers: Scores) -> NDArray[np.int16]:
    return np.rint(numbers * STEP).astype(np.int16)


@lru_cache(maxsize=1)
def _places() -> dict[str, int]:
    return {phone: place for place, phone in enumerate(inventory())}
