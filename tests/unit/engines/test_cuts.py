"""Long text is cut where a reader would breathe, and nothing of it is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.engines.cuts import pieces


def test_short_text_stays_whole():
    assert pieces("Guten Tag.", 10) == ["Guten Tag."]


def test_a_sentence_end_goes_before_a_comma_and_a_comma_before_a_blank():
    assert pieces("Er kam. Sie ging, und er blieb", 25) == ["Er kam.", "Sie ging, und er blieb"]
    assert pieces("Sie ging zwar, und er blieb", 20) == ["Sie ging zwar,", "und er blieb"]
    assert pieces("Sie ging und er blieb", 15) == ["Sie ging und er", "blieb"]


def test_closing_quotes_stay_with_their_sentence():
    assert pieces("„Ja.“ Dann ging sie", 14) == ["„Ja.“", "Dann ging sie"]


def test_a_word_that_is_too_long_is_cut():
    assert pieces("abcdefgh ij", 3) == ["abc", "def", "gh", "ij"]


def test_a_date_or_a_decimal_is_not_a_place_to_cut():
    assert pieces("Am 3.10. oder 2,5 Tage", 16) == ["Am 3.10.", "oder 2,5 Tage"]


@given(st.text(), st.integers(1, 50))
def test_pieces_are_short_and_join_to_the_text_but_for_blanks(text, longest):
    found = pieces(text, longest)
    assert all(0 < len(piece) <= longest for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())
