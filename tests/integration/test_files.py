"""Books and documents, through the service and the command line."""

from __future__ import annotations

import random
import threading
from pathlib import Path

import mutagen.mp3
import pytest

from tests.books import docx, epub, nav, packed, page, para
from tests.integration import Service
from tests.integration.test_commands import vorleser
from tests.stand_ins import serving

PDFS = Path(__file__).parents[1] / "pdfs"

PROSE = "<p>Das Moor liegt still, und der Wind geht über das Gras und die Gräben.</p>"
BOOK = epub(
    {
        f"{name}.xhtml": page(f"<h1>{name}</h1>{PROSE}<p>{name}.</p>")
        for name in ("Graben", "Feuer")
    },
    contents=nav('<a href="Graben.xhtml">Graben</a>', '<a href="Feuer.xhtml">Feuer</a>'),
)
ENGLISH = "<h1>The Moor</h1>" + "<p>The wind was on the moor and that was all they had.</p>" * 4


@pytest.fixture(scope="module")
def http(tmp_path_factory):
    with Service(tmp_path_factory.mktemp("files"), allow_private_fetch="1") as running:
        yield running.client


def upload(http, name, raw, **fields):
    return http.post("/api/articles", files={"file": (name, raw)}, data=fields)


def test_a_book_becomes_an_article_a_chapter_in_the_collection_of_its_name(http):
    answer = upload(http, "moor.epub", BOOK, collections="lesen")
    assert answer.status_code == 201
    found = answer.json()
    assert answer.headers["location"] == f"/api/articles/{found['id']}"
    assert [one["title"] for one in found["articles"]] == ["Graben", "Feuer"]
    assert found["articles"][0]["id"] == found["id"]
    assert {one["site"] for one in found["articles"]} == {"Das Moorbuch"}
    for name in ("das-moorbuch", "lesen"):
        kept = http.get("/api/articles", params={"collection": name}).json()["articles"]
        assert [one["title"] for one in kept] == ["Feuer", "Graben"]
    assert upload(http, "moor.epub", BOOK).status_code == 200
    book = http.get("/api/collections/das-moorbuch").json()
    assert (book["title"], book["articles"], book["is_book"]) == ("Das Moorbuch", 2, True)


def test_a_book_is_kept_whole_or_not_at_all(http):
    long = epub(
        {"a.xhtml": page(f"<h1>Kurz</h1>{PROSE}"), "b.xhtml": page(f"<h1>Lang</h1>{PROSE * 4000}")}
    )
    assert upload(http, "lang.epub", long).status_code == 413
    kept = http.get("/api/articles").json()["articles"]
    assert "Kurz" not in {one["title"] for one in kept}


def test_a_document_is_an_article(http):
    answer = upload(http, "moor.docx", docx(para("Das Moor", "Titel") + para("Es liegt still.")))
    assert answer.status_code == 201
    assert [one["kind"] for one in answer.json()["paragraphs"]] == ["title", "text"]
    assert "articles" not in answer.json()


def test_a_page_in_another_language_is_read_when_it_is_named(http):
    refused = http.post("/api/articles", json={"html": ENGLISH})
    assert refused.status_code == 422
    assert "`language`" in refused.json()["detail"]
    read = http.post("/api/articles", json={"html": ENGLISH, "language": "en"})
    assert (read.status_code, read.json()["language"]) == (201, "en")
    assert upload(http, "moor.html", ENGLISH.encode(), language="en").status_code == 200
    for wrong in ("english please", "e", "x" * 40):
        answer = http.post("/api/articles", json={"html": ENGLISH, "language": wrong})
        assert answer.json()["errors"][0]["field"] == "language"
    change = http.patch(f"/api/articles/{read.json()['id']}", json={"language": "de"})
    assert change.status_code == 422


