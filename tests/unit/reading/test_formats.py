"""Documents of other kinds are read by their content, and the rest is refused by its own name."""

from __future__ import annotations

import contextlib
import random
import re

import pytest

from service.codes import READING, Reason
from service.domain import Kind
from service.errors import EmptyArticle, UnreadableSource
from service.reading import read_file, read_text
from service.reading.formats import DOCUMENTS
from tests.books import docx, epub, packed, page, para

PROSE = "Das Moor liegt still, und der Wind geht über das Gras und die Gräben."
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in {
        "office": "office", "text": "text", "style": "style", "table": "table", "draw": "drawing",
        "fo": "xsl-fo-compatible",
    }.items()
)  # fmt: skip
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def odt(body, styles="", **files):
    content = (
        f'<?xml version="1.0"?><office:document-content {ODF}><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return packed({"mimetype": ODT_TYPE, "content.xml": content, **files})


RTF = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\header Nordpost\par}"
    rb"{\pard\b Das Moor\par}{\pard Das Moor liegt still, und der Wind geht \'fcber das Gras und "
    rb"die Gr\'e4ben.{\footnote Nach dem Kirchenbuch.} {\v Verborgen.}\par}"
    rb"\trowd\cellx1\cellx2 Jahr\cell 1962\cell\row}"
)
MAIL = (
    "From: Erika Muster <erika@beispiel.de>\r\nTo: max@beispiel.de\r\n"
    "Subject: =?utf-8?q?AW:_Moor_f=C3=BCr_alle?=\r\nDate: Mon, 3 Mar 2025 10:00:00 +0100\r\n"
    "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n"
    f"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHallo Max,\r\n\r\n{PROSE}\r\n\r\n"
    "Am 2. März schrieb Max:\r\n> Wie ist es dort?\r\n\r\n-- \r\nErika\r\n"
    f"--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>{PROSE}</p>\r\n--x--\r\n"
).encode()
ARCHIVE = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/moor\r\n"
    "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
    "Content-Type: text/html; charset=utf-8\r\nContent-Location: https://a.example/moor\r\n\r\n"
    f"<h1>Das Moor</h1><p>{PROSE}</p><p>{PROSE} Sagt man.</p>\r\n--x--\r\n"
).encode()
FB2 = (
    '<?xml version="1.0" encoding="utf-8"?><FictionBook xmlns="http://www.gribuser.ru/xml/'
    'fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink"><description><title-info><author>'
    "<first-name>Geesche</first-name><last-name>Onnen</last-name></author><book-title>Das Moorbuch"
    '</book-title><lang>de</lang><date value="2024-01-02">2024</date></title-info></description>'
    "<body><title><p>Das Moorbuch</p></title><section><title><p>Graben</p></title>"
    f'<p>{PROSE}<a l:href="#n1" type="note">[1]</a></p><cite><p>Kein Weg führt hinaus.</p></cite>'
    f"</section><section><title><p>Feuer</p></title><p>{PROSE}</p></section></body>"
    '<body name="notes"><section id="n1"><p>Nach dem Kirchenbuch.</p></section></body>'
    '<binary id="x">AAAA</binary></FictionBook>'
).encode()
WHOLE = {
    "moor.odt": odt(f"<text:h>Das Moor</text:h><text:p>{PROSE}</text:p>"),
    "moor.rtf": RTF,
    "moor.eml": MAIL,
    "moor.mht": ARCHIVE,
    "moor.fb2": FB2,
    "moor.docx": docx(para("Das Moor", "Titel") + para(PROSE)),
    "moor.epub": epub({"a.xhtml": page(f"<h1>Das Moor</h1><p>{PROSE}</p>")}),
    "moor.fb2.zip": packed({"moor.fb2": FB2}),
}


def said(article):
    return [(one.kind, one.text) for one in article.paragraphs]


def whys(article):
    return {line.text: line.why for line in article.left_out}


