"""Who may have something read: pages of named sites for themselves, and nobody else's."""

import pytest
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient

from service.settings import Settings
from service.web.access import may_post
from service.web.headers import SecurityHeaders
from service.web.limits import Throttle

SITE = "https://zeitung.example"
PAGE = {"url": f"{SITE}/artikel/7"}


@pytest.fixture
def http():
    app = FastAPI()
    app.state.settings = Settings(api_keys="geheim", allowed_embed_origins=f"* {SITE}")
    app.state.throttle = Throttle(20)
    app.state.longest_body = 1000
    app.add_middleware(SecurityHeaders, embedders=[SITE], allow_indexing=False)

    @app.post("/api/articles", dependencies=[Depends(may_post)])
    async def post() -> str:
        return "read"

    return TestClient(app, base_url="http://127.0.0.1")


def ask(http, body, origin):
    return http.post("/api/articles", json=body, headers={"Origin": origin} if origin else {})


def test_a_page_of_a_named_site_may_have_itself_read(http):
    answer = ask(http, PAGE, SITE)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == SITE


@pytest.mark.parametrize(
    ("body", "origin"),
    [
        (PAGE, ""),
        (PAGE, "https://evil.example"),
        (PAGE, "*"),
        ({"url": "https://evil.example/artikel"}, SITE),
        ({"url": f"{SITE}.evil.example/artikel"}, SITE),
        ({"url": "http://zeitung.example/artikel"}, SITE),
        ({"url": "https://[zeitung.example/"}, SITE),
        ({"url": 7}, SITE),
        (PAGE | {"voice": "gtts:de"}, SITE),
        ({"text": "Hallo"}, SITE),
        ([], SITE),
        ("url", SITE),
        (None, SITE),
    ],
)
def test_nothing_else_is_read_without_a_key(http, body, origin):
    assert ask(http, body, origin).status_code == 401


def test_what_is_nested_without_end_is_no_page(http):
    http.app.state.longest_body = 100_000
    answer = http.post("/api/articles", content=b"[" * 100_000, headers={"Origin": SITE})
    assert answer.status_code == 401


def test_the_library_is_nobody_elses_to_list(http):
    listed = http.get("/api/articles", headers={"Origin": SITE})
    assert "Access-Control-Allow-Origin" not in listed.headers


def test_even_a_named_site_may_not_ask_without_end(http):
    codes = [ask(http, PAGE, SITE).status_code for _ in range(21)]
    assert codes == [200] * 20 + [429]
