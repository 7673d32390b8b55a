"""Plain text in every shape that it comes in becomes the same paragraphs."""

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.characters import mended
from service.domain import Kind
from service.errors import EmptyArticle, UnreadableSource
from service.reading import read_file, read_text
from service.reading.markdown import read_markdown
from tests.articles import article

PARTS = ("Ein Titel", "Ein Absatz mit Wörtern.", "Noch ein Absatz.")


def texts(text, **how):
    return tuple(paragraph.text for paragraph in read_text(text, **how).paragraphs)


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(PARTS),
        "\r\n\r\n".join(PARTS),
        "\r\r".join(PARTS),
        "\u2029".join(PARTS),
        "\n \t \n".join(PARTS),
        "\n".join(PARTS),
        "\ufeff" + "\n\n".join(PARTS) + "\n\n\n",
        "Ein Titel\n\nEin Absatz\nmit Wörtern.\n\nNoch\nein\nAbsatz.",
        "Ein Titel\n\nEin Ab-\nsatz mit Wör-\ntern.\n\nNoch ein Absatz.",
        "Ein Titel\n\nEin Ab\u00adsatz mit Wör\u00ad\ntern.\n\nNoch ein Ab\u200bsatz.",
        "Ein\u00a0Titel\n\n\tEin Absatz\u202fmit\t\tWörtern.\n\n  Noch ein Absatz.  ",
        "Ein Titel\n\nEin Absatz mit Wo\u0308rtern.\n\nNoch ein\x00 Absatz\x07.",
    ],
)
def test_the_same_text_in_twelve_shapes(text):
    assert texts(text) == PARTS


def test_hyphens_that_belong_to_a_word_stay():
    text = "T\n\nDie US-\nBeamten, Ost-\nund West, das EU-\nweite Netz, die 24-\nStunden-Frist."
    assert (
        texts(text)[1] == "Die US-Beamten, Ost- und West, das EU-weite Netz, die 24-Stunden-Frist."
    )


def test_wrapped_text_without_blank_lines_is_one_paragraph():
    assert texts("Das ist ein\nAbsatz mit\nUmbrüchen.") == ("Das ist ein Absatz mit Umbrüchen.",)


def test_long_lines_are_paragraphs_of_their_own():
    long = "Ein Satz mit vielen Wörtern, der sich über die ganze Zeile zieht und nicht endet. " * 2
    assert len(texts(f"Titel\n{long}\n{long}")) == 3


def test_headings_lists_and_quotes_have_their_kind():
    text = "\n\n".join(
        [
            "Der Titel",
            "Ein Absatz, der lang genug ist, um nicht für eine Überschrift gehalten zu werden.",
            "Eine Überschrift",
            "Darauf folgt ein Absatz, der sie zur Überschrift macht, weil er weit über die "
            + "nächste Zeile reicht und mehr als einen Gedanken enthält.",
            "- erster Punkt\n- zweiter Punkt",
            "„Ein ganzes Zitat.“",
            "1. Januar ist Feiertag.",
        ]
    )
    kinds = [paragraph.kind for paragraph in read_text(text).paragraphs]
    assert kinds == [
        Kind.TITLE,
        Kind.TEXT,
        Kind.HEADING,
        Kind.TEXT,
        Kind.LIST_ITEM,
        Kind.LIST_ITEM,
        Kind.QUOTE,
        Kind.TEXT,
    ]
    assert "erster Punkt" in texts(text)


def test_a_given_title_comes_first_and_is_not_repeated():
    assert texts("Ein Absatz.", title="Der Titel") == ("Der Titel", "Ein Absatz.")
    assert texts("Der Titel\n\nEin Absatz.", title="Der  Titel") == ("Der Titel", "Ein Absatz.")


@pytest.mark.parametrize("empty", ["", " \n\t\r\n", "\u200b\ufeff", "***", "– –\n\n…", "🙂"])
def test_nothing_to_read_is_a_clear_error(empty):
    with pytest.raises(EmptyArticle, match="nothing to read"):
        read_text(empty)


def test_a_file_with_a_foreign_ending_is_refused():
    with pytest.raises(UnreadableSource, match="sound recording"):
        read_file("song.mp3", b"Text")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_or_refused_and_no_letter_is_lost(text):
    try:
        found = read_text(text)
    except EmptyArticle:
        return
    seen = "".join(paragraph.text for paragraph in found.paragraphs)
    seen += "".join(line.text for line in found.left_out) + (found.site or "")
    assert found.paragraphs[0].kind is Kind.TITLE
    assert all(paragraph.text == " ".join(paragraph.text.split()) for paragraph in found.paragraphs)
    wanted = [letter for letter in mended(text) if letter.isascii() and letter.isalpha()]
    assert sorted(x for x in seen if x.isascii() and x.isalpha()) == sorted(wanted)


