"""Pico is given only what it can say, and foreign letters as a German would say them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.engines.pico_text import LONGEST_WORD, clean, sounds
from tests.waiting import grows_no_faster_than_its_input


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("Guten Tag", "Guten Tag."),
        ("Wirklich?", "Wirklich?"),
        ("Erdoğan, Wałęsa, Čapek", "Erdoan, Walensa, Tschapek."),
        ("ČAPEK und Škoda", "TschAPEK und Schkoda."),
        ("Müller, Françoise, Café", "Müller, Françoise, Café."),
        ("Владимир Путин", "Wladimir Putin."),
        ("Cafe\u0301", "Café."),
        ("Ende – und Anfang", "Ende, und Anfang."),
        ("Nun… ja", "Nun, ja."),
        ("„Ja“, sagte sie. (Und ging.)", "Ja, sagte sie. Und ging."),
        ("geht’s?!?!", "geht's?"),
        ("a\0b\tc\nd", "a b c d."),
        ("Kauf\u00adhaus", "Kaufhaus."),
        ("<genfile file='x'>Hallo</genfile>", "genfile file='x' Hallo genfile."),
        ("Aaaaaaaaah", "Aaaah."),
        ("rund 100000 Euro", "rund 100000 Euro."),
        ("James Bond 007", "Dschehms Bond 0 0 7."),
        ("1234567890123", "1 2 3 4 5 6 7 8 9 0 1 2 3."),
        ("Das Menü", "Das Menüh."),
        ("\ud800 ja", "ja."),
        ("👍 gut 😀", "gut."),
        ("Die Teamchefs des Livestreams", "Die Tiemchefs des Leiwstriems."),
        ("Trainerin in New York", "Trehnerin in Nju Jork."),
        ("Babylon, Jobst", "Babylon, Jobst."),
        ("…", ""),
        ("😀", ""),
        ("", ""),
    ],
)
def test_text_becomes_what_pico_can_say(written, cleaned):
    assert clean(written) == cleaned


def test_sch_is_one_sound():
    assert sounds("Tscheche, nach 3") == 9


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        (
            "achtzehntausendzweihundertfünfunddreißig Punkte",
            "achtzehntausend zweihundertfünfunddreißig Punkte.",
        ),
        (
            "Einhundertfünfundzwanzig-Millionen-Euro-Kredit",
            "Einhundertfünfundzwanzig Millionen-Euro-Kredit.",
        ),
    ],
)
def test_a_long_number_is_said_in_parts_that_have_a_meaning(written, cleaned):
    assert clean(written) == cleaned


def test_a_long_word_is_spoken_in_parts_of_like_length():
    parts = clean("ü" + "ab" * 40).rstrip(".").split()
    assert "".join(parts) == "ü" + "ab" * 40
    assert max(map(len, parts)) <= LONGEST_WORD
    assert max(map(len, parts)) - min(map(len, parts)) < 3


@given(st.text())
def test_nothing_dangerous_is_left_of_any_text(text):
    cleaned = clean(text)
    assert not set(cleaned) & set("<>{}[]|\\~^_`\0\n\t")
    assert all(ord(char) < 256 or char == "€" for char in cleaned)
    assert all(len(word) <= LONGEST_WORD + 1 for word in cleaned.split())


@given(st.text(alphabet=st.characters(categories=["L"], max_codepoint=0x17F)))
def test_no_latin_letter_goes_unsaid(text):
    kept = [char for char in text if char not in "ğĞ"]
    assert bool(clean(text)) == bool(kept)


@pytest.mark.parametrize("unit", ["Wort ", " ", ".", "a", "1", "0", "-", "'", ". - ", "ü"])
def test_cleaning_takes_no_longer_than_the_text(unit):
    assert grows_no_faster_than_its_input(lambda size: clean(unit * size))
