"""Under a path of a host: addresses begin with it, whether a proxy takes it off or not."""

import re

import pytest

from tests.unit.web import client_with

PUBLIC = "https://v.example/vorleser"


@pytest.fixture(params=["", "/vorleser"], ids=["taken off", "left"])
def http(request):
    with client_with(public_url=PUBLIC, allowed_hosts="v.example", api_keys="k") as client:
        client.base_url = f"http://127.0.0.1:8000{request.param}"
        yield client


def post(http):
    answer = http.post(
        "/api/articles", json={"text": "Titel\n\nEin Satz."}, headers={"Authorization": "Bearer k"}
    )
    return answer, answer.json()


def test_addresses_begin_with_the_path(http):
    answer, made = post(http)
    assert answer.headers["Location"] == f"/vorleser/api/articles/{made['id']}"
    told = [made["audio"], made["captions"], made["chapters"], made["page"]]
    for path in [*told, made["paragraphs"][0]["clip"]]:
        assert path.startswith("/vorleser/")
    page = http.get(f"/articles/{made['id']}").text
    for address in re.findall(r'(?:href|src)="(/[^"]*)"', page):
        assert address.startswith("/vorleser/"), address
    assert f'<link rel="canonical" href="{PUBLIC}/articles/{made["id"]}">' in page
    assert f"{PUBLIC}/feed.xml" in http.get("/feed.xml").text
    embed = http.get(f"/oembed?url={PUBLIC}/articles/{made['id']}").json()["html"]
    assert f'src="{PUBLIC}/embed/{made["id"]}?layout=full"' in embed


def test_files_pages_and_errors_are_found(http):
    for path in ("/", "/static/page.css", "/embed.js", "/healthz", "/openapi.json"):
        assert http.get(path).status_code == 200, path
    assert http.get("/nowhere").json()["code"] == "not-found"
    assert "error" in http.get("/v1/models/nothing").json()
    assert http.put("/v1/models").headers["Allow"] == "GET"
    slash = http.get("/api/voices/", follow_redirects=False)
    assert slash.headers["Location"].endswith("/vorleser/api/voices")


@pytest.mark.parametrize(
    ("told", "root"),
    [
        ("/lesen", "/lesen"),
        ("/lesen/", "/lesen"),
        ("/a, /b", "/a/b"),
        ("lesen", ""),
        ("//evil.example", ""),
        ('/"><script>', ""),
        ("", ""),
    ],
)
def test_a_trusted_proxy_names_the_path(told, root):
    with client_with(trusted_proxies="127.0.0.0/8") as http:
        page = http.get("/", headers={"X-Forwarded-Prefix": told}).text
        assert f'href="{root}/feed.xml"' in page


def test_nobody_else_does():
    with client_with(trusted_proxies="10.0.0.1") as http:
        page = http.get("/", headers={"X-Forwarded-Prefix": "/lesen"}).text
        assert 'href="/feed.xml"' in page


def test_the_cookie_is_for_that_path_alone():
    with client_with(public_url=PUBLIC, read_keys="k") as http:
        answer = http.post("/sign-in", data={"key": "k"}, follow_redirects=False)
        assert answer.headers["Location"] == "/vorleser/"
        assert "Path=/vorleser/" in answer.headers["Set-Cookie"].split("; ")
