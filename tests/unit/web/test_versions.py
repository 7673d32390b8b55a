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
