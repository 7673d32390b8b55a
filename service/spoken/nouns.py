"""The gender of a noun, by its last part or its visible ending."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Literal

from service.spoken.tables import rows

Gender = Literal["m", "f", "n"]

# Short nouns that end other nouns by chance (Kar-ton, Apparat, Trog) stand for themselves alone.
_ALONE = frozenset(
    """
    ag arm ast aus bit bon box cd dom duo dvd eck ei eid fax gen gier grün hab heu hit hut joch
    kap kfz klo lkw los lot mob mut ngo oma ort pc pkw rat reh see sog tat tau tee uhr wal wart
    zoo übel
    """.split()
)
PEOPLE = tuple(
    """
    abgeordnete angeklagte angehörige angestellte arbeitslose auszubildende beschuldigte deutsche
    erwachsene gefangene geflüchtete jugendliche kranke obdachlose studierende tote verdächtige
    beigeordnete verletzte vermisste vorsitzende
    """.split()
)  # as a noun, a woman; a man is “ein Abgeordneter”
_AGENTS = ("ktor", "ator", "itor", "utor", "entor", "antor")


def _table() -> dict[str, Gender]:
    genders: dict[str, Gender] = {"m": "m", "f": "f", "n": "n"}
    return {noun: genders[gender] for noun, gender in rows("nouns.tsv")}


_BY_NOUN = _table()
_ENDINGS: tuple[tuple[Gender, str], ...] = (
    ("m", "ling eur"),
    ("f", "ung heit keit schaft tion sion tät ik ei enz anz ur ität ie ade age isse itis"),
    ("n", "chen lein ment um tum nis ett eau ing fest"),
    ("m", "ismus or ant ent ist eur är ner ler ker ter ger er ig ich us en el tag"),
    ("f", "e in"),
)


def _listed(low: str) -> Gender | None:
    """By the longest known noun that it ends with."""
    for start in range(len(low) - 1):
        known = _BY_NOUN.get(low[start:])
        if known and (not start or low[start:] not in _ALONE):
            return known
    return None


@lru_cache(maxsize=8192)
def gender(noun: str) -> Gender | None:
    """The gender of a noun in the singular; None where nothing tells it."""
    low = noun.lower().strip(".,;:!?()„“\"'").partition(" pro ")[0].partition(" auf ")[0]
    low = low.rpartition("-")[2] or low
    if low.endswith(_AGENTS) and not low.endswith("gentor"):
        return "m"
    if listed := _listed(low):
        return listed
    return next((kind for kind, ends in _ENDINGS if low.endswith(tuple(ends.split()))), None)


def all_nouns() -> Collection[str]:
    """Every noun whose gender is known, in small letters."""
    return _BY_NOUN


def is_listed(noun: str) -> bool:
    """Whether the gender of a noun is known for sure, not by its ending."""
    low = noun.lower().rpartition("-")[2]
    return _listed(low) is not None


def is_genitive(noun: str) -> bool:
    """Whether a noun shows the genitive of a masculine or neuter: “Tages”, “Monats”."""
    low = noun.lower().strip(".,;:!?()„“\"'")
    if _BY_NOUN.get(low) or not low.endswith("s"):
        return False
    return any(_BY_NOUN.get(low.removesuffix(end)) in {"m", "n"} for end in ("es", "s"))


def is_plural(noun: str) -> bool:
    """Whether a noun looks like a plural: “Experten”, “Verbände”, “Autos”."""
    low = noun.lower().strip(".,;:!?()„“\"'")
    if _BY_NOUN.get(low):
        return False
    if low.endswith("e") and _listed(low[:-1]) in {"m", "n"}:
        return True
    has_umlaut = any(letter in "äöü" for letter in low)
    return low.endswith(("en", "eln", "ern", "s", "er")) or (has_umlaut and low.endswith("e"))