def test_an_odt_has_headings_lists_tables_quotes_and_notes():
    styles = (
        '<style:style style:name="P1" style:parent-style-name="Title"/>'
        '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
    )
    rows = "".join(
        f"<table:table-row><table:table-cell><text:p>{a}</text:p></table:table-cell>"
        f"<table:table-cell><text:p>{b}</text:p></table:table-cell></table:table-row>"
        for a, b in [("Husum", "5,2 m"), ("Emden", "5,1 m")]
    )
    head = rows.split("</table:table-row>")[0].replace("Husum", "Ort").replace("5,2 m", "Pegel")
    body = (
        '<text:p text:style-name="P1">Das Moor</text:p>'
        f"<text:p>{PROSE}<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>Nach dem Kirchenbuch.</text:p></text:note-body></text:note></text:p>"
        '<text:h text:outline-level="1">Der<text:s/>Graben</text:h>'
        '<text:p text:style-name="Quotations">Kein Weg führt hinaus.</text:p>'
        "<text:list><text:list-item><text:p>Torf</text:p></text:list-item></text:list>"
        f"<table:table><table:table-header-rows>{head}</table:table-row></table:table-header-rows>"
        f"{rows}</table:table>"
        '<text:p>Neu.<text:span text:style-name="T1"> Verborgen.</text:span></text:p>'
        "<text:tracked-changes><text:p>Gestrichen.</text:p></text:tracked-changes>"
    )
    [found] = read_file("moor.odt", odt(body, styles))
    assert said(found) == [
        (Kind.TITLE, "Das Moor"),
        (Kind.TEXT, PROSE),
        (Kind.HEADING, "Der Graben"),
        (Kind.QUOTE, "Kein Weg führt hinaus."),
        (Kind.LIST_ITEM, "Torf"),
        (Kind.LIST_ITEM, "Ort: Husum; Pegel: 5,2 m"),
        (Kind.LIST_ITEM, "Ort: Emden; Pegel: 5,1 m"),
        (Kind.TEXT, "Neu."),
    ]
    assert whys(found) == {
        "Nach dem Kirchenbuch.": "footnote",
        "Verborgen.": "hidden on the page",
        "Gestrichen.": "struck out",
    }


LISTS = (
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"'
    ' style:num-format="1"/><text:list-level-style-number text:level="2" style:num-format="a"/>'
    '</text:list-style><text:list-style style:name="L2"><text:list-level-style-bullet'
    ' text:level="1"/></text:list-style>'
)


def listed(*items, more='text:style-name="L1"'):
    told = "".join(f"<text:list-item>{one}</text:list-item>" for one in items)
    return f"<text:list {more}>{told}</text:list>"


def told(text):
    return f"<text:p>{text}</text:p>"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (listed(told("Torf"), told("Heu")), [(1, "Torf"), (2, "Heu")]),
        (listed(told("Torf")) + told(PROSE) + listed(told("Heu")), [(1, "Torf"), (1, "Heu")]),
        (
            listed(told("Torf"))
            + told(PROSE)
            + listed(told("Heu"), more='text:style-name="L1" text:continue-numbering="true"'),
            [(1, "Torf"), (2, "Heu")],
        ),
        (
            listed(told("Torf") + listed(told("nass"), told("mild"), more=""), told("Heu")),
            [(1, "Torf"), (None, "a) nass"), (None, "b) mild"), (2, "Heu")],
        ),
        (listed(told("Torf"), more='text:style-name="L2"'), [(None, "Torf")]),
    ],
)
def test_items_of_an_odt_have_the_numbers_that_it_shows(body, wanted):
    [found] = read_file("moor.odt", odt(told("Das Moor") + told(PROSE) + body, LISTS))
    items = [one for one in found.paragraphs if one.kind is Kind.LIST_ITEM]
    assert [(one.number, one.text) for one in items] == wanted


def test_paragraphs_of_an_odt_that_their_style_calls_lines_are_one():
    lines = "".join(
        f'<text:p text:style-name="{style}">{text}</text:p>'
        for style, text in [("Addressee", "Rathaus"), ("P9", "Am Markt 1"), ("Sender", "Ina Holt")]
    )
    styles = '<style:style style:name="P9" style:parent-style-name="Addressee"/>'
    [found] = read_file("a.odt", odt(told("Das Moor") + told(PROSE) + lines + told(PROSE), styles))
    assert [one.text for one in found.paragraphs[2:-1]] == ["Rathaus\nAm Markt 1\nIna Holt"]


