"""Books and documents that strangers packed are read within limits, or refused with the reason."""

import contextlib
import io
import struct
import zipfile

import pytest

from service.errors import EmptyArticle, UnreadableSource
from service.reading import archive, read_file
from tests.books import CONTAINER, docx, epub, packed, page, para

GOOD = page("<h1>Eins</h1><p>Das Moor liegt still, und der Wind geht über das Gras.</p>")
PATHS = ["../evil.txt", "/etc/passwd", "OEBPS/../../x", "..\\evil.txt", "C:\\evil.txt", "c:/x"]
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
SECRET = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def book(**how):
    return epub({"one.xhtml": GOOD}, **how)


def encryption(algorithm):
    return {
        "META-INF/encryption.xml": (
            '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
            'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
            f'<enc:EncryptionMethod Algorithm="{algorithm}"/><enc:CipherData>'
            '<enc:CipherReference URI="OEBPS/one.xhtml"/></enc:CipherData></enc:EncryptedData>'
            "</encryption>"
        )
    }


def refused(raw, said, name="buch.epub"):
    with pytest.raises(UnreadableSource, match=said):
        read_file(name, raw)


@pytest.mark.parametrize("path", PATHS)
def test_paths_that_lead_out_of_the_archive_are_refused(path):
    refused(book(files={path: "x"}), "a path outside")


@pytest.mark.parametrize("pack", [epub({"one.xhtml": GOOD}), docx(para("Ein Absatz."))])
def test_a_zip_bomb_is_refused_unread(pack):
    raw = io.BytesIO(pack)
    with zipfile.ZipFile(raw, "a", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("bomb.xml", bytes(60 << 20))
    assert len(raw.getvalue()) < 100_000
    refused(raw.getvalue(), "zip bomb")


def test_more_than_is_read_in_all_and_in_one_text_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "MOST_UNPACKED", 100)
    refused(book(), "unpacks to more")
    monkeypatch.undo()
    monkeypatch.setattr(archive, "MOST_TEXT", 100)
    refused(book(), "too large")


def test_a_file_that_lies_about_its_length_is_damaged_and_not_unpacked():
    raw = bytearray(book(files={"OEBPS/one.xhtml": "x" * 500_000}))
    start = raw.rindex(b"OEBPS/one.xhtml") - 46  # its entry in the central directory
    assert raw[start : start + 4] == b"PK\x01\x02"
    raw[start + 24 : start + 28] = struct.pack("<I", 100)
    refused(bytes(raw), "damaged")


def test_other_packings_than_books_may_have_are_refused():
    buffer = io.BytesIO(book())
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_BZIP2) as whole:
        whole.writestr("OEBPS/two.xhtml", "x" * 100_000)
    refused(buffer.getvalue(), "packed in another way")


@pytest.mark.parametrize("start", [LAUGHS, SECRET])
@pytest.mark.parametrize("name", ["META-INF/container.xml", "OEBPS/content.opf", "OEBPS/one.xhtml"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_entities_are_refused_wherever_they_stand(start, name, charset):
    content = CONTAINER if "container" in name else GOOD
    content = content.replace("?>", f' encoding="{charset}"?>{start}', 1).replace(
        ' encoding="utf-8" encoding', " encoding"
    )
    refused(book(files={name: content.encode(charset)}), "declares entities")


def test_entities_in_a_document_are_refused():
    laughing = f'<?xml version="1.0"?>{LAUGHS}<styles>&c;</styles>'
    refused(docx(para("Ein Absatz."), word_styles=laughing), "declares entities", "a.docx")


@pytest.mark.parametrize(
    "algorithm",
    ["http://www.w3.org/2001/04/xmlenc#aes128-cbc", "http://www.w3.org/2001/04/xmlenc#aes256-cbc"],
)
def test_a_locked_book_is_refused_with_the_reason(algorithm):
    refused(book(files=encryption(algorithm)), "copy protection")


@pytest.mark.parametrize(
    "algorithm", ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"]
)
def test_scrambled_fonts_are_no_lock(algorithm):
    assert read_file("buch.epub", book(files=encryption(algorithm)))[0].title == "Eins"


def test_an_archive_with_a_password_is_refused():
    raw = bytearray(book())
    start = raw.index(b"PK\x01\x02")
    raw[start + 8] |= 1
    refused(bytes(raw), "password")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"PK\x03\x04 and no more", "damaged"),
        (book()[: len(book()) // 2], "damaged"),
        (b"Moin", "does not begin as such files do"),
        (packed({"readme.txt": "Moin"}), "an archive: unpack it"),
        (packed({"mimetype": "application/epub+zip"}), "no EPUB"),
        (book(files={"META-INF/container.xml": "<container/>"}), "names no package"),
        (book(files={"META-INF/container.xml": ""}), "no XML"),
        (book(without="OEBPS/content.opf"), "“OEBPS/content.opf” in it is missing"),
        (epub({}), "list of pages is empty"),
    ],
)
def test_what_is_no_book_says_why(raw, said):
    refused(raw, said)


def test_a_book_of_pictures_has_nothing_to_read():
    with pytest.raises(EmptyArticle, match="no text"):
        read_file("buch.epub", epub({"one.xhtml": page('<img src="a.jpg" alt=""/>')}))


def test_every_cut_and_every_flipped_byte_is_read_or_refused_but_never_a_crash():
    raw = book()
    for at in range(0, len(raw), 7):
        flipped = bytearray(raw)
        flipped[at] ^= 0xFF
        for broken in (raw[:at], bytes(flipped)):
            with contextlib.suppress(UnreadableSource, EmptyArticle):
                read_file("buch.epub", broken)
