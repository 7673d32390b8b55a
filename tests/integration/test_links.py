"""Pages of the web, read once and read again."""

from __future__ import annotations

import pytest

from tests.integration import Service
from tests.stand_ins import serving

BODY = (
    "Am Morgen fuhren die Boote aus, denn die See war ruhig und die Sicht war gut.",
    "Gegen Mittag zog Nebel auf, und die Küstenwache rief die Fischer zurück in den Hafen.",
    "Am Abend lagen alle Boote wieder fest, und niemand war zu Schaden gekommen.",
)


class Press:
    """A newspaper with one article, whose paragraphs can be changed."""

    def __init__(self) -> None:
        self.base = ""
        self.paragraphs = list(BODY)
        self.status = 200

    def answer(self, handler, _body):
        told = "".join(f"<p>{text}</p>" for text in self.paragraphs)
        page = (
            '<html lang="de"><head><title>Nebel auf See</title>'
            '<link rel="canonical" href="/seefahrt/nebel"></head>'
            f"<body><article><h1>Nebel auf See</h1>{told}</article></body></html>"
        )
        handler.reply(page.encode(), status=self.status, kind="text/html; charset=utf-8")


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with Service(tmp_path_factory.mktemp("links"), allow_private_fetch="1") as running:
        yield running


@pytest.fixture(scope="module")
def newspaper():
    paper = Press()
    with serving(paper.answer) as server:
        paper.base = f"http://127.0.0.1:{server.port}"
        yield paper


@pytest.fixture
def press(newspaper):
    newspaper.paragraphs, newspaper.status = list(BODY), 200
    return newspaper


def read(service, press, path="/seefahrt/nebel"):
    return service.client.post("/api/articles", json={"url": press.base + path})


def test_every_spelling_of_a_page_is_the_same_article(service, press):
    first = read(service, press)
    assert first.status_code == 201
    assert first.json()["source_url"] == f"{press.base}/seefahrt/nebel"
    for spelling in ("/seefahrt/nebel?utm_source=brief", "/seefahrt/nebel#a", "/amp/nebel?x=1"):
        again = read(service, press, spelling)
        assert (again.status_code, again.json()["id"]) == (200, first.json()["id"]), spelling


def test_a_page_that_has_changed_is_the_same_article_with_its_new_paragraphs(service, press):
    old = service.settled(read(service, press).json()["id"])
    press.paragraphs[1] = "Gegen Mittag zog dichter Nebel auf, und die Fischer kehrten alle um."
    answer = read(service, press)
    assert (answer.status_code, answer.json()["id"]) == (200, old["id"])
    new = service.settled(old["id"])
    assert new["paragraphs"][2]["text"] == press.paragraphs[1]
    is_kept = [
        before["clip"] == after["clip"]
        for before, after in zip(old["paragraphs"], new["paragraphs"], strict=True)
    ]
    assert is_kept == [True, True, False, True]
    assert new["duration"] != old["duration"]
    assert read(service, press).json() == new


def test_a_page_that_is_gone_leaves_its_article_as_it_was(service, press):
    old = service.settled(read(service, press).json()["id"])
    press.status = 404
    answer = read(service, press)
    assert answer.status_code == 422
    assert "404" in answer.json()["detail"]
    assert service.manifest(old["id"]) == old


def test_an_article_cannot_be_made_the_same_as_another(service):
    one, other = (service.ready(f"Ein Titel\n\nAbsatz {n}.") for n in ("eins", "zwei"))
    text = {"text": "Ein Titel\n\nAbsatz eins."}
    answer = service.client.patch(f"/api/articles/{other['id']}", json=text)
    assert answer.status_code == 409
    assert one["id"] in answer.json()["detail"]
    assert service.manifest(other["id"]) == other
