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
        "[1] ↑": "footnote mark",
    }


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


@pytest.mark.parametrize("part", ["word_document", "word_styles", "word_footnotes"])
def test_a_damaged_document_is_refused(part):
    with pytest.raises(UnreadableSource, match="damaged"):
        read(docx(para(PROSE), **{part: "<w:broken"}))
