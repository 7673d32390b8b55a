"""A private library: who gets in, by what, and where it is not told."""

import hashlib
import re
from urllib.parse import urlsplit

import pytest
import structlog

from tests.fakes import opened
from tests.unit.web import client_with

KEY = "Lese-Schlüssel"
API = "schreiben"
HTML = {"Accept": "text/html,*/*;q=0.8"}
WRITING = {"Authorization": f"Bearer {API}"}


def shown(key):
    return {"Authorization": b"Bearer " + key.encode()}


@pytest.fixture
def parts():
    return opened()


@pytest.fixture
def http(parts):
    with client_with(parts=parts, read_keys=f"anderer, {KEY}", api_keys=API) as client:
        client.follow_redirects = False
        yield client


@pytest.fixture
def article(http):
    made = http.post("/api/articles", json={"text": "Titel\n\nEin Satz."}, headers=WRITING)
    return made.json()["id"]


def paths(article):
    return [
        "/",
        "/api/articles",
        f"/api/articles/{article}",
        f"/api/articles/{article}/events",
        f"/articles/{article}",
        f"/articles/{article}/audio.mp3",
        f"/articles/{article}/audio.opus",
        f"/articles/{article}/captions.vtt",
        f"/articles/{article}/chapters.json",
        f"/articles/{article}/paragraphs/1.mp3",
        f"/embed/{article}",
        f"/oembed?url=http://127.0.0.1:8000/articles/{article}",
        "/feed.xml",
        "/cover.jpg",
        "/api/voices",
        "/api/tokens",
        "/openapi.json",
        "/metrics",
        "/what/is/not/there",
    ]


def token(http, name="Telefon"):
    return http.post("/api/tokens", json={"name": name}, headers=WRITING).json()


def test_without_a_key_nothing_of_the_library_is_read(http, article):
    for path in paths(article):
        answer = http.get(path)
        assert answer.status_code == 401, path
        assert answer.json()["code"] == "reading-key-needed"
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert "Ein Satz" not in answer.text
    assert http.post("/api/articles", json={"text": "Ha"}).status_code == 401


@pytest.mark.parametrize(
    "path",
    ["/sign-in", "/static/page.css", "/embed.js", "/sw.js", "/manifest.webmanifest", "/healthz"],
)
def test_what_holds_nothing_of_the_library_is_open(http, path):
    assert http.get(path).status_code == 200


@pytest.mark.parametrize("key", [KEY, "anderer", API])
def test_read_keys_and_api_keys_read(http, article, key):
    assert http.get(f"/api/articles/{article}", headers=shown(key)).status_code == 200


@pytest.mark.parametrize("key", ["falsch", KEY[:-1], f"{KEY}, anderer", ""])
def test_wrong_keys_do_not(http, key):
    assert http.get("/api/articles", headers=shown(key)).status_code == 401
    assert http.get("/api/articles", params={"token": key}).status_code == 401


def test_an_api_key_does_not_count_in_an_address(http):
    assert http.get("/api/articles", params={"token": API}).status_code == 401


def test_hashes_of_keys_are_as_good_as_the_keys(parts):
    hashed = [f"sha256:{hashlib.sha256(key.encode()).hexdigest()}" for key in (KEY, API)]
    with client_with(
        parts=parts, read_keys=hashed[0], api_keys=hashed[1].upper().replace("SHA", "sha")
    ) as http:
        assert http.get("/api/articles", headers=shown(KEY)).status_code == 200
        assert http.get("/api/articles", headers=shown(hashed[0])).status_code == 401
        assert http.post("/api/tokens", json={"name": "x"}, headers=WRITING).status_code == 201


def test_a_read_key_does_not_write(http, article):
    assert http.delete(f"/api/articles/{article}", headers=shown(KEY)).status_code == 401
    assert http.post("/api/tokens", json={"name": "x"}, headers=shown(KEY)).status_code == 401
    assert http.get("/api/tokens", headers=shown(KEY)).status_code == 401


