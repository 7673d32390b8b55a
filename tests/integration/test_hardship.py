"""A little of what the bench does much of: kills in mid-work, and half-open requests."""

from __future__ import annotations

from pathlib import Path

from tests.bench.hardship import half_open, killed


def test_what_was_said_yes_to_is_there_after_kills(tmp_path: Path) -> None:
    found = killed(tmp_path, rounds=3)
    assert found["lost"] == []
    assert found["states"] == {"ready": found["articles"]}


def test_half_open_requests_fail_no_article(tmp_path: Path) -> None:
    found = half_open(tmp_path, count=700, articles=8, until_closed=False)
    assert found["refused"] == 0
    assert found["states"] == {"ready": 8}
    assert found["readyz"] == 200