def test_a_locked_odt_says_so():
    manifest = (
        '<m:manifest xmlns:m="urn:x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    )
    with pytest.raises(UnreadableSource, match="password"):
        read_file("moor.odt", odt("", **{"META-INF/manifest.xml": manifest}))


def test_a_rich_text_has_its_paragraphs_and_tables():
    [found] = read_file("moor.rtf", RTF)
    assert [one.text for one in found.paragraphs] == ["Das Moor", PROSE, "Jahr; 1962"]
    assert whys(found) == {
        "Nordpost": "page header",
        "Nach dem Kirchenbuch.": "footnote",
        "Verborgen.": "hidden on the page",
    }


@pytest.mark.parametrize(
    ("written", "struck"),
    [
        (rb"Das {\strike alte }Moor", ["alte"]),
        (rb"Das \strike alte \strike0 Moor", ["alte"]),
        (rb"Das {\b\striked1 alte {\i gro\'dfe }}Moor", ["alte große"]),
        (rb"Das {\strike alte\plain  }Moor", ["alte"]),
        (rb"Das {\deleted alte }{\strike gro\u223 ?e }Moor", ["alte", "große"]),
        (rb"{\stylesheet{\s1\strike Gestrichen;}}Das Moor", []),
        (rb"Das {\strike0 }Moor", []),
        (rb"Das {\strike }Moor", []),
    ],
)
def test_struck_words_of_a_rich_text_are_left_out(written, struck):
    raw = rb"{\rtf1\ansi\ansicpg1252 " + written + rb" liegt still.\par Kein Weg f\'fchrt hin.\par}"
    [found] = read_file("moor.rtf", raw)
    assert [one.text for one in found.paragraphs] == [
        "Das Moor liegt still.",
        "Kein Weg führt hin.",
    ]
    assert [(one.text, one.reason) for one in found.left_out] == [
        (text, Reason.STRUCK) for text in struck
    ]


def test_a_struck_paragraph_of_a_rich_text_ends_where_it_ended():
    raw = rb"{\rtf1 Das Moor\par {\strike Weg damit.\par Auch damit.\par}Der Wind geht.\par}"
    [found] = read_file("moor.rtf", raw)
    assert [one.text for one in found.paragraphs] == ["Das Moor", "Der Wind geht."]
    assert [one.text for one in found.left_out] == ["Weg damit.", "Auch damit."]


def test_a_mail_is_what_its_sender_wrote():
    [found] = read_file("moor.eml", MAIL)
    assert [one.text for one in found.paragraphs] == ["Moor für alle", "Hallo Max,", PROSE]
    assert (found.byline, found.published_at) == ("Erika Muster", "2025-03-03T10:00:00+01:00")
    assert whys(found) == {
        "Am 2. März schrieb Max:": "quoted mail",
        "> Wie ist es dort?": "quoted mail",
        "Erika": "signature",
    }


def test_a_mail_whose_text_is_only_in_html_is_read_too():
    alone = MAIL.replace(b"text/plain", b"application/octet-stream")
    [found] = read_file("moor.eml", alone)
    assert [one.text for one in found.paragraphs] == ["Moor für alle", PROSE]
    assert "attachment" in whys(found).values()


def test_a_mail_that_was_pasted_is_read_like_one():
    found = read_text(
        "Von: Erika Muster <erika@beispiel.de>\nAn: Max\nBetreff: WG: Treffen\n"
        "Datum: Mo, 3. Mrz 2025 10:00\n\nHallo Max,\n\nam Dienstag um 10?\n\n"
        "-----Ursprüngliche Nachricht-----\nVon: Max\nBetreff: Treffen\n\nWann denn?"
    )
    assert [one.text for one in found.paragraphs] == ["Treffen", "Hallo Max,", "am Dienstag um 10?"]
    assert (found.byline, found.published_at) == ("Erika Muster", "2025-03-03")
    assert whys(found)["Wann denn?"] == "quoted mail"


def test_a_saved_page_is_its_article():
    [found] = read_file("moor.mhtml", ARCHIVE)
    assert [one.text for one in found.paragraphs] == ["Das Moor", PROSE, f"{PROSE} Sagt man."]
    assert found.source_url == "https://a.example/moor"


@pytest.mark.parametrize("name", ["moor.fb2", "moor.fb2.zip"])
def test_a_fictionbook_is_its_chapters(name):
    found = read_file(name, WHOLE[name])
    assert [one.title for one in found] == ["Graben", "Feuer"]
    assert said(found[0])[1:] == [(Kind.TEXT, PROSE), (Kind.QUOTE, "Kein Weg führt hinaus.")]
    about = {(one.site, one.byline, one.published_at) for one in found}
    assert about == {("Das Moorbuch", "Geesche Onnen", "2024-01-02")}
    assert "Nach dem Kirchenbuch." in whys(found[0])


@pytest.mark.parametrize("name", WHOLE)
def test_every_document_is_known_without_its_name(name):
    assert read_file("", WHOLE[name]) == read_file(name, WHOLE[name])


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("a.ppt", OLE + "PowerPoint Document".encode("utf-16-le"), "file-is-presentation"),
        ("a.bin", OLE + "Workbook".encode("utf-16-le"), "file-is-spreadsheet"),
        ("a.bin", OLE + "WordDocument".encode("utf-16-le"), "file-is-old-word"),
        ("a.msg", OLE + "__substg1.0_".encode("utf-16-le"), "file-is-outlook"),
        ("a.bin", packed({"ppt/presentation.xml": "<p/>"}), "file-is-presentation"),
        ("a.bin", packed({"xl/workbook.xml": "<w/>"}), "file-is-spreadsheet"),
        ("a.zip", packed({"mimetype": f"{ODT_TYPE[:-4]}presentation"}), "file-is-impress"),
        ("a.zip", packed({"mimetype": f"{ODT_TYPE[:-4]}spreadsheet"}), "file-is-spreadsheet"),
        ("a.pages", packed({"Index/Document.iwa": "x"}), "file-is-pages"),
        ("a.key", packed({"Index/Document.iwa": "x"}), "file-is-keynote"),
        ("a.zip", packed({"a.txt": "Moin"}), "file-is-archive"),
        ("a", b"7z\xbc\xaf\x27\x1c" + bytes(9), "file-is-archive"),
        ("a.txt", b"\x89PNG\r\n", "file-is-picture"),
        ("a", b"ID3\x03" + bytes(20), "file-is-sound"),
        ("a", b"\0\0\0\x18ftypmp42" + bytes(20), "file-is-film"),
        ("a", bytes(60) + b"BOOKMOBI", "file-is-kindle"),
        ("a.azw3", b"x", "file-is-kindle"),
        ("a.djvu", b"AT&TFORM", "file-is-djvu"),
        ("a.ps", b"%!PS-Adobe", "file-is-postscript"),
        ("a.tex", b"\\documentclass{article}", "file-is-latex"),
        ("a.odt", b"Moin", "file-damaged"),
        ("a.rtf", b"Moin", "file-damaged"),
        ("a.xyz", b"Moin", "file-kind-unknown"),
    ],
)
def test_everything_else_is_refused_by_its_name(name, raw, code):
    with pytest.raises(UnreadableSource) as caught:
        read_file(name, raw)
    assert caught.value.code == code