def test_speech_needs_an_api_key(http):
    for headers in (shown("falsch"), shown(KEY)):
        said = http.post("/v1/audio/speech", json={"input": "Hallo."}, headers=headers)
        assert said.status_code == 401
        assert http.get("/v1/models", headers=headers).status_code == 401
        assert http.get("/v1/audio/voices", headers=headers).json()["error"]["code"] == "key-needed"
    assert http.get("/v1/models", headers=WRITING).status_code == 200


def test_a_token_is_told_once_and_ends_when_it_is_revoked(http, article):
    made = token(http)
    listed = http.get("/api/tokens", headers=WRITING)
    assert made["token"] not in listed.text
    assert listed.json() == {
        "tokens": [{name: made[name] for name in ("id", "name", "created_at")}]
    }
    by_address, by_header = {"params": {"token": made["token"]}}, {"headers": shown(made["token"])}
    for way in (by_address, by_header):
        assert http.get(f"/api/articles/{article}", **way).status_code == 200
    assert http.delete(f"/api/tokens/{made['id']}", headers=WRITING).status_code == 204
    for way in (by_address, by_header):
        assert http.get(f"/api/articles/{article}", **way).status_code == 401
    assert (
        http.delete(f"/api/tokens/{made['id']}", headers=WRITING).json()["code"] == "token-unknown"
    )


@pytest.mark.parametrize(
    "body", [{}, {"name": ""}, {"name": " "}, {"name": "x" * 201}, {"name": "a\nb"}, {"name": 1}]
)
def test_a_token_needs_a_name(http, body):
    assert http.post("/api/tokens", json=body, headers=WRITING).status_code == 422


