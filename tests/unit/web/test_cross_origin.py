"""Browser clients of other origins: those that the operator names, with what their keys allow."""

import pytest

from tests.unit.web import client_with

APP = "https://app.example"
ASKS = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization, content-type",
}


@pytest.fixture
def http():
    settings = {
        "cors_origins": f"{APP}, http://localhost:3000",
        "allowed_embed_origins": "https://zeitung.example",
    }
    with client_with(api_keys="k", read_keys="r", **settings) as client:
        yield client


@pytest.mark.parametrize("path", ["/v1/audio/speech", "/api/articles", "/api/tokens"])
def test_a_preflight_is_answered_without_a_key(http, path):
    answer = http.options(path, headers={"Origin": APP, **ASKS})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == APP
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert {"authorization", "content-type"} <= {
        name.strip().lower() for name in answer.headers["Access-Control-Allow-Headers"].split(",")
    }
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "https://zeitung.example", f"{APP}.evil.example", "null"]
)
def test_no_other_origin_may_ask(http, origin):
    answer = http.options("/v1/audio/speech", headers={"Origin": origin, **ASKS})
    assert answer.status_code == 400
    assert "Access-Control-Allow-Origin" not in answer.headers
    spoken = speak(http, origin)
    assert "Access-Control-Allow-Origin" not in spoken.headers


def speak(http, origin, key="k"):
    headers = {"Origin": origin, "Authorization": f"Bearer {key}"}
    return http.post("/v1/audio/speech", json={"input": "Hallo."}, headers=headers)


def test_speech_is_for_named_origins_with_an_api_key(http):
    spoken = speak(http, APP)
    assert (spoken.status_code, spoken.headers["Access-Control-Allow-Origin"]) == (200, APP)
    assert "Origin" in spoken.headers["Vary"]
    refused = speak(http, APP, key="r")
    assert (refused.status_code, refused.headers["Access-Control-Allow-Origin"]) == (401, APP)


def test_the_list_is_read_by_named_origins(http):
    headers = {"Origin": APP, "Authorization": "Bearer r"}
    assert http.get("/api/articles", headers=headers).headers["Access-Control-Allow-Origin"] == APP
    headers["Origin"] = "https://zeitung.example"
    assert "Access-Control-Allow-Origin" not in http.get("/api/articles", headers=headers).headers


def test_the_hosts_of_named_origins_are_known(http):
    assert http.get("/static/page.css", headers={"Host": "app.example"}).status_code == 200
    assert http.get("/static/page.css", headers={"Host": "evil.example"}).status_code == 421


def test_named_origins_may_frame_the_player(http):
    made = http.post(
        "/api/articles", json={"text": "Ein Titel"}, headers={"Authorization": "Bearer k"}
    )
    page = http.get(f"/embed/{made.json()['id']}", headers={"Authorization": "Bearer r"})
    assert APP in page.headers["Content-Security-Policy"]


def test_without_the_setting_speech_is_for_no_other_page():
    with client_with(api_keys="k") as http:
        assert "Access-Control-Allow-Origin" not in speak(http, APP).headers
        assert http.options("/v1/audio/speech", headers={"Origin": APP, **ASKS}).status_code == 405
