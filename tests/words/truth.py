"""One sentence as a voice said it, with the sample at which each word begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Said:
    """`onsets` has one sample for each word of `text`, None where the voice tells none."""

    text: str
    samples: NDArray[np.int16]
    rate_hz: int
    onsets: tuple[int, ...] | None
    voice: str
