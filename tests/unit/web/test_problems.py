"""Problems (RFC 9457): a code that stays, its values, and the English made of them."""

from typing import Annotated

import httpx
import pytest
from fastapi import FastAPI, HTTPException
from pydantic import AfterValidator, BaseModel, Field

from service.errors import ArticleTooLong, EngineUnavailable, TrackIncomplete
from service.messages import message
from service.web import problems
from service.web.problems import Refusal, fault

RAISED = {
    "long": ArticleTooLong("article-too-long", chars=12, limit=10),
    "track": TrackIncomplete((3, 5)),
    "voice": EngineUnavailable(
        "server-rests", reason=message("engine-closed"), failures=8, pause_s=9, again_in_s=8.2
    ),
    "key": Refusal(401, "key-needed", headers={"WWW-Authenticate": "Bearer"}),
    "teapot": HTTPException(418, "short and stout"),
}


def _no_dots(name: str) -> str:
    if "." in name:
        raise fault("collection-name", name=name)
    return name


class Body(BaseModel):
    name: Annotated[str, Field(max_length=5), AfterValidator(_no_dots)]


@pytest.fixture
async def http():
    app = FastAPI()
    problems.install(app)

    @app.get("/{prefix}/raise/{name}")
    async def fail(prefix: str, name: str) -> None:
        raise RAISED[name]

    @app.post("/{prefix}/check")
    async def check(prefix: str, body: Body) -> Body:
        return body

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


async def test_a_problem_is_known_by_its_code_and_values(http):
    answer = await http.get("/api/raise/long")
    assert answer.status_code == 413
    assert answer.json() == {
        "type": "about:blank",
        "title": "Request Entity Too Large",
        "status": 413,
        "code": "article-too-long",
        "params": {"chars": 12, "limit": 10},
        "detail": str(RAISED["long"]),
    }


@pytest.mark.parametrize(
    ("path", "status", "code", "params"),
    [
        ("/api/raise/track", 409, "track-incomplete", {"failed": [3, 5]}),
        ("/api/raise/key", 401, "key-needed", {}),
        ("/api/raise/teapot", 418, "http-error", {"status": 418, "detail": "short and stout"}),
        ("/nowhere", 404, "not-found", {}),
        ("/api/check", 405, "method-not-allowed", {}),
        ("/api/raise/unknown", 500, "unexpected", {}),
    ],
)
async def test_every_answer_that_is_no_success_has_a_code(http, path, status, code, params):
    answer = await http.get(path)
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["params"]) == (status, code, params)
    assert problem["detail"]


async def test_a_message_among_the_values_has_a_code_of_its_own(http):
    answer = await http.get("/api/raise/voice")
    assert answer.headers["Retry-After"] == "9"
    assert answer.json()["params"]["reason"] == message("engine-closed").json


@pytest.mark.parametrize(
    ("body", "code", "params"),
    [
        ({"name": "zu lang"}, "string-too-long", {"max_length": 5}),
        ({"name": "a.b"}, "collection-name", {"name": "a.b"}),
        ({}, "missing", {}),
    ],
)
async def test_a_wrong_field_has_a_code_of_its_own(http, body, code, params):
    answer = await http.post("/api/check", json=body)
    problem = answer.json()
    [fault] = problem["errors"]
    assert (problem["code"], fault["code"], fault["params"]) == ("request-invalid", code, params)
    assert fault["field"] == "name"
    assert (
        f"name: {fault['detail']}"
        in problem["detail"]
        == str(message("request-invalid", **problem["params"]))
    )


async def test_openais_clients_get_the_code_too(http):
    answer = await http.get("/v1/raise/voice")
    assert answer.json()["error"]["code"] == "server-rests"
    answer = await http.post("/v1/check", json={})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "request-invalid")
