"""Bytes become the characters that were meant, or a clear error."""

import random

import pytest

from service.errors import EmptyArticle, UnreadableSource
from service.reading import decode, read_file
from service.reading.charset import decode_page

TYPED = "Größe „schön“ – süß, 5 € für Äpfel. Straße, Übermut, Öl."
PLAIN = "Der Fluß führt viel Wasser, und die Brücke ist für Fußgänger gesperrt."
PAGE = "<html><head>{}</head><body><p>Größe, Äpfel, Öl „heute“</p></body></html>"


@pytest.mark.parametrize(
    "charset",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_german_files_are_recognised_in_the_usual_encodings(charset):
    assert decode(TYPED.encode(charset)) == TYPED


@pytest.mark.parametrize("charset", ["iso8859-1", "iso8859-15", "cp850", "cp437", "mac-roman"])
def test_and_in_those_of_old_machines(charset):
    assert decode(PLAIN.encode(charset)) == PLAIN


def test_the_euro_of_latin_9_is_no_currency_sign():
    assert decode("Das macht 5 € für das Öl.".encode("iso8859-15")) == "Das macht 5 € für das Öl."


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.7 x", b"PK\x03\x04xx", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"\0" * 100,
        bytes(range(256)), b"RIFF\0\0\0\0WAVE" + bytes(200), b"MZ\x90\0" + bytes(99),
        b"\xff\xfeA", random.Random(1).randbytes(5000),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused_whatever_it_is_called(raw):
    for name in ("artikel.txt", "artikel.md"):
        with pytest.raises(
            UnreadableSource, match=r"not text|archive|damaged|This is a (?:picture|sound|program)"
        ):
            read_file(name, raw)


@pytest.mark.parametrize("raw", [b"", b" \n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff\0\n"])
@pytest.mark.parametrize("name", ["leer.txt", "leer.md", "leer.html"])
def test_an_empty_file_is_a_clear_error(name, raw):
    with pytest.raises(EmptyArticle, match=r"nothing to read|empty|No article"):
        read_file(name, raw)


@pytest.mark.parametrize(
    ("charset", "told", "meta"),
    [
        ("utf-8", "utf-8", ""),
        ("utf-8", None, ""),
        ("utf-8", "iso-8859-1", '<meta charset="windows-1252">'),  # both wrong
        ("utf-8-sig", "windows-1252", ""),
        ("utf-16", "utf-8", ""),
        ("cp1252", "windows-1252", '<meta charset="utf-8">'),
        ("cp1252", "ISO-8859-1", ""),  # meant is always Windows-1252
        ("cp1252", "utf-8", ""),  # the header is wrong
        ("cp1252", None, "<meta http-equiv=Content-Type content='text/html; charset=latin1'>"),
        ("cp1252", None, ""),
        ("cp1252", "zlib", '<meta charset="rot13">'),  # Python's own are not the web's
        ("cp1252", "x-user-defined", '<meta charset="unicode_escape">'),
    ],
)
def test_a_page_is_decoded_by_mark_header_meta_tag_or_recognition(charset, told, meta):
    page = PAGE.format(meta)
    assert decode_page(page.encode(charset), declared=told) == page
