"""PDFs that several programs have made are read in the order of a reader, and nothing but text."""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from service.domain import Kind
from service.errors import EmptyArticle, UnreadableSource
from service.reading import read_file
from tests.pdfs.prose import HARBOUR, MOOR
from tests.unit.reading.pdfs import FOLDER, drawn, read, set_in_lines, texts, whys


def test_a_newspaper_is_read_column_by_column():
    [found] = read("reportlab-zeitung")
    assert found.title == "Der Hafen wird saniert"
    assert texts(found) == [*HARBOUR, *MOOR[:3]]
    assert texts(found, Kind.HEADING) == [
        "Die Stadt beschließt den größten Umbau seit hundert Jahren",
        "Was noch zu tun ist",
    ]
    assert whys(found) == {
        "Nordpost Dienstag, 5. März 2024": "page header",
        "1": "page number",
        "Unsichtbarer weißer Text für Suchmaschinen": "hidden on the page",
        "Foto: Nordpost-Archiv": "beside the article",
    }


def test_a_paper_in_latexs_drawn_letters_has_its_ligatures_notes_and_sections():
    [found] = read("latex-aufsatz")
    assert found.title == "Nasse Moore und ihr Nutzen"
    assert texts(found)[:11] == [*MOOR, *HARBOUR]
    assert texts(found)[11:] == MOOR[::-1]
    assert texts(found, Kind.HEADING)[2:] == ["1 Einleitung", "2 Ergebnisse der Messungen"]
    assert {"Onnen: Moore", "Jahrbuch 2024", "2"} <= whys(found).keys()
    assert [line.why for line in found.left_out if "Kirchenbuch" in line.text] == ["footnote"]


def test_an_outline_makes_chapters():
    found = read("latex-buch")
    assert [article.title for article in found] == ["Der Torf", "Der Hafen", "Das Ende"]
    assert {(article.site, article.byline) for article in found} == {
        ("Das Moorbuch", "Geesche Onnen")
    }
    assert texts(found[1]) == [*HARBOUR, *HARBOUR, HARBOUR[0]]
    assert texts(found[1], Kind.HEADING) == ["2.1 Nachtrag"]
    assert {"title page", "table of contents"} <= set(whys(found[0]).values())


