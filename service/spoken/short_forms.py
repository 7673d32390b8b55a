"""The table of abbreviations: what each is in full, and what is known of its dot."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.spoken.tables import rows


@dataclass(frozen=True, slots=True)
class ShortForm:
    """One row: `singular` counts where `spoken` is a plural; `dot` and `kind` see README."""

    written: str
    spoken: str
    singular: str
    kind: str
    dot: frozenset[str]

    @property
    def bare(self) -> str:
        """In small letters, without its last dot."""
        return self.written.removesuffix(".").lower()


SHORT_FORMS = tuple(
    ShortForm(written, spoken, singular, kind, frozenset(dot.split()))
    for written, spoken, singular, kind, dot in rows("abbreviations.tsv")
)


def of_kind(*kinds: str) -> dict[str, str]:
    """Written, without its last dot → spoken, of all rows of these kinds."""
    return {row.written.removesuffix("."): row.spoken for row in SHORT_FORMS if row.kind in kinds}


def whose_dot(mark: str) -> frozenset[str]:
    """The bare forms of all rows with a mark in their column `dot`."""
    return frozenset(row.bare for row in SHORT_FORMS if mark in row.dot)


LANGUAGES = frozenset(of_kind("language"))
ADJECTIVES = {
    written.lower(): spoken for written, spoken in of_kind("adjective", "language").items()
}
"""Those that take the ending that their noun asks for, in small letters."""

# “monatl.”, “sprachl.”: what no whole word ends with is cut off before -ich
_CUT = re.compile(
    r"(?=\w{4})(?=.*[aeiouäöü])"
    r"[a-zäöüß]*(?:[dfmnrt]|[aeiouäöü]b|(?<!s)ch|[aeiouäöün]g|rk|ck)l"
)
_WRITTEN = frozenset(row.bare for row in SHORT_FORMS)


def in_full(short: str) -> str:
    """The adjective that was cut off before -ich, without the dot; "" for other words."""
    is_cut = _CUT.fullmatch(short) and short not in _WRITTEN
    return f"{short}ich" if is_cut else ""
