"""The case that a preposition governs: one table, and one function that asks it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from service.spoken.tables import rows

Case = Literal["nominative", "genitive", "dative", "accusative"]
Use = Literal["amount", "rank", "name"]
"""What stands behind the preposition: “auf 1 Meter”, “auf 3. Platz”, “auf Karl V.”"""

_USES: tuple[Use, ...] = ("amount", "rank", "name")


def _table() -> dict[str, dict[Use, Case]]:
    cases: dict[str, Case] = {
        "nominative": "nominative",
        "genitive": "genitive",
        "dative": "dative",
        "accusative": "accusative",
    }
    return {
        word: {use: cases[case] for use, case in zip(_USES, governed, strict=True) if case}
        for word, *governed in rows("prepositions.tsv")
    }


_TABLE = _table()
PREPOSITIONS = frozenset(_TABLE)


def government(word: str, use: Use) -> Case | None:
    """The case that a word in small letters governs; None if it governs none."""
    return _TABLE.get(word, {}).get(use)


@lru_cache
def governing(case: Case, use: Use) -> str:
    """All words that govern a case, as alternatives of a regular expression."""
    words = [word for word, cases in _TABLE.items() if cases.get(use) == case]
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
