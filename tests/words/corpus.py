"""The sentences, as they are spoken: those that the table learns from, and others to judge it.

Our own, from `tests/articles` and `tests/unit/engines`; written down as the rules spoke them once,
so that the training comes out the same however the rules grow.
"""

from __future__ import annotations

from pathlib import Path


def training() -> list[str]:
    """About 500 sentences."""
    return _lines("training.txt")


def unseen() -> list[str]:
    """About 100 others."""
    return _lines("unseen.txt")


def _lines(name: str) -> list[str]:
    return Path(__file__).with_name(name).read_text("utf-8").splitlines()
