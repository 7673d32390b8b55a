"""Initialisms are spelled by the voice's form, by table and by what can be pronounced."""

from __future__ import annotations

import pytest

from service.domain import Form
from service.engines.pico import VOICE as PICO
from service.spoken import speakable
from service.spoken.initialisms import is_pronounceable, is_read_as_word


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Die RWTH hat recht.", "Die R W T H hat recht."),
        ("Die DSGVO gilt.", "Die D S G V O gilt."),
        ("Die Müller GmbH baut.", "Die Müller G M B H baut."),
        ("Der EuGH tagt.", "Der E U G H tagt."),
        ("Viele NGOs und zwei GmbHs.", "Viele N G O s und zwei G M B H s."),
        ("Die OSZE und das UNHCR.", "Die O S Z E und das U N H C R."),
        ("TVöD, VfGH und IStGH", "T V Ö D, V F G H und I S T G H"),
        ("Die CDU und die EU.", "Die CDU und die EU."),
        ("LAN und RAM", "Lan und Ram"),
        ("Die NATO, die BaFin und PISA.", "Die NATO, die BaFin und PISA."),
        ("Die HDMI-Buchse", "Die H D M I-Buchse"),
    ],
)
def test_pico_gets_letters_of_what_it_would_swallow(written, spoken):
    assert speakable(written, form=PICO.form) == spoken


def test_other_voices_get_the_letters_of_every_initialism():
    form = Form(spell_letters=True)
    assert speakable("Die CDU in der EU, LAN", form=form) == "Die C D U in der E U, Lan"
    assert speakable("Die CDU in der EU, LAN") == "Die CDU in der EU, LAN"


@pytest.mark.parametrize("word", ["NATO", "UNESCO", "FRONTEX", "EUROPOL", "DAX", "OPEC"])
def test_what_has_the_shape_of_a_word_is_one(word):
    assert is_read_as_word(word)


@pytest.mark.parametrize("word", ["RWTH", "OSZE", "ADAC", "UNHCR", "IAEA", "CDU", "RAF", "DOSB"])
def test_what_has_not_is_spelled(word):
    assert not is_read_as_word(word)


@pytest.mark.parametrize(
    ("word", "is_one"),
    [("herbst", True), ("feuer", True), ("nato", True), ("dosb", False), ("rwth", False)],
)
def test_syllables_begin_and_end_as_german_nouns_do(word, is_one):
    assert is_pronounceable(word) == is_one


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("DIE STADT BAUT DEN BAHNHOF UM", "Die Stadt Baut den Bahnhof um"),
        ("ÖPNV WIRD TEURER, CDU STREITET", "ÖPNV wird Teurer, CDU Streitet"),
        ("Das ist NUR für DIE ZEIT.", "Das ist nur für die Zeit."),
        ("ARD ZDF RTL", "ARD ZDF RTL"),
    ],
)
def test_a_line_in_capitals_is_a_line_of_words(written, spoken):
    assert speakable(written).lower() == spoken.lower()
    assert "ÖPNV" not in written or "ÖPNV" in speakable(written)
