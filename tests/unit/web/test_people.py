"""Errors that a person sees are pages; programs get problems."""

import pytest
from lxml import html

from service.web.people import reads_german
from tests.unit.web import client_with

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def http():
    with client_with() as client:
        yield client


def shown(http, path, language="", *, status=404):
    """The page that a browser shows, read."""
    headers = {"Accept": BROWSER, "Accept-Language": language}
    answer = http.get(path, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert {"Accept", "Accept-Language"} <= set(answer.headers["vary"].split(", "))
    return html.fromstring(answer.text)


@pytest.mark.parametrize("path", ["/articles/nichtda", "/gibtsnicht", "/gibts/nicht.html"])
def test_a_person_gets_a_page_with_the_way_home(http, path):
    page = shown(http, path)
    assert page.xpath("string(/html/@lang)") == "de"
    assert "gibt es nicht" in page.xpath("string(//h1)")
    assert page.xpath("string(//main//small/@lang)") == "en"
    assert page.xpath("//main//a/@href") == ["/"]
    assert not page.xpath("//script")


def test_a_deleted_article_in_a_frame_leads_nowhere_else(http):
    page = shown(http, "/embed/nichtda")
    assert page.xpath("string(//h1)") == "Diesen Artikel gibt es nicht mehr."
    assert not page.xpath("//a")


def test_who_reads_english_gets_english(http):
    page = shown(http, "/articles/nichtda", "en-GB,en;q=0.9,de;q=0.5")
    assert page.xpath("string(/html/@lang)") == "en"
    assert page.xpath("string(//h1)") == "This article is not here any more."
    assert page.xpath("string(//main//small/@lang)") == "de"


@pytest.mark.parametrize(
    ("wished", "is_german"),
    [
        ("", True),
        ("*", True),
        ("de-AT,en;q=0.8", True),
        ("en;q=0.7,de;q=0.9", True),
        ("en-US", False),
        ("fr,en;q=0.8,de;q=0.5", False),
        ("fr", False),
        ("fr,de;q=0.2", True),
    ],
)
def test_the_language_is_the_one_that_is_liked_better(wished, is_german):
    assert reads_german(wished) is is_german


@pytest.mark.parametrize("accept", ["application/json", "*/*", "", "application/json, text/html"])
@pytest.mark.parametrize("path", ["/articles/nichtda", "/gibtsnicht", "/embed/nichtda"])
def test_programs_get_a_problem(http, path, accept):
    answer = http.get(path, headers={"Accept": accept})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["status"] == 404


@pytest.mark.parametrize(
    "path",
    """
    /articles/nichtda/audio.mp3 /articles/nichtda/captions.vtt /api/articles/nichtda /api/nichts
    /v1/nichts /clips/nichts.mp3 /static/nichts.js
    """.split(),
)
def test_what_programs_ask_for_stays_theirs(http, path):
    answer = http.get(path, headers={"Accept": BROWSER})
    assert answer.status_code == 404
    assert "json" in answer.headers["content-type"]


def test_other_methods_and_heads_have_the_same_status(http):
    assert http.head("/gibtsnicht", headers={"Accept": BROWSER}).status_code == 404
    assert http.post("/gibtsnicht", headers={"Accept": BROWSER}).json()["status"] == 404


def test_what_was_asked_for_is_not_quoted_as_markup(http):
    answer = http.get("/articles/%3Cb%3Ex", headers={"Accept": BROWSER})
    assert "<b>x" not in answer.text


def test_a_page_of_a_private_library_says_so_in_a_frame():
    with client_with(read_keys="r") as client:
        client.headers.pop("Authorization", None)
        page = shown(client, "/embed/nichtda", status=401)
        assert page.xpath("string(//h1)") == "Diese Bibliothek ist privat."