def test_who_brings_an_unknown_file_is_told_every_kind_that_is_read():
    told = set(re.findall(r"\.\w+", READING["file-kind-unknown"]))
    assert set(DOCUMENTS.values()) | {".html"} <= told


@pytest.mark.parametrize("name", WHOLE)
def test_no_damage_is_more_than_a_refusal(name):
    raw, chance = WHOLE[name], random.Random(name)
    for _ in range(60):
        start, end = sorted(chance.randrange(len(raw) + 1) for _ in range(2))
        flipped = bytearray(raw)
        flipped[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        for broken in (raw[:start], raw[:start] + raw[start:end] * 2 + raw[end:], bytes(flipped)):
            with contextlib.suppress(UnreadableSource, EmptyArticle):
                read_file(name, broken)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.odt", odt("<text:span>" * 20_000 + PROSE + "</text:span>" * 20_000)),
        ("a.fb2", FB2.replace(b"<cite>", b"<section>" * 20_000)),
        ("a.rtf", b"{\\rtf1 " + b"{\\footnote " * 20_000 + b"x" + b"}" * 20_000 + b"}"),
        ("a.rtf", b"{\\rtf1 " + b"{" * 300_000),
        ("a.eml", b"Subject: x\n" * 20_000 + b"\n" + b"> " * 200_000),
        ("a.eml", MAIL.replace(b"boundary=x", b"boundary=x\r\nX: " + b"=?utf-8?q?a?= " * 20_000)),
        ("a.txt", b"Von: a\nBetreff: b\n\n" + b"Von: a\n" * 50_000),
        ("a.docx", docx("<w:p>" * 3000 + para(PROSE) + "</w:p>" * 3000)),
    ],
)
def test_deep_and_long_documents_are_read_in_time_or_refused(name, raw):
    with contextlib.suppress(UnreadableSource, EmptyArticle):
        read_file(name, raw)


@pytest.mark.parametrize("name", ["a.odt", "a.fb2"])
def test_markup_is_counted_before_it_is_parsed(name):
    many = "<text:s/>" * 500_000
    raw = odt(many) if name == "a.odt" else FB2.replace(b"<cite>", many.encode())
    with pytest.raises(UnreadableSource, match="parts of markup"):
        read_file(name, raw)


@pytest.mark.parametrize("name", ["a.odt", "a.fb2"])
def test_entities_are_refused(name):
    bomb = '<!DOCTYPE x [<!ENTITY a "ha">]>'
    raw = (
        packed({"mimetype": ODT_TYPE, "content.xml": f"{bomb}<a>&a;</a>"})
        if name == "a.odt"
        else FB2.replace(b"<FictionBook", bomb.encode() + b"<FictionBook")
    )
    with pytest.raises(UnreadableSource, match="entities"):
        read_file(name, raw)
