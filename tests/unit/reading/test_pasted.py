"""Text that was copied out of a PDF is read as it was written."""

import pytest

from service.domain import Kind
from service.reading import read_text

PAGES = """Jahresbericht der Stadtwerke

Die Stadtwerke haben im vergangenen Jahr mehr Strom ver-
kauft als je zuvor, obwohl die
Preise

Jahresbericht 2024                                        Seite 3

deutlich gesunken sind. Der Vorstand dankt allen Mitar-
beitern.

3

1 Umsatz
Der Umsatz lag bei 80 Mio. Euro.1
_______________
1 Ohne Tochterfirmen.
"""
WHOLE = (
    "Die Stadtwerke haben im vergangenen Jahr mehr Strom verkauft als je zuvor, obwohl die Preise "
    "deutlich gesunken sind. Der Vorstand dankt allen Mitarbeitern."
)


def test_running_heads_page_numbers_and_notes_are_left_out_with_their_reason():
    found = read_text(PAGES)
    assert [(one.kind, one.text) for one in found.paragraphs] == [
        (Kind.TITLE, "Jahresbericht der Stadtwerke"),
        (Kind.TEXT, WHOLE),
        (Kind.HEADING, "1 Umsatz"),
        (Kind.TEXT, "Der Umsatz lag bei 80 Mio. Euro."),
    ]
    assert [(line.text, line.why) for line in found.left_out] == [
        ("Jahresbericht 2024 Seite 3", "page header"),
        ("3", "page number"),
        ("_______________", "separator"),
        ("1 Ohne Tochterfirmen.", "footnote"),
        ("1", "footnote mark"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Titel\n\nDas Ergebnis:\n\n3\n\nTore fielen in der zweiten Hälfte.",
        "Titel\n\nDie Zahl der Toten stieg auf 12.\n\n1 Umsatz\n\n2 Kosten\n\n3 Gewinn",
    ],
)
def test_text_that_was_not_set_in_lines_keeps_its_numbers(text):
    found = read_text(text)
    assert [one.text for one in found.paragraphs] == text.split("\n\n")


def test_ligatures_and_divided_words_are_whole_again():
    copied = (
        "Angst\n\nEs war emo\ufffetionale Not, der Ver\ufffe\nlust und das Ge¬\nsetz ﬁnanzieller"
    )
    found = read_text(f"{copied} Kapitä\xadne.")
    written = "Es war emotionale Not, der Verlust und das Gesetz finanzieller Kapitäne."
    assert found.paragraphs[1].text == written


def test_headings_that_differ_in_their_number_are_no_running_heads():
    text = "Das Moor\n\n" + "\n\n".join(
        f"Kapitel {number}\n\nDer Wind geht über das Moor und die Grä-\nben bis zum Meer."
        for number in (1, 2, 3)
    )
    found = read_text(text)
    assert [one.text for one in found.paragraphs][1::2] == ["Kapitel 1", "Kapitel 2", "Kapitel 3"]
    assert found.left_out == ()


def test_lines_that_differ_in_their_number_and_cut_a_sentence_are_running_heads():
    parts = ["Der Wind geht über die Grä-\nben", "und das Moor", "bis zum Meer."]
    text = "Das Moor\n\n" + parts[0] + "\n\nMoorbuch 7\n\n" + parts[1]
    found = read_text(text + "\n\nMoorbuch 8\n\n" + parts[2])
    assert [one.text for one in found.paragraphs] == [
        "Das Moor",
        "Der Wind geht über die Gräben und das Moor bis zum Meer.",
    ]
    assert [one.why for one in found.left_out] == ["page header"] * 2
