"""The OpenAPI document: valid, whole, and true of real answers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from service.app import build
from service.settings import Settings
from service.web.openapi import TAGS, operations
from tests.books import epub, nav, page
from tests.typescript import TYPES, typescript
from tests.unit.web import client_with

DOCUMENT = build(Settings()).openapi()
OPERATIONS = {one[2]["operationId"]: one for one in operations(DOCUMENT)}
BODILESS = {"204", "302", "303", "304"}
# What generated clients call: a name that is gone breaks them.
NAMES = """
    get_picture get_sample list_downloads start_download
    add_collection delete_collection get_collection get_collection_feed_code get_feed_code
    list_collections rename_collection
    add_token article_page delete_article docs_page edit_article embed_script embedded_page
    follow_article get_document
    front_page get_article get_captions get_chapters get_clip get_collection_feed get_cover
    get_embed get_feed get_flac get_metrics get_model get_opus get_paragraph get_subtitles get_track
    get_words is_alive is_ready list_articles list_models list_speech_voices list_tokens list_voices
    post_article retry_article revoke_token robots service_worker sign_in sign_in_page speak
    web_manifest
""".split()


def closed(schema: Any) -> Any:
    """The same, where what is not described is not allowed."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    shut = {"additionalProperties": False} if "properties" in schema else {}
    return shut | {name: closed(value) for name, value in schema.items()}


SHAPES = {"components": {"schemas": closed(DOCUMENT["components"]["schemas"])}}


def hold(answer, schema):
    """Raises where the answer is not as described, or has more than that."""
    Draft202012Validator(closed(schema) | SHAPES).validate(answer)


