"""The sentences: those that the table is trained on, and others that it is measured with."""

from __future__ import annotations

from pathlib import Path

from service.domain import Form, Kind, Paragraph
from service.sound.words.phones import words
from service.spoken import script

FORM = Form(spell_letters=True, split_numbers=True)

_TESTS = Path(__file__).parents[1]
_SHORTEST, _LONGEST = 4, 40  # words


def training() -> list[str]:
    """Spoken sentences of our articles and of the engines' tests, about 400."""
    files = [_TESTS / "unit/engines/sentences.txt", *sorted((_TESTS / "articles").rglob("*.txt"))]
    said = [one for file in files for line in _lines(file) for one in spoken(line)]
    return [one for one in dict.fromkeys(said) if _SHORTEST <= len(words(one)) <= _LONGEST]


def unseen() -> list[str]:
    """Spoken sentences that the table was never trained on, about 100."""
    return [
        one for line in _lines(Path(__file__).with_name("sentences.txt")) for one in spoken(line)
    ]


def spoken(line: str) -> list[str]:
    """The spoken sentences of a written line, for a voice that wants letters and numbers apart."""
    sentences = script(Paragraph(Kind.TEXT, line), form=FORM).sentences
    return [one.spoken for one in sentences if one.spoken]


def _lines(file: Path) -> list[str]:
    return [line.strip() for line in file.read_text("utf-8").splitlines() if line.strip()]
