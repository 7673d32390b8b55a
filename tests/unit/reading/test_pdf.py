"""PDFs that several programs have made are read in the order of a reader, and nothing but text."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from service.domain import Kind
from service.errors import EmptyArticle, UnreadableSource
from service.reading import read_file
from tests.pdfs.prose import HARBOUR, MOOR

FOLDER = Path(__file__).parents[2] / "pdfs"


def read(name, **how):
    return read_file(f"{name}.pdf", (FOLDER / f"{name}.pdf").read_bytes(), **how)


def texts(article, kind=Kind.TEXT):
    return [one.text for one in article.paragraphs if one.kind is kind]


def whys(article):
    return {line.text: line.why for line in article.left_out}


def drawn(*pages, **told):
    """A PDF of ReportLab; a page is a list of (x, y, size, text)."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    for name, value in told.items():
        getattr(canvas, name)(value)
    for page in pages:
        for x, y, size, text in page:
            canvas.setFont("Times-Roman", size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def set_in_lines(text, *, x=70, y=700, size=10, at_once=11):
    """A paragraph in lines of some words."""
    words = text.split()
    rows = [" ".join(words[start : start + at_once]) for start in range(0, len(words), at_once)]
    return [(x, y - 12 * number, size, row) for number, row in enumerate(rows)]


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


def room(number):
    return [
        (70, 760, 12, f"Zimmer {number}"),
        (70, 720, 12, f"In diesem Zimmer stehen {number + 2} Betten und {number} Schränke."),
        (70, 700, 12, f"Der Preis beträgt {40 * number} Euro in der Nacht."),
    ]


def sheet(number):
    return [
        (70, 760, 12, f"Blatt zum Rechnen {number}"),
        (70, 730, 12, f"Wie viel ist das und wie schreibt man es: {number}"),
        (70, 700, 12, f"Wie viel ist es mit der Zahl {number} im Kopf"),
    ]


def slide(number):
    return [
        (70, 700, 28, f"Teil {number}"),
        (70, 600, 18, f"• {number} Dörfer am Meer"),
        (70, 570, 18, f"• {number} Dörfer im Moor"),
        (70, 30, 8, f"Gemeinde Nordsee {number}"),
    ]


def read_words(found):
    return " ".join(one.text for article in found for one in article.paragraphs)


@pytest.mark.parametrize("kind", [room, sheet, slide])
@pytest.mark.parametrize("count", [2, 3, 7])
def test_pages_that_differ_in_their_numbers_alone_are_read_whole(kind, count):
    pages = [kind(number) for number in range(2, 2 + count)]
    found = read_words(read_file("a.pdf", drawn(*pages)))
    for page in pages:
        for *_, size, text in page:
            if size > 8:
                assert text.removeprefix("• ") in found


def test_the_cells_of_a_price_list_are_read_on_every_page():
    pages = [
        [
            (x, 700 - 24 * row, 11, text)
            for row in range(5)
            for x, text in ((70, "Zimmer mit Bett"), (400, f"für {number}{row} Euro"))
        ]
        for number in range(3, 6)
    ]
    found = read_words(read_file("a.pdf", drawn(*pages)))
    assert found.count("Zimmer mit Bett") == 15
    assert all(f"{number}{row} Euro" in found for number in range(3, 6) for row in range(5))


def with_outline(*pages, bold="Times-Bold", outline=True):
    """A PDF with an entry of its outline for every page, named by the page's first line."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    for page in pages:
        name = page[0][-1]
        if outline:
            canvas.bookmarkPage(name)
            canvas.addOutlineEntry(name, name)
        for number, (x, y, size, text) in enumerate(page):
            canvas.setFont("Times-Roman" if number else bold, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_chapters_that_differ_in_a_digit_keep_their_sentences_and_name_no_book():
    pages = [
        [(70, 760, 18, f"Kapitel {number}"), (70, 720, 12, f"Es war Tag {number} im Moor.")]
        for number in (1, 2)
    ]
    found = read_file("Das_Moor.pdf", with_outline(*pages))
    assert [(one.title, one.site, texts(one)) for one in found] == [
        ("Kapitel 1", "Das Moor", ["Es war Tag 1 im Moor."]),
        ("Kapitel 2", "Das Moor", ["Es war Tag 2 im Moor."]),
    ]
    assert {one.site for one in read_file("", with_outline(*pages))} == {None}


@pytest.mark.parametrize("size", [11, 14])
def test_bold_headings_of_short_chapters_are_headings(size):
    pages = [
        [(70, 770, size, f"Kapitel {number}"), *set_in_lines(prose, size=11, y=730)]
        for number, prose in enumerate([MOOR[0], HARBOUR[0], MOOR[1]], 1)
    ]
    [found] = read_file("a.pdf", with_outline(*pages, outline=False))
    assert (found.title, texts(found, Kind.HEADING)) == ("Kapitel 1", ["Kapitel 2", "Kapitel 3"])
    assert not found.left_out


def test_full_pages_of_a_list_keep_what_they_are_called():
    rows = "Nacht mit Frühstück und der Kurtaxe in dem Zimmer für Euro"
    pages = [
        [
            (70, 780, 11, f"Zimmer {number}"),
            *((70, 750 - 16 * row, 11, f"{rows} {row * number}") for row in range(1, 30)),
        ]
        for number in (1, 2, 3)
    ]
    found = read_words(read_file("a.pdf", drawn(*pages)))
    assert all(f"Zimmer {number}" in found for number in (1, 2, 3))


@pytest.mark.parametrize("named", ["Das Moorbuch {}", "Das Moorbuch"])
@pytest.mark.parametrize("size", [8, 10])
def test_running_heads_that_are_set_off_are_left_out_on_every_page(size, named):
    prose = " ".join([*HARBOUR, *MOOR] * 6)
    lines = [line[-1] for line in set_in_lines(prose)]
    pages = [
        [
            (70, 800, size, named.format(number) if number % 2 else f"Kapitel {number // 4 + 1}"),
            (300, 40, size, str(number + 1)),
            *((70, 760 - 12 * at, 10, line) for at, line in enumerate(lines[start : start + 40])),
        ]
        for number, start in enumerate(range(0, len(lines), 40))
    ]
    [found] = read_file("a.pdf", drawn(*pages), title="Moor")
    assert " ".join(texts(found)) == " ".join(lines)
    assert {named.format(1), "Kapitel 1"} <= whys(found).keys()


def test_numbers_that_do_not_count_the_pages_are_text():
    pages = [
        [
            (70, 700, 12, "Wie hoch ist der Preis für die Nacht in diesem Zimmer?"),
            (70, 600, 12, str(price)),
        ]
        for price in (40, 85, 120)
    ]
    found = read_words(read_file("a.pdf", drawn(*pages)))
    assert all(str(price) in found for price in (40, 85, 120))


def test_a_document_that_would_be_left_empty_is_read_whole():
    pages = [[(70, 700, 12, "Das Moor"), (70, 600, 12, "und der Wind")] for _ in range(3)]
    found = read_file("a.pdf", drawn(*pages))
    assert read_words(found).count("und der Wind") == 3


def test_a_part_and_its_first_chapter_on_one_page_keep_their_titles():
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    for names, prose in ((("Teil I", "Torf"), MOOR[0]), (("Hafen",), HARBOUR[0])):
        for at, name in enumerate(names):
            canvas.bookmarkPage(name)
            canvas.addOutlineEntry(name, name)
            canvas.setFont("Times-Roman", 20 - 4 * at)
            canvas.drawString(70, 780 - 40 * at, name)
        for x, y, size, text in set_in_lines(prose):
            canvas.setFont("Times-Roman", size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    found = read_file("moor.pdf", buffer.getvalue())
    assert [(one.title, one.left_out) for one in found] == [("Teil I. Torf", ()), ("Hafen", ())]


def test_a_headline_that_few_pages_share_is_no_running_head():
    pages = [
        [(70, 700, 28, head), (70, 600, 18, "Der Wind geht über das Moor und die Gräben.")]
        for head in ("Torf", "Gras", "Torf", "Moos")
    ]
    assert read_words(read_file("a.pdf", drawn(*pages))).count("Torf") == 2


def lines_at(y, *rows, x=70):
    return [(x, y - 12 * number, 10, row) for number, row in enumerate(rows)]


VERSE = (
    "Die Boote ziehn nach Haus,",
    "der Wind legt sich zur Ruh,",
    "ein Licht geht drüben aus,",
    "ein Fenster fällt still zu.",
)
ADDRESS = ("Rathaus am Markt", "Frau Ina Holt", "Am Markt 1", "12345 Musterstadt am See")


@pytest.mark.parametrize("rows", [VERSE, ADDRESS])
def test_lines_that_mean_something_stay_lines(rows):
    page = [*set_in_lines(MOOR[0]), *lines_at(560, *rows), *set_in_lines(MOOR[1], y=480)]
    [found] = read_file("a.pdf", drawn([(70, 760, 18, "Abend am Fluss"), *page]))
    assert [one.text for one in found.paragraphs[1:]] == [MOOR[0], "\n".join(rows), MOOR[1]]


def test_a_poem_that_fills_its_page_stays_in_lines():
    stanzas = [lines_at(y, *VERSE) for y in (700, 630, 560)]
    [found] = read_file("a.pdf", drawn([(70, 760, 18, "Abend"), *(r for s in stanzas for r in s)]))
    assert [one.text for one in found.paragraphs[1:]] == 3 * ["\n".join(VERSE)]


@pytest.mark.parametrize("sign", ["•", "–", "{}."])
@pytest.mark.parametrize("lead", ["Wir brauchen", "Was wir noch brauchen:"])
def test_a_list_without_full_stops_is_a_list(sign, lead):
    things = ["Brot vom Bäcker", "Butter und Käse", "drei Äpfel"]
    rows = [f"{sign.format(n)} {thing}" for n, thing in enumerate(things, 1)]
    page = [*set_in_lines(MOOR[0]), *lines_at(560, lead, *rows), *set_in_lines(MOOR[1], y=480)]
    [found] = read_file("a.pdf", drawn([(70, 760, 18, "Einkauf"), *page]))
    kinds = [one.kind for one in found.paragraphs[1:]]
    assert kinds == [Kind.TEXT, Kind.TEXT, *3 * [Kind.LIST_ITEM], Kind.TEXT]
    wanted = rows if sign == "{}." else things
    assert [one.text for one in found.paragraphs[3:-1]] == wanted
