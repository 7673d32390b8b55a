"""Versions over HTTP: the manifest tells them, If-Match demands one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.unit.web import client_with


@pytest.fixture
def client() -> Iterator[TestClient]:
    with client_with(key="k") as client:
        yield client


@pytest.fixture
def url(client: TestClient) -> str:
    made = client.post("/api/articles", json={"text": "Der Titel\n\nEin Satz."})
    assert (made.json()["version"], made.json()["edition"]) == (1, 1)
    assert made.headers["etag"] == '"1"'
    return made.headers["location"]


def test_the_manifest_tells_version_and_edition_and_its_etag_the_version(
    client: TestClient, url: str
) -> None:
    assert client.get(url).headers["etag"] == '"1"'
    changed = client.patch(url, json={"title": "Neu"})
    assert (changed.json()["version"], changed.json()["edition"]) == (2, 2)
    assert changed.headers["etag"] == client.get(url).headers["etag"] == '"2"'
    put_away = client.patch(url, json={"collections": ["a"]}).json()
    assert (put_away["version"], put_away["edition"]) == (3, 2)


@pytest.mark.parametrize("match", ['"1"', 'W/"1"', '"7", "1"', "*"])
def test_the_version_that_is_demanded_is_changed(client: TestClient, url: str, match: str) -> None:
    answer = client.patch(url, json={"title": "Neu"}, headers={"If-Match": match})
    assert (answer.status_code, answer.json()["title"]) == (200, "Neu")


@pytest.mark.parametrize("match", ['"1"', "2", '"nonsense"', ""])
def test_another_version_than_the_demanded_one_is_left_as_it_is(
    client: TestClient, url: str, match: str
) -> None:
    client.patch(url, json={"title": "Früher"})
    answer = client.patch(url, json={"title": "Später"}, headers={"If-Match": match})
    assert (answer.status_code, answer.json()["code"]) == (412, "article-changed")
    assert client.get(url).json()["title"] == "Früher"


def test_without_a_demand_fields_are_merged_into_what_is_there(
    client: TestClient, url: str
) -> None:
    client.patch(url, json={"title": "Neu"})
    client.patch(url, json={"rate": 1.5})
    found = client.patch(url, json={"collections": ["a"]}).json()
    assert (found["title"], found["rate"], found["collections"]) == ("Neu", 1.5, ["a"])


PAGE = (
    "<article><h1>Der Deich</h1><p>Der Deich ist alt und niedrig, und das Wasser steigt.</p>"
    '</article><meta property="og:site_name" content="Nordpost">'
    '<meta name="author" content="Anna Meier">'
)


def test_another_text_is_still_from_where_the_old_one_was(client: TestClient) -> None:
    source = {"html": PAGE, "source_url": "https://nordpost.example/deich"}
    made = client.post("/api/articles", json=source)
    url, before = made.headers["location"], made.json()
    assert (before["byline"], before["site"]) == ("Anna Meier", "Nordpost")
    after = client.patch(url, json={"text": "Der Deich\n\nEr wird erhöht."}).json()
    assert after["paragraphs"][1]["text"] == "Er wird erhöht."
    for name in ("byline", "site", "source_url"):
        assert after[name] == before[name]
    other = {"text": "Der Damm\n\nEr hält.", "source_url": "https://other.example/damm"}
    moved = client.patch(url, json=other).json()
    assert (moved["source_url"], moved["byline"]) == (other["source_url"], None)


def test_another_text_is_in_the_language_of_the_old_one(client: TestClient) -> None:
    text = "The Mill\n\nIt stands by the brook, and it is as old as the village is."
    made = client.post("/api/articles", json={"text": text, "language": "en"})
    newer = {"text": f"{text} And it is not for sale."}
    changed = client.patch(made.headers["location"], json=newer)
    assert (changed.status_code, changed.json()["language"]) == (200, "en")


def test_where_it_is_from_can_be_told_later(client: TestClient, url: str) -> None:
    address = "https://a.example/7"
    changed = client.patch(url, json={"source_url": address}).json()
    assert (changed["source_url"], changed["version"], changed["edition"]) == (address, 2, 1)
    assert client.patch(url, json={"source_url": address}).json()["version"] == 2


UNSEEN = {"A\x00B": "AB", "Ko\u0308nig\u200b": "König", "Ge\u00adsetz": "Gesetz", " A \n B ": "A B"}


@pytest.mark.parametrize("given", UNSEEN)
@pytest.mark.parametrize("kind", ["text", "markdown", "html"])
def test_a_title_has_nothing_that_cannot_be_seen(client: TestClient, kind: str, given: str) -> None:
    source = {kind: "Ein Satz steht hier allein.", "title": given}
    made = client.post("/api/articles", json=source)
    changed = client.patch(made.headers["location"], json={"title": f"Neu {given}"})
    titles = [answer.json()["paragraphs"][0]["text"] for answer in (made, changed)]
    assert titles == [UNSEEN[given], f"Neu {UNSEEN[given]}"]


@pytest.mark.parametrize("given", ["", " ", "\u200b", "\u00ad\x00"])
def test_a_title_of_nothing_is_none(client: TestClient, url: str, given: str) -> None:
    refused = client.patch(url, json={"title": given})
    assert (refused.status_code, refused.json()["code"]) == (422, "title-empty")
