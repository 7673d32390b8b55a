"""Bodies of requests: JSON, packed or not; whatever else they are is said."""

import gzip
import io
import json
import zlib
from dataclasses import replace
from functools import partial

import pytest

from tests.fakes.parts import opened
from tests.unit.web import client_with

TEXT = "Ein Titel\n\nEin Absatz mit Umlauten: äöü."
BODY = json.dumps({"text": TEXT}, ensure_ascii=False).encode()
packed = partial(gzip.compress, mtime=0)  # no time in the names of tests


@pytest.fixture(scope="module")
def house():
    return opened()


@pytest.fixture(scope="module")
def http(house):
    with client_with(parts=house) as client:
        yield client


def post(http, content, *, to="/api/articles", **headers):
    headers = {"content-type": "application/json"} | headers
    names = {name.replace("_", "-"): value for name, value in headers.items() if value}
    return http.post(to, content=content, headers=names)


def refused(answer, status, *said):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    for one in said:
        assert one in answer.json()["detail"]


@pytest.mark.parametrize(
    ("coding", "content"),
    [
        ("gzip", packed(BODY)),
        ("GZIP", packed(BODY)),
        ("x-gzip", packed(BODY)),
        ("gzip", packed(BODY[:9]) + packed(b"") + packed(BODY[9:])),
        ("deflate", zlib.compress(BODY)),
        ("identity", BODY),
        ("", BODY),
        ("", b"\xef\xbb\xbf" + BODY),
        ("gzip", packed(b"\xef\xbb\xbf" + BODY)),
    ],
)
def test_a_body_may_come_packed_and_with_a_mark_of_its_order(http, coding, content):
    answer = post(http, content, content_encoding=coding)
    assert answer.status_code in {200, 201}
    assert answer.json()["paragraphs"][1]["text"] == TEXT.partition("\n\n")[2]


def test_a_packed_body_may_come_in_pieces_of_any_size(http):
    text = "Ein Titel\n\n" + "Noch ein Satz. " * 10_000
    content = packed(json.dumps({"text": text}).encode())
    for size in (1, 7, 5000):
        pieces = (content[at : at + size] for at in range(0, len(content), size))
        answer = post(http, pieces, content_encoding="gzip")
        assert answer.status_code in {200, 201}
        found = "".join(one["text"] for one in answer.json()["paragraphs"][1:])
        assert found.count("Noch ein Satz.") == 10_000


def test_an_uploaded_file_may_come_packed(http):
    form = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        + TEXT.encode()
        + b"\r\n--x--\r\n"
    )
    kind = "multipart/form-data; boundary=x"
    answer = post(http, packed(form), content_type=kind, content_encoding="gzip")
    assert answer.json()["title"] == "Ein Titel"


def test_a_packed_speech_request_is_spoken(http):
    content = packed(json.dumps({"input": "Hallo.", "response_format": "pcm"}).encode())
    answer = post(http, content, to="/v1/audio/speech", content_encoding="gzip")
    assert (answer.status_code, len(answer.content) > 1000) == (200, True)


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, gzip", "gzip, br", "x" * 999])
def test_what_is_packed_otherwise_is_refused_with_what_is_understood(http, coding):
    answer = post(http, BODY, content_encoding=coding)
    refused(answer, 415, coding[:80], "gzip")
    assert answer.headers["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("coding", "content"),
    [
        ("gzip", BODY),
        ("gzip", packed(BODY)[:-9]),
        ("gzip", packed(BODY) + b"rest"),
        ("gzip", zlib.compress(BODY)),
        ("deflate", packed(BODY)),
        ("gzip", packed(BODY)[:-8] + b"\0" * 8),
    ],
)
def test_what_is_not_packed_as_it_says_or_cut_short_is_refused(http, coding, content):
    for to in ("/api/articles", "/v1/audio/speech"):
        answer = post(http, content, to=to, content_encoding=coding)
        assert answer.status_code == (422 if to == "/api/articles" else 400)
        assert "Content-Encoding" in answer.text


