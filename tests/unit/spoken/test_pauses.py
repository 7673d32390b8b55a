"""A pause is a value in the script, never text."""

from __future__ import annotations

import pytest

from service.domain import Kind, Paragraph
from service.spoken import said, script, speakable
from service.spoken.pauses import VERSE_MS, stretches


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
    first, second = said(f"Hallo {mark} Welt.")
    assert (first.spoken, first.pause_ms) == ("Hallo", pause_ms)
    assert (second.spoken, second.pause_ms) == ("Welt.", None)
    assert speakable(f"Hallo {mark} Welt.") == "Hallo Welt."


@pytest.mark.parametrize("text", ["Eine [Pausen sind gut].", "breakfast <b>x</b>", "[pauseX]"])
def test_what_is_no_mark_is_no_pause(text):
    assert [one.pause_ms for one in said(text)] == [None] * len(list(said(text)))


def test_a_paragraph_keeps_its_marks_as_written():
    text = '[pause 1s] Hallo <break time="2s"/>[pause 1s]Welt. Ende.'
    written = script(Paragraph(Kind.TEXT, text))
    assert "".join(one.text for one in written.sentences) == text
    assert [(one.spoken, one.pause_ms) for one in written.sentences] == [
        ("", 1000), ("Hallo", 2000), ("", 1000), ("Welt.", None), ("Ende.", None)
    ]  # fmt: skip


def test_the_end_of_a_verse_is_a_short_pause():
    address = script(Paragraph(Kind.TEXT, "Erika Muster\nAm Markt 1\n12345 Musterstadt"))
    assert [(one.spoken, one.pause_ms) for one in address.sentences] == [
        ("Erika Muster", VERSE_MS),
        ("Am Markt eins", VERSE_MS),
        ("Eins zwei drei vier fünf Musterstadt", None),
    ]


def test_stretches_join_to_the_text():
    text = "a [pause 1s] b\nc <break/>"
    assert "".join(one.written for one in stretches(text)) == text


def test_a_heading_says_its_number_and_a_list_its_own():
    heading = script(Paragraph(Kind.HEADING, "2. Der Anfang"))
    assert heading.sentences[0].spoken == "Zwei: Der Anfang"
    item = script(Paragraph(Kind.LIST_ITEM, "2. Öffnen Sie die Tür."))
    assert item.sentences[0].spoken == "Zweitens: Öffnen Sie die Tür."
    given = script(Paragraph(Kind.LIST_ITEM, "die Tür öffnen. Dann warten.", number=21))
    assert [one.spoken for one in given.sentences] == [
        "Einundzwanzigstens: Die Tür öffnen.", "Dann warten."
    ]  # fmt: skip
