"""Running heads of PDFs are left out, and nothing that only looks like them."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from service.domain import Kind
from service.reading import read_file
from tests.pdfs.prose import HARBOUR, MOOR
from tests.unit.reading.pdfs import drawn, set_in_lines, texts, whys


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
