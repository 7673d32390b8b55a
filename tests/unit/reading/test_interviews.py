"""Who asks and who answers, and what only looks like an interview."""

import pytest

from service.domain import Kind, Paragraph, Role
from service.reading import read_html, read_markdown, read_text
from service.reading.interviews import with_roles
from service.reading.labels import label_of, one_name

LONG = "Das dauert länger, als man denkt, und am Ende weiß niemand mehr, warum es so lange war."
Q, A = Role.QUESTION, Role.ANSWER


def told(article):
    return [(one.role, one.speaker) for one in article.paragraphs[1:]]


def text(*lines):
    return read_text("\n\n".join(("Ein Gespräch", *lines)))


def page(*lines):
    body = "".join(f"<p>{line}</p>" for line in lines)
    return read_html(f"<html lang=de><article><h1>Ein Gespräch</h1>{body}</article></html>")


def test_frage_and_antwort_before_a_colon():
    article = text("Frage: Wie lange?", f"Antwort: {LONG}", "Noch ein Absatz davon.")
    assert told(article) == [(Q, None), (A, None), (A, None)]
    assert article.paragraphs[1].text == "Frage: Wie lange?"


def test_numbers_beside_frage_do_not_count():
    article = text("1. Frage: Wie lange?", f"Antwort 1: {LONG}", "Frage 2: Und dann?", "Nichts.")
    assert told(article) == [(Q, None), (A, None), (Q, None), (A, None)]


def test_names_before_a_colon_who_asks_is_told_by_the_questions():
    article = text(
        "SZ: Herr Müller, wie lange dauert das?",
        f"Müller: {LONG}",
        "SZ: Und danach?",
        "Müller (lacht): Danach nichts mehr.",
        "Das Gespräch führte Anna Berg.",
    )
    assert told(article) == [(Q, "SZ"), (A, "Müller"), (Q, "SZ"), (A, "Müller"), (None, None)]


def test_a_surname_is_the_whole_name_that_came_before():
    article = text(
        "taz: Frau Öz, wann fing das an?",
        f"Dr. Leyla Öz: {LONG}",
        "Und wann hört es auf?",
        "Öz: Morgen.",
        "Darüber hinaus weiß es keiner.",
        "Weiß es jemand?",
        "Öz: Nein.",
    )
    assert told(article)[:4] == [(Q, "taz"), (A, "Leyla Öz"), (Q, "taz"), (A, "Leyla Öz")]
    assert told(article)[4:] == [(A, "Leyla Öz"), (Q, "taz"), (A, "Leyla Öz")]


def test_several_people_answer():
    article = text(
        "Moderatorin: Ist das gut?", "Anna Klein: Ja.", "Jan Groß: Nein.",
        "Moderatorin: Warum nicht?", "Jan Groß: Darum.", "Anna Klein: Eben.",
    )  # fmt: skip
    assert told(article) == [
        (Q, "Moderatorin"), (A, "Anna Klein"), (A, "Jan Groß"),
        (Q, "Moderatorin"), (A, "Jan Groß"), (A, "Anna Klein"),
    ]  # fmt: skip


def test_where_nobody_asks_people_have_names_and_no_roles():
    article = text("Anna Klein: Gut.", "Jan Groß: Schlecht.", "Anna Klein: Gut!", "Jan Groß: Na.")
    assert told(article) == [(None, "Anna Klein"), (None, "Jan Groß")] * 2


def test_bold_lines_ask():
    article = page(
        "<b>Ein Vorspann, der fett ist und nichts fragt.</b>",
        "<strong>Frau Maas, wie war der Tag?</strong>", LONG, "Er war lang.",
        "<strong>Das glaube ich nicht. Wirklich?</strong>", LONG,
        "<strong>Jetzt übertreiben Sie.</strong>", LONG,
    )  # fmt: skip
    roles = [one.role for one in article.paragraphs[1:]]
    assert roles == [None, Q, A, A, Q, A, Q, A]


def test_a_label_on_the_first_bold_line_names_who_asks_ever_after():
    article = page(
        "<b>SZ: Frau Maas, wie war der Tag?</b>", f"Maas: {LONG}", "<b>Und die Nacht?</b>", LONG
    )
    assert told(article) == [(Q, "SZ"), (A, "Maas"), (Q, "SZ"), (A, "Maas")]


