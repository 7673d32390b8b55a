"""Articles of our own writing, and the seed article where it lies beside the repository."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
SEED_FOLDER = Path(__file__).parents[3] / "shared" / "articles"


def article(name: str) -> str:
    """The text of one of our own articles."""
    return (FOLDER / f"{name}.txt").read_text("utf-8")


TEN = tuple(sorted(path.stem for path in (FOLDER / "ten").glob("*.txt")))  # of different kinds


def seed() -> str:
    """The text of the seed article; the test is skipped, and says so, where it is not there."""
    found = sorted(SEED_FOLDER.glob("000_*.txt"))
    if not found:
        pytest.skip(f"the seed article is not at {SEED_FOLDER}")
    return found[0].read_text("utf-8")
