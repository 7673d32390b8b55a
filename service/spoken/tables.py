"""Lists of words in TSV files, for people who do not program: see README.md beside them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table below its head; comments (#) and empty lines are passed over.

    A row has as many fields as the head, missing ones are empty.
    """
    lines = resources.files(__package__).joinpath(name).read_text("utf-8").splitlines()
    width = lines[0].count("\t") + 1
    for line in lines[1:]:
        if line.strip() and not line.startswith("#"):
            fields = line.split("\t")
            yield fields + [""] * (width - len(fields))


def mapping(name: str) -> dict[str, str]:
    """The first field of each row → the second."""
    return {fields[0]: fields[1] for fields in rows(name)}


def words(name: str, *, marked: str = "") -> frozenset[str]:
    """The first fields; `marked`: of those rows alone whose second field says so."""
    return frozenset(fields[0] for fields in rows(name) if not marked or fields[1] == marked)