def test_markdown_has_bold_lines_too():
    article = read_markdown(f"# Titel\n\n**Wie lange?**\n\n{LONG}\n\n**Und dann?**\n\n{LONG}\n")
    assert [one.role for one in article.paragraphs] == [None, Q, A, Q, A]


def test_the_page_names_its_questions():
    turn = f"</p><div class='talk__question'>Weiter.</div><div class=answer>{LONG}</div><p>"
    article = page(turn, turn)
    assert [one.role for one in article.paragraphs[1:]] == [Q, A, Q, A]


def test_questions_that_nothing_marks_are_found_where_they_take_turns():
    article = text("Wie lange?", LONG, "Und dann?", LONG, "Warum?", LONG)
    assert [one.role for one in article.paragraphs[1:]] == [Q, A, Q, A, Q, A]


def test_a_heading_at_the_end_ends_it():
    article = page(
        "<b>Wie lange?</b>", LONG, "<b>Und dann?</b>", LONG, "</p><h2>Über das Buch</h2><p>", LONG
    )
    assert [one.role for one in article.paragraphs[1:]] == [Q, A, Q, A, None, None]


@pytest.mark.parametrize(
    "lines",
    [
        ["Hinweis: Dies ist kein Gespräch.", LONG],
        ["Hinweis: Erst lesen.", LONG, "Hinweis: Dann fragen.", LONG],
        ["Zutaten: Mehl, Ei.", "Zubereitung: Rühren.", "Zutaten: Salz.", "Zubereitung: Kochen."],
        ["Fakt ist: Es regnet.", LONG, "Fakt ist: Es schneit.", LONG, "Oder etwa nicht?"],
        ["Das heißt: Wir bleiben.", LONG, "Das heißt: Wir gehen.", "Bleibt die Frage: Warum?"],
        ["Um 20:15 Uhr: Krimi.", "Um 22:15 Uhr: Nachrichten.", "Um 23:00 Uhr: Warum noch?"],
        ["Pro: Es ist billig.", "Contra: Es ist laut.", "Pro: Es ist nah.", "Contra: Zu nah."],
        ["Berlin: Regen.", "Hamburg: Sonne.", "Berlin: Schnee.", "Hamburg: Wind."],
        ["Was heißt das für Mieter?", LONG, LONG, LONG, LONG, "Und für Vermieter?", LONG, LONG],
        ["Er fragte: Warum?", LONG, "Sie sagte: Darum.", LONG],
        [LONG, "Wer soll das bezahlen?", LONG],
    ],
)
def test_what_only_looks_like_an_interview_is_none(lines):
    assert set(told(text(*lines))) == {(None, None)}


def test_bold_headings_are_no_questions():
    article = page("<b>Die Lage</b>", LONG, "<b>Was heißt das?</b>", LONG, "<b>Ausblick</b>", LONG)
    assert {one.role for one in article.paragraphs} == {None}


def test_kinds_and_texts_stay_as_they_are():
    found = [
        Paragraph(Kind.TITLE, "Titel"), Paragraph(Kind.HEADING, "Frage: Ja?"),
        Paragraph(Kind.QUOTE, "Ein Zitat."), Paragraph(Kind.LIST_ITEM, "Antwort: Ja.", number=3),
    ]  # fmt: skip
    got = with_roles(found)
    assert [(one.kind, one.text, one.number) for one in got] == [
        (one.kind, one.text, one.number) for one in found
    ]
    assert [one.role for one in got] == [None, Q, A, A]


def test_titles_are_no_part_of_names():
    assert one_name(["Prof. Dr. Anna Klein", "Frau Klein", "Klein", "Groß"]) == {
        "Prof. Dr. Anna Klein": "Anna Klein",
        "Frau Klein": "Anna Klein",
        "Klein": "Anna Klein",
        "Groß": "Groß",
    }


@pytest.mark.parametrize(
    "line", ["Nein: so nicht.", "So: gut.", "https://x.de: da", ": leer", "", f"{'a' * 99}: da"]
)
def test_such_a_beginning_is_no_label(line):
    assert label_of(line) is None


def test_a_text_of_a_hundred_thousand_letters_is_judged():
    endless = [Paragraph(Kind.TEXT, "Noch. " * 20_000), Paragraph(Kind.TEXT, "A" * 100_000)]
    assert with_roles(endless) == endless
