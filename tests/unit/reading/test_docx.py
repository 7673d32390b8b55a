"""A Word document is read by its styles, without what Word puts around it."""

import pytest

from service.domain import Kind
from service.errors import EmptyArticle, UnreadableSource
from service.reading import read_file
from tests.books import docx, para

PROSE = "Das Moor liegt still, und der Wind geht über das Gras und die Gräben."
NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
ITEM = (
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    "<w:r><w:t>Torf</w:t></w:r></w:p>"
)
TABLE = (
    "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p><w:r><w:t>Jahr</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:r><w:t>Pegel</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>1962"
    "</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>5,2 m</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)
DELETED = (
    "<w:p><w:del><w:r><w:delText>Gestrichen.</w:delText></w:r></w:del>"
    "<w:ins><w:r><w:t>Neu eingefügt.</w:t></w:r></w:ins></w:p>"
)


def read(raw, **how):
    [found] = read_file("moor.docx", raw, **how)
    return found


def test_a_document_is_its_title_headings_quotes_tables_and_paragraphs():
    body = (
        para("Das Moor", "Titel") + para("Von Geesche Onnen") + para(PROSE, run=NOTE)
        + para("Der Graben", "berschrift1") + para("Kein Weg führt hinaus.", "Zitat")
        + ITEM + TABLE + para("Abbildung 1: Ein Graben", "Beschriftung") + DELETED
    )  # fmt: skip
    found = read(docx(body))
    assert [(one.kind, one.text) for one in found.paragraphs] == [
        (Kind.TITLE, "Das Moor"),
        (Kind.TEXT, PROSE),
        (Kind.HEADING, "Der Graben"),
        (Kind.QUOTE, "Kein Weg führt hinaus."),
        (Kind.LIST_ITEM, "Torf"),
        (Kind.LIST_ITEM, "Jahr: 1962; Pegel: 5,2 m"),
        (Kind.TEXT, "Neu eingefügt."),
    ]
    assert found.byline == "Geesche Onnen"
    assert {line.text: line.why for line in found.left_out} == {
        "Von Geesche Onnen": "byline",
        "Abbildung 1: Ein Graben": "caption",
        "Nach dem Kirchenbuch.": "footnote",
        "1": "footnote mark",
        "Gestrichen.": "struck out",
    }


def item(text, list_id=1, level=0):
    how = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return f"<w:p><w:pPr>{how}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def level(number, kind, start=1):
    told = f'<w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
    return f'<w:lvl w:ilvl="{number}">{told}</w:lvl>'


NUMBERING = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    f'<w:abstractNum w:abstractNumId="7">{level(0, "decimal", 3)}{level(1, "lowerLetter")}'
    f'</w:abstractNum><w:abstractNum w:abstractNumId="8">{level(0, "bullet")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="8"/></w:num></w:numbering>'
)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (item("Torf") + item("Heu"), [(3, "Torf"), (4, "Heu")]),
        (item("Torf") + para(PROSE) + item("Heu"), [(3, "Torf"), (4, "Heu")]),
        (item("Torf") + para(PROSE) + item("Heu", 2), [(3, "Torf"), (4, "Heu")]),
        (
            item("Torf") + para(PROSE) + item("Heu", 3) + item("Ried", 3),
            [(3, "Torf"), (1, "Heu"), (2, "Ried")],
        ),
        (
            item("Torf") + item("nass", level=1) + item("Heu") + item("alt", level=1),
            [(3, "Torf"), (None, "a) nass"), (4, "Heu"), (None, "a) alt")],
        ),
        (item("Torf", 4) + item("Heu", 4), [(None, "Torf"), (None, "Heu")]),
    ],
)  # fmt: skip
def test_items_have_the_numbers_that_the_document_shows(body, told):
    found = read(docx(para("Das Moor", "Titel") + body, word_numbering=NUMBERING)).paragraphs
    items = [one for one in found if one.kind is Kind.LIST_ITEM]
    assert [(one.number, one.text) for one in items] == told


STYLE = '<w:style w:styleId="{0}"><w:name w:val="{0}"/></w:style>'


@pytest.mark.parametrize("style", ["HTML Address", "envelope address", "Gedicht", "Strophe 2"])
def test_paragraphs_that_their_style_calls_lines_are_one(style):
    styles = STYLE.format(style).join(
        [
            '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">',
            "</w:styles>",
        ]
    )
    lines = [
        ("Rathaus", style),
        ("Am Markt 1", style),
        ("", style),
        ("Die Boote", style),
        ("ziehn", style),
    ]
    body = para("Das Moor") + para(PROSE) + "".join(para(*line) for line in lines) + para(PROSE)
    found = read(docx(body, word_styles=styles))
    assert [one.text for one in found.paragraphs[2:-1]] == [
        "Rathaus\nAm Markt 1",
        "Die Boote\nziehn",
    ]