def test_our_report_has_its_headings_and_its_list():
    found = read_text(article("bericht"))
    kinds = [paragraph.kind for paragraph in found.paragraphs]
    assert kinds.count(Kind.HEADING) == 12
    assert kinds.count(Kind.LIST_ITEM) == 4
    assert found.left_out == ()


def test_our_note_is_a_title_and_a_paragraph():
    assert len(read_text(article("notiz")).paragraphs) == 2


def test_our_interview_keeps_every_question_and_answer():
    assert len(read_text(article("interview")).paragraphs) == 14


@pytest.mark.parametrize("mark", ["{}. ", "{}) "])
def test_a_text_that_is_only_a_list_is_one_behind_its_title(mark):
    lines = [mark.format(at) + said for at, said in enumerate(["Mehl sieben", "Eier trennen"], 1)]
    found = read_text("\n".join(lines)).paragraphs
    assert [(one.kind, one.text) for one in found] == [
        (Kind.TITLE, lines[0]),
        (Kind.LIST_ITEM, lines[1]),
    ]


def test_bullets_of_a_text_that_is_only_a_list_are_no_text():
    found = read_text("- Mehl\n- Eier\n- Salz").paragraphs
    assert [(one.kind, one.text) for one in found] == [
        (Kind.TITLE, "Mehl"),
        (Kind.LIST_ITEM, "Eier"),
        (Kind.LIST_ITEM, "Salz"),
    ]


PROSE = "Der Wind geht über das Moor, und Prof. Onnen misst seit Jahren, wie hoch das Wasser steht."


@pytest.mark.parametrize(
    "text",
    [
        " ".join([PROSE] * 9),
        "\n".join([PROSE] * 9),
        "\n".join(textwrap.wrap(" ".join([PROSE] * 9), 60)),
    ],
)
def test_the_title_of_a_long_first_paragraph_is_its_first_sentence(text):
    assert texts(text)[0] == PROSE
    assert " ".join(texts(text)) == " ".join(text.split())


def test_a_long_first_paragraph_of_a_markdown_text_has_the_same_title():
    found = read_markdown(" ".join([PROSE] * 9)).paragraphs
    assert [one.text for one in found] == [PROSE, " ".join([PROSE] * 8)]


def test_a_first_line_that_was_not_wrapped_is_the_title():
    wrapped = textwrap.wrap(" ".join([PROSE] * 9), 70)
    text = "\n".join(["Das Moor im Winter", *wrapped])
    assert texts(text) == ("Das Moor im Winter", " ".join(wrapped))


def test_no_title_is_longer_than_anyone_would_listen_to():
    without_stops = "und immer weiter, " * 60
    title, *rest = texts(without_stops)
    assert len(title) <= 200
    assert " ".join([title, *rest]) == without_stops.strip()


CLOSED = "Der Damm\n\nEr hält noch, sagt der Bürgermeister.\n\nDie Kosten steigen seit Jahren."


@pytest.mark.parametrize(
    "lines",
    [
        ["dpa/lno"],
        ["(dpa)"],
        ["Quelle: Amt für Küstenschutz"],
        ["Redaktion: Ina Holt", "© 2026 Nordpost"],
        ["Mit Material der dpa.", "Schreibe einen Kommentar"],
        ["Dieser Artikel erschien zuerst in der Nordpost."],
    ],
)
def test_lines_below_the_last_sentence_that_say_who_made_it_are_left_out(lines):
    article = read_text("\n\n".join([CLOSED, *lines]))
    assert [one.text for one in article.paragraphs] == CLOSED.split("\n\n")
    assert {one.text for one in article.left_out} == set(lines)


@pytest.mark.parametrize("line", ["Sprecher: Gute Nacht.", "Anna: Ja!", "So sei es.", "Autor sein"])
def test_what_somebody_says_at_the_end_is_read(line):
    assert read_text(f"{CLOSED}\n\n{line}").paragraphs[-1].text == line


def test_a_text_of_two_lines_keeps_its_second():
    assert len(read_text("Der Damm\n\nQuelle: Amt für Küstenschutz").paragraphs) == 2
