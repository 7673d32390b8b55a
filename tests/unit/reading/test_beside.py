"""What stands beside the text is kept with its place in it, in every format that has such."""

import pytest

from service.domain import Extra
from service.errors import EmptyArticle
from service.narration.extras import in_full
from service.reading import as_one, read_file, read_html, read_markdown
from tests.books import epub, packed
from tests.books import page as book_page

FIRST = "Seit drei Jahren wird an dem Damm gebaut, und noch ist kein Ende zu sehen."
SECOND = "Die Anwohner sind des Wartens müde, sagte der Bürgermeister am Dienstag."
THIRD = "Wann der Bau endet, weiß niemand so genau, auch nicht im Ministerium."


NOTE = '<aside role=doc-footnote id=fn1>Laut Amt. <a href="#r">↩</a></aside>'


def page(inside, *, beside="", lead=""):
    return read_html(
        f"<html lang=de><body><nav><a href=/>Start</a></nav><article><h1>Der Damm hält noch</h1>"
        f"{lead}<p>{FIRST}</p>{inside}<p>{THIRD}</p></article>{beside}</body></html>"
    )


def said(article, *extras):
    """What is read besides the text, each with the paragraph before it."""
    found = in_full(article, extras or tuple(Extra))
    plain = [one for one in found if one.extra is None]
    assert tuple(plain) == article.paragraphs
    before, told = "", []
    for one in found:
        if one.extra:
            told.append((one.text, before[:5]))
        else:
            before = one.text
    return told


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        (
            '<figure><img src=a.jpg alt="Der Damm"><figcaption>Im März</figcaption></figure>',
            [("Bild: Der Damm", "Seit "), ("Bildunterschrift: Im März", "Seit ")],
        ),
        (f'<p><img src=a.jpg alt="Der Damm"></p><p>{SECOND}</p>', [("Bild: Der Damm", "Seit ")]),
        (f'<p>{SECOND} <img src=a.jpg alt="Der Damm"></p>', [("Bild: Der Damm", "Die A")]),
        (
            f"<aside><h2>In Zahlen</h2><p>Er ist 4 km lang.</p></aside><p>{SECOND}</p>",
            [("Kasten: In Zahlen", "Seit "), ("Er ist 4 km lang.", "Seit ")],
        ),
        (
            f'<p>{SECOND}<sup><a href="#fn1">1</a></sup></p><p>{THIRD}</p>{NOTE}',
            [("Fußnote: Laut Amt.", "Die A")],
        ),
        ('<aside role="doc-footnote">Laut Amt.</aside>', [("Fußnote: Laut Amt.", "Seit ")]),
        ('<img src=a.png alt="">', []),
        ('<img src=a.png width=16 height=16 alt="Pfeil">', []),
        ('<div aria-hidden="true"><img src=a.png alt="Schmuck"></div>', []),
        ('<div hidden><img src=a.png alt="Verborgen"></div>', []),
        (
            '<div class="teaser"><a href=/b><img src=b alt="Ein Schaf"><h3>Schafe</h3></a></div>',
            [],
        ),
    ],
)
def test_what_stands_in_an_article_is_told_where_it_stands(inside, told):
    assert said(page(inside)) == told


def test_the_lead_picture_is_the_articles_and_a_teasers_picture_is_not():
    beside = '<aside class=sidebar><img src=w.jpg alt="Werbung"><p>Brot</p></aside>'
    lead = '<figure><img src=a.jpg alt="Der Damm"></figure>'
    assert said(page("", lead=lead, beside=beside)) == [("Bild: Der Damm", "Der D")]


def test_a_page_of_pictures_is_refused_unless_what_they_show_is_asked_for():
    shot = "<img src=a.jpg alt='Der alte Turm im Abendlicht'>"
    for below in ("<p>Fotos: Redaktion</p>", "", "<p>Foto: Redaktion</p><p>Anzeige</p>"):
        article = read_html(f"<article><h1>Bilderstrecke</h1>{shot}{below}</article>")
        assert said(article) == [("Bild: Der alte Turm im Abendlicht", "Bilde")]
        with pytest.raises(EmptyArticle, match="only pictures"):
            in_full(article, [Extra.TABLES])
    with pytest.raises(EmptyArticle, match="only pictures"):
        read_html("<article><h1>Bilderstrecke</h1><img src=a.jpg><p>Fotos: Redaktion</p>")


def test_of_a_text_that_stands_in_the_pages_data_alone_nobody_knows_what_is_beside_it():
    data = f'{{"@type": "Article", "headline": "Der Damm", "articleBody": "{FIRST} {SECOND}"}}'
    article = read_html(
        f'<script type="application/ld+json">{data}</script><div id=app><h1>Der Damm</h1>'
        "<figure><img src=a alt='Bei Flut'><figcaption>Im März</figcaption></figure></div>"
    )
    assert article.paragraphs[1].text.startswith(FIRST)
    assert said(article) == []


