"""Spoken German and sentence splitting against tables that a non-programmer can extend.

Compared are words: case, punctuation, hyphens and blanks do not count.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

from service.spoken import sentences, speakable

FOLDER = Path(__file__).parent
SPOKEN_FLOOR, SENTENCES_FLOOR = 1.0, 0.998


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def words(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]|_", " ", text.lower()).split())


def failures(found: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    """Category (or reason), what was expected, what came."""
    wrong = []
    for row in found:
        said = speakable(row["written"])
        if words(said) not in {words(one) for one in row["spoken"].split(" | ")}:
            wrong.append((row["category"], row["spoken"].split(" | ")[0], said))
    return wrong


def split_failures(found: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    wrong = []
    for row in found:
        cut = " ¦ ".join(part.strip() for part in sentences(row["written"]))
        if cut != row["sentences"]:
            wrong.append((row["why"], row["sentences"], cut))
    return wrong


def report(wrong: list[tuple[str, str, str]]) -> str:
    counts = Counter(kind for kind, _, _ in wrong).most_common(30)
    lines = [f"{kind}\n  expected {expected}\n  came     {came}" for kind, expected, came in wrong]
    return f"{counts}\n" + "\n".join(lines)


def test_the_tables_are_large_and_every_row_has_a_reason():
    assert len(rows("spoken.tsv")) >= 1700
    assert len(rows("sentences.tsv")) >= 590
    assert all(row["why"].strip() for row in rows("spoken.tsv") + rows("sentences.tsv"))


def test_written_german_is_spoken_as_a_newsreader_would():
    found = rows("spoken.tsv")
    wrong = failures(found)
    assert 1 - len(wrong) / len(found) >= SPOKEN_FLOOR, report(wrong)


def test_no_word_has_a_joint_or_a_mark_glued_between_letters():
    """Names that are written so (BaFin, MeToo) are no joints."""
    for row in rows("spoken.tsv"):
        said = speakable(row["written"])
        joints = re.findall(r"\w*[a-zäöüß][A-ZÄÖÜ]\w*", said)
        assert [joint for joint in joints if joint not in row["written"]] == []
        assert re.findall(r"[^\W\d_][.,;:!?][^\W\d_]", said) == []


def test_paragraphs_are_split_where_a_linguist_would():
    found = rows("sentences.tsv")
    wrong = split_failures(found)
    assert 1 - len(wrong) / len(found) >= SENTENCES_FLOOR, report(wrong)
