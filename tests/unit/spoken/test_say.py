"""Speaking never fails, never loses a letter of the written text, and leaves nothing unsaid."""

from __future__ import annotations

import pytest

from service.domain import Form
from service.errors import SettingsInvalid
from service.spoken import BUILT_IN, Lexicon, speakable


def test_prose_without_anything_special_is_spoken_as_it_stands():
    text = "Der Wind legte sich gegen Abend, und die Fischer fuhren wieder hinaus."
    assert speakable(text) == text


@pytest.mark.parametrize("nothing", ["", " ", "…", "***", "🙂", "– –", "[1]"])
def test_what_has_no_word_is_not_spoken(nothing):
    assert speakable(nothing) == ""


def test_an_engine_that_misreads_initialisms_gets_letters():
    form = Form(spell_letters=True)
    assert speakable("Die EU und die NATO tagen.", form=form) == "Die E U und die NATO tagen."
    assert speakable("Die EU und die NATO tagen.") == "Die EU und die NATO tagen."


def test_an_engine_that_garbles_long_numbers_gets_them_in_parts():
    said = speakable("Es waren 123.456 Menschen.", form=Form(split_numbers=True))
    assert max(map(len, said.split())) < 25
    assert (
        said.replace(" ", "").lower()
        == speakable("Es waren 123.456 Menschen.").replace(" ", "").lower()
    )


def test_a_lexicon_says_names_as_it_is_told_longest_first_and_inflected(tmp_path):
    file = tmp_path / "namen.tsv"
    file.write_text("# Namen\nSmith\tSmiss\nJane Smith\tDschejn Smiss\nblog\tBlogg\n", "utf-8")
    lexicon = Lexicon.read(file, under=BUILT_IN)
    assert speakable("Jane Smith las Smiths Blog.", lexicon=lexicon) == (
        "Dschejn Smiss las Smisss Blogg."
    )
    assert speakable("smith", lexicon=lexicon) == "smith"
    assert lexicon.digest != BUILT_IN.digest


@pytest.mark.parametrize("line", ["nur ein Feld", "leer\t", "\tleer"])
def test_a_broken_lexicon_is_refused_with_the_line(tmp_path, line):
    file = tmp_path / "namen.tsv"
    file.write_text(f"a\tb\n\n{line}\n", "utf-8")
    with pytest.raises(SettingsInvalid, match="line 3"):
        Lexicon.read(file)
    with pytest.raises(SettingsInvalid, match="cannot be read"):
        Lexicon.read(tmp_path / "fehlt.tsv")