def test_a_person_is_led_to_sign_in_and_back(http, article):
    asked = http.get(f"/articles/{article}?x=1", headers=HTML)
    assert asked.status_code == 303
    page = http.get(asked.headers["Location"], headers=HTML)
    assert 'lang="de"' in page.text
    assert f'value="/articles/{article}?x=1"' in page.text
    answer = http.post("/sign-in", data={"key": f" {KEY} ", "to": f"/articles/{article}?x=1"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/articles/{article}?x=1")
    cookie = answer.headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert KEY not in cookie
    assert http.get(answer.headers["Location"], headers=HTML).status_code == 200
    assert http.get("/feed.xml").status_code == 200


@pytest.mark.parametrize(
    "to", ["//evil.example", "https://evil.example", "/\\evil.example", "\\/e", "/\t/e", ""]
)
def test_signing_in_leads_to_no_other_host(http, to):
    assert http.post("/sign-in", data={"key": KEY, "to": to}).headers["Location"] == "/"


def test_a_wrong_key_is_told_and_after_too_many_nobody_is_listened_to(parts):
    settings = {"read_keys": KEY, "writes_per_minute": 2}
    with client_with(parts=parts, **settings) as http:
        codes = [http.post("/sign-in", data={"key": f"x{n}"}).status_code for n in range(3)]
        assert codes == [401, 401, 429]
        assert http.get("/api/articles", headers=shown("x")).status_code == 429
        assert http.get("/api/articles").status_code == 401
        assert http.get("/api/articles", headers=shown(KEY)).status_code == 200


def test_a_cookie_ends_with_the_key_it_was_given_for(parts):
    with client_with(parts=parts, read_keys=KEY) as http:
        http.post("/sign-in", data={"key": KEY})
        cookies = dict(http.cookies)
        assert http.get("/api/articles").status_code == 200
    with client_with(parts=parts, read_keys="neuer") as http:
        http.cookies.update(cookies)
        assert http.get("/api/articles").status_code == 401


def test_what_a_cookie_holds_counts_nowhere_else(http):
    http.post("/sign-in", data={"key": KEY})
    [held] = http.cookies.values()
    http.cookies.clear()
    assert http.get("/api/articles", headers=shown(held)).status_code == 401
    http.cookies.set("vorleser-reader", token(http)["token"])
    assert http.get("/api/articles").status_code == 401


def test_the_cookie_is_for_tls_alone_where_the_browser_speaks_it(parts):
    with client_with(parts=parts, read_keys=KEY, public_url="https://v.example") as http:
        for host, is_secure in (("v.example", True), ("127.0.0.1:8000", False)):
            answer = http.post(
                "/sign-in", data={"key": KEY}, headers={"Host": host}, follow_redirects=False
            )
            assert ("Secure" in answer.headers["Set-Cookie"]) == is_secure


def test_a_page_opened_with_a_token_shows_it_no_longer(http, article):
    secret = token(http)["token"]
    first = http.get(f"/articles/{article}?token={secret}&x=1", headers=HTML)
    assert (first.status_code, first.headers["Location"]) == (303, f"/articles/{article}?x=1")
    page = http.get(first.headers["Location"], headers=HTML)
    assert page.status_code == 200
    assert secret not in page.text
    assert page.headers["Referrer-Policy"] == "same-origin"
    [made] = http.get("/api/tokens", headers=WRITING).json()["tokens"]
    http.delete(f"/api/tokens/{made['id']}", headers=WRITING)
    assert http.get(f"/articles/{article}").status_code == 401


def test_feeds_and_embeds_hand_on_the_token_they_were_opened_with(http, parts):
    made = http.post("/api/articles", json={"text": "Titel\n\nEin Satz."}, headers=WRITING).json()
    while http.get(f"/api/articles/{made['id']}", headers=WRITING).json()["state"] != "ready":
        pass
    secret = token(http)["token"]
    feed = http.get(f"/feed.xml?token={secret}").text
    for kind in ("audio.mp3", "captions.vtt", "chapters.json", "cover.jpg", "feed.xml"):
        found = re.findall(rf'(?:url|href)="([^"]*{re.escape(kind)}[^"]*)"', feed)
        assert found
        for url in found:
            parts = urlsplit(url)
            assert http.get(f"{parts.path}?{parts.query}").status_code == 200, url
    assert f"<link>http://127.0.0.1:8000/articles/{made['id']}</link>" in feed
    embed = http.get(f"/embed/{made['id']}?token={secret}").text
    assert f'token="{secret}"' in embed
    [sound] = re.findall(r'"audio": "([^"]+)"', embed)
    assert http.get(sound.replace("\\u0026", "&")).status_code == 200
    told = http.get(
        f"/oembed?url=http://127.0.0.1:8000/articles/{made['id']}&token={secret}"
    ).json()
    assert f"/embed/{made['id']}?token={secret}" in told["html"]
    plain = http.get("/feed.xml", headers=shown(secret)).text
    assert secret not in plain


def test_no_shared_cache_keeps_what_is_private(http, article):
    clip = http.get(f"/api/articles/{article}", headers=WRITING).json()["paragraphs"][0]["clip"]
    for path in (clip, "/cover.jpg", "/feed.xml", "/api/articles", "/"):
        answer = http.get(path, headers=shown(KEY))
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"].startswith("private"), path
        assert "public" not in answer.headers["Cache-Control"]
        assert {"Cookie", "Authorization"} <= set(re.split(r",\s*", answer.headers["Vary"]))


def test_an_open_library_hands_on_no_token():
    with client_with() as http:
        http.post("/api/articles", json={"text": "Titel\n\nEin Satz."})
        assert "geheim" not in http.get("/feed.xml?token=geheim").text
        assert http.get("/cover.jpg").headers["Cache-Control"].startswith("public")


def test_no_log_tells_a_token_or_a_key(http, parts, monkeypatch):
    async def broken(*_, **__):
        raise RuntimeError("kaputt")

    secret = token(http)["token"]
    monkeypatch.setattr(parts.library.articles, "newest", broken)
    with structlog.testing.capture_logs() as logs:
        assert http.get(f"/api/articles?token={secret}").status_code == 500
        assert http.get("/api/articles", headers=shown("falscher")).status_code == 401
    assert logs
    assert secret not in repr(logs)
    assert "falscher" not in repr(logs)