def test_where_a_page_comes_from_is_in_its_manifest(http):
    html = (
        '<meta property="article:published_time" content="2026-03-12T08:30:00+01:00">'
        '<meta property="og:image" content="https://a.example/b.jpg"><h1>Das Moor</h1>'
        f'{PROSE}<blockquote lang="en"><p>All quiet on the moor.</p></blockquote>{PROSE}'
    )
    found = http.post("/api/articles", json={"html": html}).json()
    assert found["published_at"] == "2026-03-12T08:30:00+01:00"
    assert found["picture"] == "https://a.example/b.jpg"
    assert [one.get("language") for one in found["paragraphs"]] == [None, None, "en", None]


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("leer.txt", b"", "“leer.txt” is empty: save"),
        ("blank.txt", b" \n ", "nothing to read"),
        ("bild.txt", bytes(range(256)) * 20, "not text"),
        ("buch.epub", b"PK\x03\x04", "damaged"),
        ("lied.mp3", b"ID3", "a sound recording"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem_that_says_why(http, name, raw, said):
    answer = upload(http, name, raw)
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert said in answer.json()["detail"]


def test_a_book_with_large_pictures_is_taken_and_so_large_a_text_is_not(http):
    picture = random.Random(1).randbytes(6 << 20)
    book = epub({"a.xhtml": page(f"<h1>Bilder</h1>{PROSE}")}, files={"OEBPS/a.jpg": picture})
    assert upload(http, "bilder.epub", book).status_code == 201
    assert http.post("/api/articles", content=picture).status_code == 413


def test_a_pdf_is_an_article_uploaded_and_behind_a_link(http):
    raw = (PDFS / "chromium-seite.pdf").read_bytes()
    book = (PDFS / "latex-buch.pdf").read_bytes()

    def serve(handler, _body):
        handler.reply(book if "buch" in handler.path else raw, kind="application/pdf")

    with serving(serve) as server:
        base = f"http://127.0.0.1:{server.port}"
        linked = http.post("/api/articles", json={"url": f"{base}/hafen?id=7"})
        assert (linked.status_code, linked.json()["title"]) == (201, "Hafen wird saniert")
        assert linked.json()["source_url"] == f"{base}/hafen?id=7"
        assert upload(http, "hafen.pdf", raw).json()["id"] == linked.json()["id"]
        chapters = http.post("/api/articles", json={"url": f"{base}/buch.pdf"}).json()["articles"]
        assert [one["title"] for one in chapters] == ["Der Torf", "Der Hafen", "Das Ende"]


def test_a_link_to_what_is_not_read_says_what_it_is(http):
    with serving(lambda handler, _: handler.reply(b"x" * 99, kind="image/png")) as server:
        answer = http.post("/api/articles", json={"url": f"http://127.0.0.1:{server.port}/a"})
    assert (answer.status_code, answer.json()["code"]) == (422, "file-is-picture")


HOSTILE = {
    "runs.docx": docx("<w:p>" + "<w:r/>" * 700_000 + "</w:p>"),
    "deep.html": b"<b>" * 1_600_000,
    "rows.html": b"<p>a<br>" * 600_000,
    "blanks.odt": packed({"mimetype": "application/vnd.oasis.opendocument.text",
                          "content.xml": "<a>" + "<s/>" * 3_000_000 + "</a>"}),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_while_all_others_are_served(http, name):
    refused = threading.Event()
    answers = []

    def send():
        answers.append(upload(http, name, HOSTILE[name]))
        refused.set()

    sender = threading.Thread(target=send)
    sender.start()
    while not refused.is_set():
        assert http.get("/healthz").status_code == 200
    sender.join()
    assert answers[0].status_code == 422
    assert upload(http, "moor.txt", b"Das Moor\n\nEs liegt still.").status_code in {200, 201}


def test_a_book_is_one_mp3_with_its_chapters(tmp_path):
    (tmp_path / "moor.epub").write_bytes(BOOK)
    ran = vorleser("speak", "moor.epub", cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, b"")
    tags = mutagen.mp3.MP3(tmp_path / "moor.mp3").tags
    assert (str(tags["TIT2"]), str(tags["TALB"])) == ("Das Moorbuch", "Das Moorbuch")
    assert str(tags["TPE1"]) == "Geesche Onnen, Tamme Ulfers"
    marks = sorted(tags.getall("CHAP"), key=lambda mark: mark.start_time)
    titles = [str(mark.sub_frames["TIT2"]) for mark in marks]
    assert titles == ["Das Moorbuch", "Graben", "Feuer"]


def test_the_command_reads_a_pdf(tmp_path):
    ran = vorleser("speak", str(PDFS / "reportlab-bericht.pdf"), "-o", "a.mp3", cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert str(mutagen.mp3.MP3(tmp_path / "a.mp3").tags["TIT2"]) == "Ein gutes Jahr für den Hafen"
    refused = vorleser("speak", str(PDFS / "reportlab-scan.pdf"), "-o", "b.mp3", cwd=tmp_path)
    assert refused.returncode == 1
    assert b"OCR" in refused.stderr


def test_the_command_reads_another_language_when_it_is_named(tmp_path):
    (tmp_path / "moor.html").write_text(ENGLISH)
    refused = vorleser("speak", "moor.html", cwd=tmp_path)
    assert refused.returncode == 1
    assert b"--language" in refused.stderr
    assert vorleser("speak", "moor.html", "--language", "en", cwd=tmp_path).returncode == 0