def bomb(size):
    """Zeros of that size, packed a thousand times smaller."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as file:
        for _ in range(size >> 20):
            file.write(bytes(1 << 20))
    return packed.getvalue()


def test_what_is_unpacked_is_counted_before_the_rest_is(http, monkeypatch):
    made = 0
    open_ = zlib.decompressobj

    def counting(wrapping):
        found = open_(wrapping)

        class Counting:
            def decompress(self, *given):
                nonlocal made
                piece = found.decompress(*given)
                made += len(piece)
                return piece

            def __getattr__(self, name):
                return getattr(found, name)

        return Counting()

    monkeypatch.setattr(zlib, "decompressobj", counting)
    refused(post(http, bomb(40 << 20), content_encoding="gzip"), 413, "MB")
    assert made < 6 << 20  # 5 MB is the limit of what is no file
    endless = (packed(b"") * 1000 for _ in range(2000))
    refused(post(http, endless, content_encoding="gzip"), 413, "MB")


@pytest.mark.parametrize("kind", ["text/plain", "text/plain; charset=utf-8", "text/html", "x/y"])
def test_what_is_no_json_is_called_what_it_says_it_is(http, kind):
    answer = post(http, TEXT.encode(), content_type=kind)
    refused(answer, 415, kind.partition(";")[0], "application/json")


def test_a_script_may_send_json_as_plain_text(http):
    assert post(http, BODY, content_type="text/plain;charset=UTF-8").status_code in {200, 201}
    assert post(http, BODY, content_type="").status_code in {200, 201}


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("latin-1", "Latin-1"),
        ("cp1252", "Windows-1252"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
    ],
)
def test_another_encoding_is_named(http, encoding, said):
    content = json.dumps({"text": "Größe"}, ensure_ascii=False).encode(encoding)
    refused(post(http, content), 422, said, "UTF-8")


@pytest.mark.parametrize("content", [b"", b"{", b"{text:", b"[1,", b'{"text": "a"} rest'])
def test_broken_json_is_called_that(http, content):
    refused(post(http, content), 422, "JSON")


SURROGATES = [rb'"\ud800"', rb'"a\udc00b"', rb'"\ud83d \ude00"', rb'"\uDFFF"']


@pytest.mark.parametrize("text", SURROGATES)
@pytest.mark.parametrize(
    ("method", "to", "body"),
    [
        ("POST", "/api/articles", b'{"text": %s}'),
        ("POST", "/api/articles", b'{"text": "a", "title": %s}'),
        ("POST", "/api/articles", b'{"text": "a", %s: 1}'),
        ("PATCH", "/api/articles/x", b'{"title": %s}'),
        ("POST", "/v1/audio/speech", b'{"input": %s}'),
        ("POST", "/v1/audio/speech", b'{"input": "a", "voice": %s}'),
        ("POST", "/v1/audio/speech", b'{"input": "a", "voice": {"id": %s}}'),
        ("POST", "/v1/audio/speech", b'{"input": "a", "model": %s}'),
    ],
)
def test_half_a_character_is_no_text(http, method, to, body, text):
    answer = http.request(method, to, content=body % text)
    assert answer.status_code == (400 if to.startswith("/v1") else 422)
    assert "surrogate" in answer.text


NO_ADDRESSES = [
    *"""
    http://[::1 http://[x]/ http:// https:///a http://a:b/ http://a:99999/ http://a.example\\@b
    javascript:alert(1) ftp://a.example /a a.example http://?x=1
    """.split(),
    *("http://a b", "http://a\n.example", "http://a/\0", "https://a.example/" + "x" * 5000, ""),
]


@pytest.mark.parametrize("url", NO_ADDRESSES)
def test_a_source_that_is_no_web_address_is_refused_at_the_door(http, url):
    for body in ({"text": "a"}, {"html": "<p>a"}, {"markdown": "a"}):
        answer = http.post("/api/articles", json=body | {"source_url": url})
        refused(answer, 422, "source_url")


def test_a_source_that_was_stored_in_other_times_hurts_no_page(http, house):
    made = http.post("/api/articles", json={"text": "Alt", "source_url": "https://a.example"})
    library, key = house.library, made.json()["id"]
    old = library.narrations[key]
    for url in ("http://[::1", "http://a:b", "nichts", "\0"):
        article = replace(old.article, source_url=url)
        library.narrations[key] = replace(old, spec=replace(old.spec, article=article))
        for path in (f"/articles/{key}", f"/embed/{key}", f"/api/articles/{key}", "/", "/feed.xml"):
            assert http.get(path).status_code == 200


@pytest.mark.parametrize(
    "tag", ["xx-yy-zz", "d", "deutsch", "de_DE", "de-", "-de", "12", "de-ä", ""]
)
def test_a_language_is_a_tag(http, tag):
    answer = http.post("/api/articles", json={"text": TEXT, "language": tag})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "language-tag"


@pytest.mark.parametrize(
    "tag", ["de", "DE-at", "gsw", "de-1996", "de-Latn-CH", "en-x-twain", "es-419"]
)
def test_languages_are_taken_as_they_are_usually_written(http, tag):
    answer = http.post("/api/articles", json={"text": TEXT, "language": tag})
    assert answer.status_code in {200, 201}


FORM = "multipart/form-data"


def test_several_files_in_a_form_are_refused(http):
    for names in (["file", "file"], ["file", "other"], ["file"] * 5):
        files = [(name, (f"{n}.txt", TEXT)) for n, name in enumerate(names)]
        answer = http.post("/api/articles", files=files)
        refused(answer, 422, "one file", "“file”")
        assert answer.json()["code"] == "form-files-several"


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        (FORM, b"--x\r\n", "form-boundary-missing"),
        (f"{FORM}; charset=utf-8", b"", "form-boundary-missing"),
        (f"{FORM}; boundary=", b"", "form-boundary-missing"),
        (f"{FORM}; boundary=x", b"nothing of the kind", "form-unreadable"),
        (
            f"{FORM}; boundary=x",
            b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--",
            "form-unreadable",
        ),
    ],
)
def test_a_form_that_is_none_is_said_in_our_own_words(http, kind, content, code):
    answer = post(http, content, content_type=kind)
    refused(answer, 400, "multipart/form-data")
    assert answer.json()["code"] == code
    assert answer.json()["params"] == {}


def test_a_form_of_too_many_fields_is_said_in_our_own_words(http):
    answer = http.post(
        "/api/articles", data={f"f{n}": "a" for n in range(200)}, files={"file": b"a"}
    )
    assert answer.json()["code"] == "form-unreadable"
