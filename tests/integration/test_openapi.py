"""The OpenAPI, fuzzed: nothing breaks the service, and every answer is as it is described."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as some
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks

from service.app import build
from service.settings import Settings
from tests.unit.web import client_with

CASES = 12  # of each kind of request, valid and invalid ones alike
LONGEST = 20_000  # characters of an article: what is asked is judged here, not how long it takes
AS_DESCRIBED = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
ENDLESS = "/api/articles/{article_id}/events"


schema = schemathesis.openapi.from_dict(build(Settings()).openapi())
described: Any = schema.get_all_operations()  # an error among them has no `ok`
operations = {
    f"{one.method.upper()} {one.path}": one
    for one in (found.ok() for found in described)
    if one.path != ENDLESS
}


@pytest.fixture(scope="module")
def http():
    with client_with(max_article_chars=LONGEST, max_speech_chars=200) as client:
        yield client


@pytest.fixture(scope="module")
def ids(http):
    """Of an article that is there, by the names that addresses have for it."""
    text = "Ein Titel\n\nEin Absatz mit zwei Sätzen. Das ist der zweite."
    made = http.post("/api/articles", json={"text": text, "collections": ["da"]}).json()
    http.get(made["audio"])
    clip = made["paragraphs"][0]["clip"].removeprefix("/clips/").removesuffix(".mp3")
    there = {"collection": "da", "name": "da", "model": "tts-1"}
    return there | {"article_id": made["id"], "clip_id": clip}


# What has neither body nor query cannot be asked wrongly by its schema.
KINDS = [
    (name, mode)
    for name, one in operations.items()
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or len(one.body) or len(one.query)
]


@pytest.mark.parametrize(("name", "mode"), KINDS)
def test_whatever_is_asked_nothing_breaks_and_the_answer_is_as_described(http, ids, name, mode):
    operation = operations[name]

    @settings(
        max_examples=CASES,
        phases=[Phase.generate],
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), is_there=some.booleans())
    def ask(case, is_there):
        if is_there and case.method != "DELETE":
            case.path_parameters |= {key: ids[key] for key in ids if key in case.path_parameters}
        answer = send(http, case)
        assert answer.status_code < 500 or answer.status_code == 501, (
            answer.text
        )  # oEmbed's for XML
        case.validate_response(answer, checks=AS_DESCRIBED)

    ask()


def send(http, case):
    given = case.as_transport_kwargs()
    del given["cookies"]  # there are none
    if isinstance(given.get("data"), bytes | str):
        given["content"] = given.pop("data")
    try:
        request = http.build_request(**given)
        request.read()
    except (UnicodeEncodeError, AttributeError, TypeError):  # no client can send it
        reject()
    return http.send(request, follow_redirects=False)
