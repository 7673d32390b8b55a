"""What the rules have in common: each decides for itself whether it has something to do."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from service.spoken.say import RULES

TABLE = Path(__file__).parents[2] / "quality" / "spoken.tsv"


def _texts() -> list[str]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row["written"] for row in rows] + [row["spoken"] for row in rows]


OF_NUMBERS = [rule for rule in RULES if hasattr(rule, "__wrapped__")]


@pytest.mark.parametrize("rule", OF_NUMBERS, ids=lambda rule: rule.__name__)
def test_a_rule_of_numbers_leaves_a_text_without_numbers_as_it_is(rule):
    """So that passing it over is no second judgement, only a shorter way."""
    for text in _texts():
        bare = re.sub(r"[\d½⅓⅔¼¾⅕-⅞⅒⁰¹²³⁴-⁹★⭐☆]", "", text)
        assert rule.__wrapped__(bare) == bare
