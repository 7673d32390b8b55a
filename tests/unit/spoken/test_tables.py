"""The tables say only what the rules know, and nothing twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import service.spoken
from service.spoken.government import governing, government
from service.spoken.short_forms import SHORT_FORMS

FOLDER = Path(service.spoken.__file__).parent
TABLES = sorted(FOLDER.glob("*.tsv"))
KINDS = """
    adjective book country day era floor language law money month name numbered owner page person
    saint score side span tail title wind
"""
DOTS = "binds ends may-end number title unsure word"


def _lines(table: Path) -> list[list[str]]:
    lines = table.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_row_has_no_more_fields_than_the_head_and_a_name(table):
    head, *rows = _lines(table)
    assert all(row[0].strip() and len(row) <= len(head) for row in rows)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_row_is_there_twice(table):
    _, *rows = _lines(table)
    kind = 3 if table.name == "abbreviations.tsv" else None
    names = Counter((row[0], row[kind] if kind and len(row) > kind else "") for row in rows)
    assert [name for name, count in names.items() if count > 1] == []


def test_abbreviations_have_kinds_and_marks_that_the_readme_explains():
    assert {one.kind for one in SHORT_FORMS} <= {"", *KINDS.split()}
    assert {mark for one in SHORT_FORMS for mark in one.dot} <= set(DOTS.split())
    readme = (FOLDER / "README.md").read_text("utf-8")
    assert all(f"`{mark}`" in readme for mark in DOTS.split())


def test_the_readme_names_every_table():
    readme = (FOLDER / "README.md").read_text("utf-8")
    assert [table.name for table in TABLES if f"`{table.name}`" not in readme] == []


@pytest.mark.parametrize(
    ("word", "use", "case"),
    [
        ("mit", "amount", "dative"),
        ("gegenüber", "name", "dative"),
        ("dank", "name", "dative"),
        ("trotz", "amount", "genitive"),
        ("trotz", "name", "dative"),
        ("bezüglich", "name", "genitive"),
        ("auf", "amount", "accusative"),
        ("auf", "rank", "dative"),
        ("an", "name", "accusative"),
        ("haus", "name", None),
    ],
)
def test_a_preposition_governs_a_case_by_what_stands_behind_it(word, use, case):
    assert government(word, use) == case
    assert not case or word in governing(case, use).split("|")
