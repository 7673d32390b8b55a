"""Every engine gets one printable line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.engines.text import LONGEST_WORD, is_speakable, one_line, shortest_s


@pytest.mark.parametrize(
    ("written", "given_on"),
    [
        ("Guten Tag.", "Guten Tag."),
        (" a\0b\tc\nd \ud800 e\u2028f ", "a b c d e f"),
        ("Cafe\u0301", "Café"),
        ("x" * 61, "x" * 60 + " x"),
        ("x" * 60, "x" * 60),
    ],
)
def test_text_becomes_one_printable_line(written, given_on):
    assert one_line(written) == given_on


@given(st.text())
def test_no_letter_is_lost_and_no_word_is_endless(text):
    line = one_line(text)
    assert is_speakable(line) == is_speakable(text)
    assert all(len(word) <= LONGEST_WORD for word in line.split())
    assert line.isprintable()


def test_a_text_has_a_time_in_which_nobody_can_have_said_it():
    assert shortest_s("Fünfunddreißig Buchstaben sind viele.") == pytest.approx(29 / 30)
    assert shortest_s("Ja.") == 0
