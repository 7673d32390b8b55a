"""Heard by a machine: initialisms and foreign words last as long as what is to be said."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from service.engines.espeak import EspeakEngine
from service.engines.pico import PicoEngine
from service.sound.clips import trimmed
from service.spoken import speakable

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parent
ENGINES: dict[str, type[PicoEngine | EspeakEngine]] = {"pico": PicoEngine, "espeak": EspeakEngine}
LETTER_S = 0.12  # the least for the name of a letter
WORD_S = 0.025, 0.17  # a letter of a word: the most and the least hurried; Pico's vary


def rows(name: str, every: int = 1) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))[::every]


def wrong(engine, found: list[dict[str, str]]) -> list[str]:
    """What is heard too short or too long, with its seconds."""
    voice = engine.voices()[0]

    def heard_s(text: str) -> float:
        sound = engine.speak(speakable(text, form=voice.form), voice=voice.id)
        return trimmed(sound).duration_seconds

    frame_s = heard_s("Heute hat das gesagt.")
    missed = []
    for row in found:
        letters = len(row["written"])
        seconds = heard_s(f"Heute hat {row['written']} das gesagt.") - frame_s
        least, most = WORD_S if row["read"] == "word" else (LETTER_S, 1.0)
        if not least * letters <= seconds <= most * letters + 0.1:
            missed.append(f"{row['written']} ({row['read']}): {seconds:.2f} s")
    return missed


@pytest.fixture(params=ENGINES)
def engine(request):
    opened = ENGINES[request.param](workers=1)
    yield opened
    opened.close()


def test_the_tables_are_large():
    assert len(rows("initialisms.tsv")) >= 300
    assert len(rows("foreign.tsv")) >= 100


@pytest.mark.parametrize("table", ["initialisms.tsv", "foreign.tsv"])
def test_they_are_heard_whole(engine, table):
    found = rows(table, every=6)
    assert len(wrong(engine, found)) <= len(found) * 0.02
