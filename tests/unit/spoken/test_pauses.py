"""A pause is a value in the script, never text."""

from __future__ import annotations

import pytest

from service.domain import Kind, Paragraph
from service.pauses import VERSE_MS, stretches
from service.spoken import parted, script, speakable, spoken_sentences


@pytest.mark.parametrize(
    ("mark", "pause_ms"),
    [
        ('<break time="1s"/>', 1000),
        ("<break time='250ms' />", 250),
        ('<break time="1.5s"></break>', 1500),
        ('<break strength="strong"/>', 750),
        ("<break/>", 500),
        ('<break time="60s"/>', 10_000),
        ("[pause 1s]", 1000),
        ("[pause 0,5 s]", 500),
        ("[pause 300ms]", 300),
        ("[Pause 2 Sekunden]", 2000),
        ("[pause]", 500),
        ("[pause 0s]", 0),
        ("[pause 99999s]", 10_000),
    ],
)
def test_a_mark_is_a_pause_of_its_length_and_is_not_read(mark, pause_ms):
    first, second = spoken_sentences(f"Hallo {mark} Welt.")
    assert (first.spoken, first.pause_ms) == ("Hallo", pause_ms)
    assert (second.spoken, second.pause_ms) == ("Welt.", None)
    assert speakable(f"Hallo {mark} Welt.") == "Hallo Welt."


@pytest.mark.parametrize("text", ["Eine [Pausen sind gut].", "breakfast <b>x</b>", "[pauseX]"])
def test_what_is_no_mark_is_no_pause(text):
    assert [one.pause_ms for one in spoken_sentences(text)] == [None] * len(
        list(spoken_sentences(text))
    )


def test_a_mark_is_in_no_sentence_and_those_that_follow_each_other_are_one_pause():
    text = '[pause 1s] Hallo <break time="2s"/>[pause 1s]Welt. Ende.'
    written = script(Paragraph(Kind.TEXT, text))
    assert [(one.text, one.spoken, one.pause_ms) for one in written.sentences] == [
        ("", "", 1000),
        ("Hallo ", "Hallo", 3000),
        ("Welt. ", "Welt.", None),
        ("Ende.", "Ende.", None),
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Hallo [pause 1s] Welt.", "Hallo Welt."),
        ("Hallo<break/>Welt.", "Hallo Welt."),
        ("Hallo.<break/>Welt.", "Hallo. Welt."),
        ("Hallo [pause 1s], Welt <break/>.", "Hallo, Welt."),
        ("(<break/>Hallo) Welt [pause]", "(Hallo) Welt"),
        ("»Nein.« [pause] »Doch.«", "»Nein.« »Doch.«"),
        ("Am Markt 1 [pause 1s]\n12345 Muster\n[pause] Land", "Am Markt 1\n12345 Muster\nLand"),
        ("[pause 2s]", ""),
        ("a [pause] [pause 1s] <break/> b", "a b"),
    ],
)
def test_what_is_shown_has_no_marks_and_blanks_where_words_part(written, shown):
    sentences = script(Paragraph(Kind.TEXT, written)).sentences
    assert "".join(one.text for one in sentences) == shown
    assert Paragraph(Kind.TEXT, written).shown == shown


def test_sentences_are_parted_at_pauses_as_they_are_spoken():
    assert list(parted("Hallo [pause 1s] Welt. Ende.")) == ["Hallo", "Welt. ", "Ende."]


def test_a_pause_before_a_heading_and_an_item_takes_nothing_from_them():
    heading = script(Paragraph(Kind.HEADING, "[pause 1s] 2. Der Anfang"))
    assert [one.spoken for one in heading.sentences] == ["", "Zwei: Der Anfang"]
    item = script(Paragraph(Kind.LIST_ITEM, "[pause 1s] Die Tür öffnen.", number=3))
    assert [one.spoken for one in item.sentences] == ["", "Drittens: Die Tür öffnen."]


def test_a_mark_after_a_verse_adds_to_its_pause():
    poem = script(Paragraph(Kind.TEXT, "Der Mond\n[pause 1s] ist auf"))
    assert [one.pause_ms for one in poem.sentences] == [1000 + VERSE_MS, None]


def test_the_end_of_a_verse_is_a_short_pause():
    address = script(Paragraph(Kind.TEXT, "Erika Muster\nAm Markt 1\n12345 Musterstadt"))
    assert [(one.spoken, one.pause_ms) for one in address.sentences] == [
        ("Erika Muster", VERSE_MS),
        ("Am Markt eins", VERSE_MS),
        ("Eins zwei drei vier fünf Musterstadt", None),
    ]


def test_stretches_join_to_what_is_shown():
    text = "a [pause 1s] b\nc <break/>"
    assert "".join(one.text + one.gap for one in stretches(text)) == "a b\nc"


def test_a_heading_says_its_number_and_a_list_its_own():
    heading = script(Paragraph(Kind.HEADING, "2. Der Anfang"))
    assert heading.sentences[0].spoken == "Zwei: Der Anfang"
    item = script(Paragraph(Kind.LIST_ITEM, "2. Öffnen Sie die Tür."))
    assert item.sentences[0].spoken == "Zweitens: Öffnen Sie die Tür."
    given = script(Paragraph(Kind.LIST_ITEM, "die Tür öffnen. Dann warten.", number=21))
    assert [one.spoken for one in given.sentences] == [
        "Einundzwanzigstens: Die Tür öffnen.", "Dann warten."
    ]  # fmt: skip
