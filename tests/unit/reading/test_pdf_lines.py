"""Lines of a PDF that mean something: verses, addresses, and the items of lists."""

import pytest

from service.domain import Kind
from service.reading import read_file
from tests.pdfs.prose import MOOR
from tests.unit.reading.pdfs import drawn, set_in_lines


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