def described(name, status):
    """Media types and what is said of them, of an operation's answer."""
    answer = OPERATIONS[name][2]["responses"][str(status)]
    if "$ref" in answer:
        answer = DOCUMENT["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    return answer["content"]


def test_the_document_is_valid():
    validate(DOCUMENT)


def test_the_players_types_are_those_of_the_document():
    assert TYPES.read_text("utf-8") == typescript(DOCUMENT), "make types"


def test_operations_keep_their_names():
    assert sorted(OPERATIONS) == sorted(NAMES)


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_is_described_with_all_that_it_takes_and_answers(name):
    path, _, told = OPERATIONS[name]
    assert told["summary"].endswith(".")
    assert set(told["tags"]) <= {tag["name"] for tag in TAGS}
    assert all(one.get("description") for one in told.get("parameters", ()))
    assert "{}" in json.dumps(told["security"])
    for status, answer in told["responses"].items():
        assert "$ref" in answer or answer["description"], status
        assert "$ref" in answer or "content" in answer or status in BODILESS
    refusals = {status for status in told["responses"] if int(status) >= 400}
    assert refusals >= {"500", "503"}
    assert ("404" in refusals) or "{" not in path


def bodies():
    for name, (_, _, told) in OPERATIONS.items():
        yield name, told.get("requestBody", {}).get("content", {})
        for status, answer in told["responses"].items():
            yield f"{name} {status}", answer.get("content", {})
    for name, answer in DOCUMENT["components"]["responses"].items():
        yield name, answer["content"]


@pytest.mark.parametrize(("name", "content"), [*bodies()])
def test_whatever_is_json_has_an_example_that_fits(name, content):
    for media_type, told in content.items():
        if "json" not in media_type or told["schema"] == {"type": "object"}:
            continue
        shape = DOCUMENT["components"]["schemas"][told["schema"]["$ref"].rpartition("/")[2]]
        examples = [told["example"]] if "example" in told else shape["examples"]
        for example in examples:
            hold(example, told["schema"])


@pytest.fixture(scope="module")
def http():
    with client_with() as client:
        yield client


@pytest.fixture(scope="module")
def article(http):
    html = "<h1>Die Mühle</h1><p>Am Bach.</p><ol><li>Eins</li></ol><p>Teile diesen Artikel</p>"
    made = http.post("/api/articles", json={"html": html, "collections": ["dorf"]}).json()
    http.get(made["audio"])
    return made["id"]


ASKED = {
    "list_articles": "/api/articles",
    "get_article": "/api/articles/{}",
    "get_words": "/api/articles/{}/words",
    "get_chapters": "/articles/{}/chapters.json",
    "get_embed": "/oembed?url=http://127.0.0.1:8000/articles/{}&maxwidth=2000&maxheight=2000",
    "list_collections": "/api/collections",
    "get_collection": "/api/collections/dorf",
    "list_downloads": "/api/voices/downloads",
    "list_voices": "/api/voices",
    "list_tokens": "/api/tokens",
    "list_models": "/v1/models",
    "get_model": "/v1/models/tts-1",
    "list_speech_voices": "/v1/audio/voices",
    "is_alive": "/healthz",
    "is_ready": "/readyz",
}


@pytest.mark.parametrize("name", ASKED)
def test_a_real_answer_has_what_is_described_and_no_more(http, article, name):
    answer = http.get(ASKED[name].format(article))
    assert answer.status_code == 200
    hold(answer.json(), described(name, 200)[answer.headers["content-type"]]["schema"])


def test_all_json_that_is_got_is_among_these_answers():
    told = {
        name
        for name, (_, method, one) in OPERATIONS.items()
        if method == "get" and any("json" in kind for kind in one["responses"]["200"]["content"])
    }
    assert told - {"web_manifest", "get_document"} == set(ASKED)


def test_what_is_made_and_changed_is_as_described(http, article):
    json_of = "application/json"
    made = http.post("/api/articles", json={"text": "Ein Titel\n\nEin Satz."})
    hold(made.json(), described("post_article", 201)[json_of]["schema"])
    again = http.post("/api/articles", json={"text": "Ein Titel\n\nEin Satz."})
    assert again.status_code == 200
    hold(again.json(), described("post_article", 200)[json_of]["schema"])
    chapters = [page(f"<h1>{name}</h1><p>{name} liegt am Bach.</p>") for name in ("Wehr", "Rad")]
    book = epub(dict(zip(("a.xhtml", "b.xhtml"), chapters, strict=True)), contents=CONTENTS)
    posted = http.post("/api/articles", files={"file": ("buch.epub", book)}).json()
    assert len(posted["articles"]) == 2
    hold(posted, described("post_article", 201)[json_of]["schema"])
    edited = http.patch(f"/api/articles/{article}", json={"rate": 1.2})
    hold(edited.json(), described("edit_article", 200)[json_of]["schema"])
    retried = http.post(f"/api/articles/{article}/retry")
    hold(retried.json(), described("retry_article", 202)[json_of]["schema"])
    collection = http.post("/api/collections", json={"title": "Aus der Stadt"})
    hold(collection.json(), described("add_collection", 201)[json_of]["schema"])
    renamed = http.patch("/api/collections/aus-der-stadt", json={"title": "Stadt"})
    hold(renamed.json(), described("rename_collection", 200)[json_of]["schema"])
    token = http.post("/api/tokens", json={"name": "Radio"})
    hold(token.json(), described("add_token", 201)[json_of]["schema"])


CONTENTS = nav('<a href="a.xhtml">Wehr</a>', '<a href="b.xhtml">Rad</a>')
REFUSED = [
    ("get_article", "GET", "/api/articles/nix", None),
    ("post_article", "POST", "/api/articles", {"text": 1, "rate": 9, "collections": ["A b"]}),
    ("post_article", "POST", "/api/articles", ["text"]),
    ("get_model", "GET", "/v1/models/nix", None),
    ("speak", "POST", "/v1/audio/speech", {"input": "", "speed": 7}),
]


@pytest.mark.parametrize(("name", "method", "path", "body"), REFUSED)
def test_a_real_refusal_has_what_is_described_and_no_more(http, name, method, path, body):
    refused = http.request(method, path, json=body)
    kind = refused.headers["content-type"].partition(";")[0]
    hold(refused.json(), described(name, refused.status_code)[kind]["schema"])


def test_the_events_of_an_article_are_as_described(http):
    made = http.post("/api/articles", json={"text": "Das Wehr\n\nEs rauscht."}).json()
    http.get(made["audio"])
    shapes = {"paragraph": "ParagraphNews", "article": "ArticleNews", "words": "WordsNews"}
    told = []
    with http.stream("GET", f"/api/articles/{made['id']}/events") as stream:
        kind = ""
        for line in stream.iter_lines():
            name, _, value = line.partition(": ")
            if name == "event":
                kind = value
            if name == "data":
                hold(json.loads(value), {"$ref": f"#/components/schemas/{shapes[kind]}"})
                told.append(kind)
            if kind == "article" and name == "data":
                break
    assert "paragraph" in told


def test_the_document_is_got_from_the_service_and_tells_where_it_is(http):
    answer = http.get("/openapi.json")
    assert answer.json() == DOCUMENT
    known = http.get("/openapi.json", headers={"If-None-Match": answer.headers["etag"]})
    assert known.status_code == 304
    with client_with(public_url="https://vorleser.example/laut") as mounted:
        told = mounted.get("/laut/openapi.json", headers={"Host": "vorleser.example"}).json()
    assert told["servers"] == [{"url": "/laut"}]


def test_a_page_of_our_own_tells_of_every_operation(http):
    shown = http.get("/docs").text
    assert all(f'id="{name}"' in shown for name in OPERATIONS)
    assert "<script" not in shown
    assert "http://" not in shown.replace("http://127.0.0.1", "")
