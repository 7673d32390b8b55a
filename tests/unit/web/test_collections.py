"""Collections over HTTP, their feeds, and the feeds' addresses as QR codes."""

import pytest
from lxml import etree
from starlette.testclient import TestClient

from service.app import build
from service.settings import Settings
from tests.unit.web.test_feed import _Parts, written


@pytest.fixture
def client():
    settings = Settings(public_url="http://127.0.0.1/vor", api_keys="k")
    app = build(settings, open_parts=lambda _: _Parts([written(1), written(2)]))
    with TestClient(app, base_url="http://127.0.0.1", headers={"Authorization": "Bearer k"}) as one:
        yield one


def ids(client):
    return [one["id"] for one in client.get("/api/articles").json()["articles"]]


def feed(client, name):
    return etree.fromstring(client.get(f"/feeds/{name}.xml").content)


def test_a_collection_is_made_filled_renamed_and_given_up(client):
    made = client.post("/api/collections", json={"title": "  Für die  Fahrt "})
    assert made.status_code == 201
    assert made.headers["location"] == "/vor/api/collections/fur-die-fahrt"
    assert made.json() == {
        "name": "fur-die-fahrt",
        "title": "Für die Fahrt",
        "articles": 0,
        "is_book": False,
        "feed": "http://127.0.0.1/vor/feeds/fur-die-fahrt.xml",
    }
    assert feed(client, "fur-die-fahrt").findall(".//item") == []
    one = ids(client)[0]
    client.patch(f"/api/articles/{one}", json={"collections": ["fur-die-fahrt"]})
    guids = feed(client, "fur-die-fahrt").findall(".//guid")
    assert len(guids) == 1
    renamed = client.patch("/api/collections/fur-die-fahrt", json={"title": "Unterwegs"})
    assert renamed.json() == made.json() | {"title": "Unterwegs", "articles": 1}
    after = feed(client, "fur-die-fahrt")
    assert after.findtext(".//channel/title") == "Vorleser: Unterwegs"
    assert [one.text for one in after.findall(".//guid")] == [one.text for one in guids]
    assert client.get("/api/collections").json() == {"collections": [renamed.json()]}
    assert client.delete("/api/collections/fur-die-fahrt").status_code == 204
    assert client.get("/api/collections/fur-die-fahrt").status_code == 404
    assert client.get("/feeds/fur-die-fahrt.xml").status_code == 404
    assert client.get(f"/api/articles/{one}").json()["collections"] == []


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"title": "Da!"}, 409, "collection-there"),
        ({"title": "Anders", "name": "da"}, 409, "collection-there"),
        ({"title": " "}, 422, "request-invalid"),
        ({"title": "x" * 201}, 422, "request-invalid"),
        ({"title": "Ja", "name": "Nein Danke"}, 422, "request-invalid"),
        ({}, 422, "request-invalid"),
    ],
)
def test_what_cannot_be_a_collection_is_refused(client, asked, status, code):
    client.post("/api/collections", json={"title": "da"})
    refused = client.post("/api/collections", json=asked)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    if status == 409:
        assert refused.json()["params"] == {"collection": "da"}


@pytest.mark.parametrize("method", ["post", "patch", "delete"])
def test_collections_are_changed_by_those_alone_who_may_write(client, method):
    path = "/api/collections" + ("" if method == "post" else "/da")
    assert client.request(method, path, headers={"Authorization": "Bearer x"}).status_code == 401


@pytest.mark.parametrize("path", ["/feed.svg", "/feeds/da.svg"])
def test_the_address_of_a_feed_is_shown_as_a_qr_code(client, path):
    client.post("/api/collections", json={"title": "da"})
    found = client.get(path)
    assert found.headers["content-type"] == "image/svg+xml"
    assert etree.fromstring(found.content).tag.endswith("}svg")


def test_there_is_no_code_for_a_collection_that_is_not_there(client):
    assert client.get("/feeds/fehlt.svg").status_code == 404
