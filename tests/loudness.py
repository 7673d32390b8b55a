"""How loud samples are. SciPy is loaded when that is asked for: it takes a worker a second."""

from __future__ import annotations

import numpy as np

from service.domain import SAMPLE_RATE_HZ


def loudness_lufs(samples: np.ndarray, rate_hz: int = SAMPLE_RATE_HZ) -> float:
    """Integrated (ITU-R BS.1770-4)."""
    import pyloudnorm

    return pyloudnorm.Meter(rate_hz).integrated_loudness(samples)


def true_peak_dbtp(samples: np.ndarray) -> float:
    """Of the wave between the samples too, by four times as many."""
    from scipy.signal import resample_poly

    return 20 * np.log10(np.abs(resample_poly(samples, 4, 1)).max())