def test_chapters_of_a_document_that_names_no_title_have_its_headline_for_their_book():
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    for name, prose in (("Torf", MOOR[0]), ("Hafen", HARBOUR[0])):
        canvas.bookmarkPage(name)
        canvas.addOutlineEntry(name, name)
        lines = [(70, 730, 14, name), *set_in_lines(prose)]
        head = [(70, 780, 24, "Ein Bericht")] if name == "Torf" else []
        for x, y, size, text in head + lines:
            canvas.setFont("Times-Roman", size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    found = read_file("a.pdf", buffer.getvalue())
    assert [(one.title, one.site) for one in found] == [
        ("Torf", "Ein Bericht"),
        ("Hafen", "Ein Bericht"),
    ]
    assert [texts(one) for one in found] == [[MOOR[0]], [HARBOUR[0]]]


def test_a_letter_of_a_ministry_is_read_without_what_is_printed_on_its_paper():
    [found] = read("libreoffice-brief")
    assert texts(found)[-14:] == [*MOOR, *HARBOUR, "Mit freundlichen Grüßen", "Im Auftrag", "Onnen"]
    assert texts(found, Kind.HEADING) == ["Förderung der Wiedervernässung von Mooren"]
    assert whys(found) == {
        "Ministerium für Wasser und Boden": "page header",
        "Telefon 030 1234-0 · Fax 030 1234-99": "page footer",
    }


def test_a_page_that_a_browser_has_printed_is_its_article():
    [found] = read("chromium-seite")
    assert (found.title, found.byline) == ("Hafen wird saniert", "Tamme Ulfers")
    assert texts(found)[:7] == HARBOUR
    assert texts(found, Kind.HEADING) == ["Streit um die Mieten"]


def test_narrow_columns_with_wide_blanks_are_no_table_and_a_table_is_one():
    [found] = read("chromium-spalten")
    assert texts(found) == [*HARBOUR, "Husum; 1,5 km; 1908", "Emden; 2,5 km; 1912",
                            "Büsum; 0,7 km; 1930"]  # fmt: skip
    assert texts(found, Kind.HEADING) == ["Zahlen und Fakten", "Ort; Länge; Jahr"]
    assert len(texts(found, Kind.LIST_ITEM)) == 3


def test_a_paragraph_goes_on_over_the_ends_of_pages():
    [found] = read("reportlab-bericht")
    assert found.title == "Ein gutes Jahr für den Hafen"  # and not the name of Word's file
    assert texts(found) == [" ".join([*HARBOUR, *MOOR])[: len(texts(found)[0])]]
    assert whys(found)["2 Siehe dort."] == "footnote"
    assert whys(found)["Seite 3 von 4"] == "page number"


def test_text_that_was_recognised_on_a_scan_is_read():
    [found] = read("reportlab-erkannt")
    assert (found.title, texts(found)) == ("Das Moor im Winter", [MOOR[0]])


def test_title_and_language_may_be_given():
    assert read("reportlab-bericht", title="Bericht")[0].title == "Bericht"
    assert read("reportlab-bericht", language="nl")[0].language == "nl"


@pytest.mark.parametrize(
    ("name", "code"), [("reportlab-scan", "pdf-scan"), ("reportlab-gesperrt", "pdf-locked")]
)
def test_scans_and_locked_documents_say_what_to_do(name, code):
    with pytest.raises(UnreadableSource) as caught:
        read(name)
    assert caught.value.code == code


def test_what_is_called_a_pdf_and_is_none_is_damaged():
    for raw in (b"Moin", b"%PDF-1.7 nichts weiter"):
        with pytest.raises(UnreadableSource, match="damaged"):
            read_file("moor.pdf", raw)


def test_a_table_is_read_row_by_row():
    cells = [("Jahr", "Pegel", "Ort"), ("1962", "5,2", "Husum"), ("1976", "5,6", "Büsum"),
             ("2013", "5,1", "Emden")]  # fmt: skip
    table = [
        (70 + 150 * column, 500 - 14 * row, 10, cell)
        for row, line in enumerate(cells)
        for column, cell in enumerate(line)
    ]
    [found] = read_file("a.pdf", drawn([(70, 760, 20, "Pegel"), *set_in_lines(MOOR[0]), *table]))
    assert "1962; 5,2; Husum" in " ".join(texts(found))


def test_raised_numbers_are_powers_behind_units_and_marks_of_notes_elsewhere():
    page = [
        (70, 760, 20, "Moorflächen"),
        (70, 700, 10, "Auf 300 km"), (118.5, 703.5, 6, "2"), (125, 700, 10, "liegt das Moor"),
        (188, 703.5, 6, "1"), (195, 700, 10, "still und der Wind geht über das Gras."),
        (70, 90, 7, "1 Nach dem Kirchenbuch."),
    ]  # fmt: skip
    [found] = read_file("a.pdf", drawn(page))
    assert texts(found) == ["Auf 300 km² liegt das Moor still und der Wind geht über das Gras."]
    assert whys(found) == {"1": "footnote mark", "1 Nach dem Kirchenbuch.": "footnote"}


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ({"setTitle": "Microsoft Word - Entwurf.docx"}, "Das Moor"),
        ({"setTitle": "untitled"}, "Das Moor"),
        ({"setTitle": "Vorlage Pressestelle"}, "Das Moor"),
        ({"setTitle": "Das Moor: ein Bericht"}, "Das Moor"),
        ({}, "Das Moor"),
    ],
)
def test_the_title_is_the_documents_own(told, title):
    page = [(70, 760, 20, "Das Moor"), *set_in_lines(MOOR[0])]
    [found] = read_file("a.pdf", drawn(page, **told))
    assert (found.title, texts(found)) == (title, [MOOR[0]])


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("Geesche Onnen", "Geesche Onnen"),
        ("Geesche Onnen; Tamme Ulfers", "Geesche Onnen, Tamme Ulfers"),
        ("Windows User", None),
        ("onnen02", None),
    ],
)
def test_an_author_is_a_name(author, byline):
    page = [(70, 760, 20, "Das Moor"), *set_in_lines(MOOR[0])]
    assert read_file("a.pdf", drawn(page, setAuthor=author))[0].byline == byline


def test_a_page_on_its_side_is_read_as_it_is_held():
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    canvas.rotate(90)
    canvas.translate(0, -595)
    for x, y, size, text in [(70, 540, 20, "Das Moor"), *set_in_lines(MOOR[0], y=500)]:
        canvas.setFont("Times-Roman", size)
        canvas.drawString(x, y, text)
    canvas.save()
    [found] = read_file("a.pdf", buffer.getvalue())
    assert (found.title, texts(found)) == ("Das Moor", [MOOR[0]])


WHOLE = (FOLDER / "chromium-seite.pdf").read_bytes()


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_document_is_read_or_refused(data):
    start = data.draw(st.integers(0, len(WHOLE)))
    end = data.draw(st.integers(start, len(WHOLE)))
    how = data.draw(st.sampled_from(["cut", "doubled", "flipped"]))
    part = WHOLE[start:end]
    flipped = bytes(255 - one for one in part[:40])
    other = {"cut": b"", "doubled": part * 2, "flipped": flipped}[how]
    with contextlib.suppress(UnreadableSource, EmptyArticle):
        read_file("a.pdf", WHOLE[:start] + other + WHOLE[end:])
