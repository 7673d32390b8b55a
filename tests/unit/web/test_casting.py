"""Casts over HTTP: taken in JSON and in forms, told in the manifest and in lists."""

import json

import pytest

from service.engines.catalogue import Catalogue
from tests.fakes import ToneEngine, opened
from tests.unit.narration.test_casting import Choir
from tests.unit.web import client_with

TEXT = "Ein Gespräch\n\nFrage: Wie lange?\n\nAntwort: Lange.\n\n„Ein Zitat.“"
CAST = {"question": "choir:b", "language:EN": "choir:e"}
KEPT = {"language:en": "choir:e", "question": "choir:b"}


@pytest.fixture
def client():
    voices = Catalogue({"choir": Choir, "silence": ToneEngine}, default="choir:a")
    with client_with(parts=opened(voices=voices)) as found:
        yield found


def post(client, **more):
    return client.post("/api/articles", json={"text": TEXT, **more})


def test_the_manifest_tells_cast_roles_speakers_and_voices(client):
    made = post(client, cast=CAST)
    assert made.status_code == 201
    told = made.json()
    assert told["cast"] == KEPT
    assert [(one["role"], one["speaker"], one["voice"]) for one in told["paragraphs"]] == [
        (None, None, "choir:a"),
        ("question", None, "choir:b"),
        ("answer", None, "choir:a"),
        ("answer", None, "choir:a"),
    ]
    assert [one["kind"] for one in told["paragraphs"]] == ["title", "text", "text", "quote"]
    assert client.get("/api/articles").json()["articles"][0]["cast"] == KEPT


def test_the_same_text_with_another_cast_is_another_article(client):
    first = post(client).json()
    assert first["cast"] == {}
    assert post(client, cast=CAST).status_code == 201
    assert post(client, cast=KEPT).status_code == 200
    assert (post(client, cast={}).status_code, post(client).json()["id"]) == (200, first["id"])


def test_a_patch_casts_and_an_empty_cast_takes_it_back(client):
    url = post(client).headers["location"]
    cast = client.patch(url, json={"cast": {"quote": "choir:c"}}).json()
    assert (cast["edition"], cast["cast"]) == (2, {"quote": "choir:c"})
    assert [one["voice"][-1] for one in cast["paragraphs"]] == list("aaac")
    titled = client.patch(url, json={"title": "Neu"}).json()
    assert titled["cast"] == {"quote": "choir:c"}
    back = client.patch(url, json={"cast": {}}).json()
    assert (back["edition"], back["cast"]) == (4, {})


@pytest.mark.parametrize(
    "fields",
    [{"cast": json.dumps(CAST)}, {"cast": ["question=choir:b", "language:EN=choir:e"]}],
)
def test_a_form_has_it_as_json_or_field_by_field(client, fields):
    file = {"file": ("a.txt", TEXT.encode())}
    made = client.post("/api/articles", data=fields, files=file)
    assert (made.status_code, made.json()["cast"]) == (201, KEPT)


@pytest.mark.parametrize(
    ("cast", "field", "code"),
    [
        ({"text": "choir:b"}, "cast", "cast-part"),
        ({"speaker:": "choir:b"}, "cast", "cast-part"),
        ({"title": 7}, "cast.title", "string-type"),
        ("title=choir:b", "cast", "dict-type"),
        ({f"speaker:{n}": "choir:b" for n in range(41)}, "cast", "cast-too-many"),
    ],
)
def test_what_is_no_cast_is_422_and_names_the_field(client, cast, field, code):
    answer = post(client, cast=cast)
    assert answer.status_code == 422
    [wrong] = answer.json()["errors"]
    assert (wrong["field"], wrong["code"]) == (field, code)


@pytest.mark.parametrize("fields", ["{", "title", "=choir:b", "[1]"])
def test_a_form_that_has_no_cast_is_422(client, fields):
    answer = client.post(
        "/api/articles", data={"cast": fields}, files={"file": ("a.txt", TEXT.encode())}
    )
    assert answer.status_code == 422


def test_an_unknown_voice_is_422_with_its_part_and_keeps_nothing(client):
    answer = post(client, cast={"title": "choir:x"})
    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "cast-voice")
    assert told["params"]["part"] == "title"
    assert "choir:x" in told["detail"]
    titles = [one["title"] for one in client.get("/api/articles").json()["articles"]]
    assert "Ein Gespräch" not in titles


def test_players_get_roles_only_where_there_are_any(client):
    made = post(client, cast=CAST).json()
    page = client.get(f"/articles/{made['id']}").text
    assert '"role": "question"' in page
    assert '"role": null' not in page
    assert '"voice": "choir:b"' not in page.partition('"paragraphs"')[2].partition("left_out")[0]