def test_a_table_of_contents_is_left_out():
    found = read(
        docx(para("Das Moor", "Titel") + para("Der Graben 3", "Verzeichnis1") + para(PROSE))
    )
    assert [(line.text, line.why) for line in found.left_out] == [("Der Graben 3", "navigation")]


def test_a_title_that_is_given_comes_first():
    assert read(docx(para(PROSE)), title="Moor").title == "Moor"


def test_a_document_without_text_is_a_clear_error():
    with pytest.raises(EmptyArticle, match="nothing to read"):
        read(docx(para("")))


def test_a_document_in_another_language_is_read_only_when_asked_for():
    english = "The wind was on the moor and it was all that they had for the night. " * 3
    with pytest.raises(UnreadableSource, match="not in German"):
        read(docx(para(english)))
    assert read(docx(para(english)), language="en").language == "en"


def test_a_locked_document_is_told_from_an_old_one():
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    with pytest.raises(UnreadableSource, match="locked with a password"):
        read(start + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(UnreadableSource, match=r"old Word document.*\.docx"):
        read_file("alt.doc", start + "WordDocument".encode("utf-16-le"))


def test_a_damaged_document_is_refused():
    with pytest.raises(UnreadableSource, match="damaged"):
        read(docx(para(PROSE), word_document="<w:broken"))


def test_a_document_whose_styles_are_damaged_is_read_without_them():
    assert read(docx(para(PROSE), word_styles="<w:broken")).title == PROSE


def run(text, how):
    return f"<w:r><w:rPr>{how}</w:rPr><w:t>{text}</w:t></w:r>"


def test_what_word_hides_or_strikes_is_left_out_and_named():
    body = (
        "<w:p>" + run("Sichtbar.", "") + run(" Verborgen.", "<w:vanish/>")
        + run(" Gestrichen.", "<w:strike/>") + run(" Da.", '<w:strike w:val="0"/>') + "</w:p>"
    )  # fmt: skip
    found = read(docx(body))
    assert found.title == "Sichtbar. Da."
    assert {line.text: line.why for line in found.left_out} == {
        "Verborgen.": "hidden on the page",
        "Gestrichen.": "struck out",
    }


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next():
    gone = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    body = f"<w:p>{gone}<w:r><w:t>Er endet nicht hier, </w:t></w:r></w:p>" + para("sondern hier.")
    assert read(docx(body)).title == "Er endet nicht hier, sondern hier."


def test_text_boxes_are_read_once_and_formulas_in_a_line():
    box = "<w:txbxContent>" + para("Text im Feld.") + "</w:txbxContent>"
    body = (
        para("Titel")
        + f"<w:p><w:r><AlternateContent><Choice>{box}</Choice><Fallback>{box}</Fallback>"
        "</AlternateContent></w:r></w:p>"
        "<w:p><w:r><w:t>Es gilt </w:t></w:r><oMath><r><t>E=m</t></r><sSup><e><r><t>c</t></r></e>"
        "<sup><r><t>2</t></r></sup></sSup></oMath><w:r><w:t>.</w:t></w:r></w:p>"
    )
    assert [one.text for one in read(docx(body)).paragraphs[1:]] == [
        "Text im Feld.",
        "Es gilt E = mc².",
    ]


def test_a_first_row_without_figures_above_columns_of_figures_is_the_head():
    rows = [("Abschnitt", "Länge"), ("Markt", "1,5 km"), ("See", "2,5 km")]
    cells = ["".join(f"<w:tc>{para(cell)}</w:tc>" for cell in row) for row in rows]
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"
    found = read(docx(para("Der Radweg") + table))
    assert [one.text for one in found.paragraphs[1:]] == [
        "Abschnitt: Markt; Länge: 1,5 km",
        "Abschnitt: See; Länge: 2,5 km",
    ]


def test_raised_and_lowered_numbers_stay_so():
    body = (
        "<w:p>" + run("300 m", "") + run("2", '<w:vertAlign w:val="superscript"/>')
        + run(" CO", "") + run("2", '<w:vertAlign w:val="subscript"/>') + "</w:p>"
    )  # fmt: skip
    assert read(docx(body)).title == "300 m² CO₂"
