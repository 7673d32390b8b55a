"""Lines that mean something: verse, addresses, tables by tabs, numbers of lists, formulas."""

import pytest

from service.domain import Kind, Paragraph
from service.reading import read_html, read_markdown, read_text
from service.spoken import script

TEXT = "<p>Das Moor liegt still, und der Wind geht über das Gras und die Gräben am Damm.</p>"
VERSE = ["Der Mond ist klein", "die Nacht ist lang,", "ich bin allein.", "So geht der Gang"]
ADDRESS = ["Rathaus", "Am Markt 1", "12345 Musterstadt", "8 bis 17 Uhr"]


def page(markup):
    article = read_html(
        f"<html lang=de><body><article><h1>Moor</h1>{TEXT}{markup}</article></body>"
    )
    return article.paragraphs[2:]


@pytest.mark.parametrize("rows", [VERSE, ADDRESS])
def test_verse_and_addresses_are_one_paragraph_with_their_breaks(rows):
    together = "\n".join(rows)
    assert page(f"<p>{'<br>'.join(rows)}</p>") == (Paragraph(Kind.TEXT, together),)
    assert read_markdown("# Moor\n\n" + "  \n".join(rows)).paragraphs[1].text == together
    assert read_text(f"Moor\n\n{together}\n\nEnde.").paragraphs[1].text == together


def test_stanzas_are_paragraphs():
    both = "<br>".join([*VERSE, "", *VERSE])
    assert [one.text for one in page(f"<p>{both}</p>")] == ["\n".join(VERSE)] * 2


def test_a_break_in_wrapped_prose_is_none():
    wrapped = "Das Moor liegt still, und der Wind geht über das Gras und die Gräben<br>am Damm."
    assert "\n" not in page(f"<p>{wrapped}</p>")[0].text


def test_a_break_is_heard_as_a_pause():
    said = script(Paragraph(Kind.TEXT, "\n".join(VERSE))).sentences
    assert [one.pause_ms is not None for one in said] == [True, True, True, False]


@pytest.mark.parametrize(
    ("markup", "numbers"),
    [
        ("<ol><li>Torf<li>Heu</ol>", [1, 2]),
        ("<ol start=4><li>Torf<li value=9>Heu<li>Gras</ol>", [4, 9, 10]),
        ("<ol reversed><li>Torf<li>Heu<li>Gras</ol>", [3, 2, 1]),
        ("<ul><li>Torf<li>Heu</ul>", [None, None]),
        ("<ol style='list-style: none'><li>Torf<li>Heu</ol>", [None, None]),
        ("<ol><li>Torf<ul><li>Heu</ul><li>Gras</ol>", [1, None, 2]),
        ("<ol><li><p>Torf</p><p>Heu</p><li>Gras</ol>", [1, None, 2]),
    ],
)
def test_an_item_has_the_number_that_its_author_gave_it(markup, numbers):
    found = page(markup + TEXT)[:-1]
    assert [one.number for one in found] == numbers
    assert {one.text for one in found} <= {"Torf", "Heu", "Gras"}


def test_a_letter_before_an_item_is_a_part_of_its_text():
    found = page(f"<ol type=a start=4><li>Parks<li>Bäder</ol>{TEXT}")
    assert [one.text for one in found[:2]] == ["d) Parks", "e) Bäder"]


def test_the_number_is_said_before_the_first_sentence():
    said = script(Paragraph(Kind.LIST_ITEM, "öffnen Sie. Dann gehen Sie.", number=21)).sentences
    assert [one.spoken for one in said] == [
        "Einundzwanzigstens: Öffnen Sie.",
        "Dann gehen Sie.",
    ]
    assert "".join(one.text for one in said) == "öffnen Sie. Dann gehen Sie."


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        (["Ort\tPegel", "Husum\t4 m", "Brake\t"], ["Ort: Husum; Pegel: 4 m", "Brake"]),
        (["1962\t5,2", "1976\t5,6"], ["1962; 5,2", "1976; 5,6"]),
    ],
)
def test_a_table_by_tabs_is_read_like_a_page_s(rows, read):
    found = read_text("Der Pegel\n\n" + "\n".join(rows)).paragraphs[1:]
    assert [one.text for one in found] == read
    assert {one.kind for one in found} == {Kind.LIST_ITEM}


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("E = mc<sup>2</sup> und 2<sup>10</sup>", "E = mc² und 2¹⁰"),
        ("SO<sub>4</sub><sup>2-</sup>", "SO4²⁻"),
        ("im Jahr 2024<sup>1</sup> am Damm<sup>12</sup>", "im Jahr 2024 am Damm"),
        ("<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>", "a durch b"),
        ("<math><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mn>9</mn></math>", "x² = 9"),
        (r"Es gilt \(a^2+b^2=c^2\).", "Es gilt a²+b²=c²."),
        (r"\[\frac{a}{b} \leq \sqrt{2}\]", "a durch b ≤ Wurzel aus 2"),
        ("Es kostet $$ nicht.", "Es kostet $$ nicht."),
        (r"<code>\(a^2\)</code>", r"\(a^2\)"),
    ],
)
def test_formulas_are_words_and_signs_that_can_be_said(markup, text):
    assert page(f"<p>{markup}</p>{TEXT}")[0].text == text


def test_a_formula_that_cannot_be_said_is_left_out_by_name():
    article = read_markdown("# Moor\n\nEs gilt $\\oint_C f$ am Damm, sagt sie.\n")
    assert article.paragraphs[1].text == "Es gilt am Damm, sagt sie."
    assert [(one.text, one.why) for one in article.left_out] == [(r"$\oint_C f$", "formula")]
