"""Words are whole again where printing cut them."""

from __future__ import annotations

import pytest

from service.characters import joined, mended


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


@pytest.mark.parametrize(
    ("set_", "written"),
    [
        ("ﬁnanziell, ﬂüchtig, Eﬀekt, Oﬃzier", "finanziell, flüchtig, Effekt, Offizier"),
        ("emo\ufffetionale Not", "emotionale Not"),
        ("Ver\ufffe\nlust", "Verlust"),
        ("Ge¬ setz und Ver¬\nordnung", "Gesetz und Verordnung"),
        ("Donau\xaddampf\xad\n  schiff", "Donaudampfschiff"),
        ("Kapitä\xadne\xad.", "Kapitäne."),
        ("Ver\x02lust", "Verlust"),
        ("EU\ufffe\nGipfel und EU\ufffeGipfel", "EU-Gipfel und EU-Gipfel"),
        ("Groß\ufffe und Kleinhandel", "Groß- und Kleinhandel"),
        ("Ost\xad\nund Westpreußen", "Ost- und Westpreußen"),
        ("A ∧ ¬B, ¬ p", "A ∧ ¬B, ¬ p"),
        ("Ende\xad\n\nAnfang", "Ende\n\nAnfang"),
    ],
)  # fmt: skip
def test_words_that_were_set_are_whole_again(set_, written):
    assert mended(set_) == written
    assert mended(written) == written


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Die Ver-", "waltung hat"], "Die Verwaltung hat"),
        (["Nord-", "rhein-Westfalen"], "Nordrhein-Westfalen"),
        (["Groß-", "und Klein-", "handel"], "Groß- und Kleinhandel"),
        (["Der EU-", "Gipfel"], "Der EU-Gipfel"),
        (["1990-", "er Jahre"], "1990-er Jahre"),
        (["eins –", "zwei"], "eins – zwei"),
        (["allein"], "allein"),
        ([], ""),
    ],
)
def test_lines_are_joined_as_they_were_written(lines, text):
    assert joined(lines) == text


def test_any_number_of_lines_is_joined_at_once():
    assert len(joined(["ein Wort-"] * 200_000)) == 200_000 * 8 + 1
