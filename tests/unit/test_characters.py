"""Words are whole again where printing cut them."""

from __future__ import annotations

import pytest

from service.characters import mended


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("span\u00adnen\u00addes Spiel", "spannendes Spiel"),
        ("das Ge¬\nsetz", "das Gesetz"),
        ("das Ge¬ setz", "das Gesetz"),
        ("emo\ufffetionaler", "emotionaler"),
        ("Ver\ufffe lust", "Verlust"),
        ("Nordrhein\u00ad\nWestfalen", "Nordrhein-Westfalen"),
        ("Groß¬ und Kleinhandel", "Groß- und Kleinhandel"),
        ("ﬁnanzielle ﬂüchtige Eﬀekte", "finanzielle flüchtige Effekte"),
        ("Das Ge¬", "Das Ge"),
        ("nicht ¬p", "nicht ¬p"),
        ("\u00ad", ""),
        ("", ""),
    ],
)
def test_words_are_whole(written, whole):
    assert mended(written) == whole