def test_a_gallery_is_told_picture_by_picture():
    shots = "".join(
        f'<figure><img src={n}.jpg alt="Bild {n}"><figcaption>Text {n}</figcaption></figure>'
        for n in "ab"
    )
    assert [text for text, _ in said(page(shots))] == [
        "Bild: Bild a",
        "Bildunterschrift: Text a",
        "Bild: Bild b",
        "Bildunterschrift: Text b",
    ]


def test_a_table_that_is_too_large_can_be_asked_for_and_a_small_one_is_read_anyway():
    rows = [f"<tr><td>{1990 + n}</td><td>{n} m</td></tr>" for n in range(25)]
    head = "<tr><th>Jahr</th><th>Höhe</th></tr>"
    large = said(page(f"<table>{head}{''.join(rows)}</table>"), Extra.TABLES)
    assert large[:2] == [
        ("Tabelle: Jahr: 1990; Höhe: 0 m", "Seit "),
        ("Jahr: 1991; Höhe: 1 m", "Seit "),
    ]
    assert len(large) == 25
    assert said(page(f"<table>{head}{rows[0]}</table>"), Extra.TABLES) == []


def test_a_markdown_text_has_pictures_and_notes_where_their_marks_are():
    text = (
        f"# Der Damm\n\n{FIRST}[^1]\n\n![Der Damm bei Flut](a.png)\n\n{SECOND}^[Am Abend.]\n\n"
        f"{THIRD}\n\n[^1]: Laut *Amt*\n    für Küstenschutz."
    )
    assert said(read_markdown(text)) == [
        ("Fußnote: Laut Amt für Küstenschutz.", "Seit "),
        ("Bild: Der Damm bei Flut", "Seit "),
        ("Fußnote: Am Abend.", "Die A"),
    ]


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
FOOTNOTES = (
    f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>Laut Amt.</w:t></w:r></w:p>'
    "</w:footnote></w:footnotes>"
)


def run(*parts):
    return f"<w:p><w:r>{''.join(parts)}</w:r></w:p>"


DOCX = {
    "word/document.xml": (
        f"<w:document {W} {WP}><w:body>"
        + run(f"<w:t>{FIRST}</w:t>", '<w:footnoteReference w:id="2"/>')
        + run('<w:drawing><wp:inline><wp:docPr id="1" descr="Der Damm"/></wp:inline></w:drawing>')
        + run(f"<w:t>{SECOND}</w:t>")
        + "</w:body></w:document>"
    ),
    "word/footnotes.xml": FOOTNOTES,
}
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
)
ODT = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "content.xml": (
        f"<office:document-content {ODF}><office:body><office:text>"
        f"<text:p>{FIRST}<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>Laut Amt.</text:p></text:note-body></text:note></text:p>"
        "<text:p><draw:frame><draw:image/><svg:desc>Der Damm</svg:desc></draw:frame></text:p>"
        f"<text:p>{SECOND}</text:p></office:text></office:body></office:document-content>"
    ),
}


@pytest.mark.parametrize(("name", "files"), [("a.docx", DOCX), ("a.odt", ODT)])
def test_a_document_has_pictures_and_notes_where_their_marks_are(name, files):
    [article] = read_file(name, packed(files), title="Bericht")
    assert said(article) == [("Fußnote: Laut Amt.", "Seit "), ("Bild: Der Damm", "Seit ")]


def test_a_book_has_what_stands_beside_its_text_in_the_chapter_where_it_stands():
    chapters = {
        f"{name}.xhtml": book_page(
            f"<h1>{title}</h1><p>{text}</p><img src='a.png' alt='{shown}'/>"
            f"<p>{THIRD}<sup><a href='#n'>1</a></sup></p>"
            f"<aside epub:type='footnote' id='n'><p>Laut {title}.</p></aside>"
        )
        for name, title, text, shown in [
            ("one", "Der Graben", FIRST, "Ein Graben"),
            ("two", "Das Feuer", SECOND, "Ein Feuer"),
        ]
    }
    found = read_file("a.epub", epub(chapters))
    assert [said(one) for one in found] == [
        [("Bild: Ein Graben", "Seit "), ("Fußnote: Laut Der Graben.", "Wann ")],
        [("Bild: Ein Feuer", "Die A"), ("Fußnote: Laut Das Feuer.", "Wann ")],
    ]
    whole = [text for text, _ in said(as_one(found))]
    assert whole == [text for one in found for text, _ in said(one)]
