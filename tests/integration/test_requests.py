"""What every request meets: limits, problems, other pages, packing."""

from __future__ import annotations

import re
import select
import socket

import pytest

from tests.integration.asking import post, until_ready


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"text": ""}, 422, "nothing to read"),
        ({"text": " \n\t "}, 422, "nothing to read"),
        ({"text": "a" * 200_001}, 413, "VORLESER_MAX_ARTICLE_CHARS"),
        ({"text": 5}, 422, "text"),
        ({"text": "a", "html": "<p>b"}, 422, "exactly one"),
        ({}, 422, "exactly one"),
        ({"text": "Hallo", "voice": "pico:xx"}, 422, "pico:de-DE"),
        ({"text": "Hallo", "voice": ""}, 422, "There is no voice “”"),
        ({"text": "Hallo", "unknown": 1}, 422, "unknown"),
        ({"text": "Hallo", "rate": 0.4}, 422, "rate: Input should be greater than or equal to 0.5"),
        ({"text": "Hallo", "rate": 2.1}, 422, "rate: Input should be less than or equal to 2"),
        ({"text": "Hallo", "rate": "schnell"}, 422, "rate: Input should be a valid number"),
        ({"text": "Hallo", "source_url": "javascript:alert(1)"}, 422, "source_url"),
        ([], 422, "object"),
        (None, 422, "valid"),
    ],
)
def test_bad_input_is_a_problem_that_says_what_to_do(http, body, status, said):
    answer = http.post("/api/articles", json=body)
    problem = answer.json()
    assert answer.status_code == problem["status"] == status
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert {"type", "title", "status", "detail", "code", "params"} <= set(problem)
    assert said in problem["detail"]


def test_what_is_no_json_is_a_problem(http):
    answer = http.post("/api/articles", content=b"{text:", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_a_body_over_the_limit_is_refused_while_it_is_read(service):
    host, port = service.base.removeprefix("http://").split(":")
    head = (
        f"POST /api/articles HTTP/1.1\r\nHost: {host}:{port}\r\n"
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(head.encode())
        sent = 0
        while sent < 1000 and not select.select([connection], [], [], 0)[0]:
            connection.sendall(chunk)
            sent += 1
        assert connection.recv(12) == b"HTTP/1.1 413"
    assert sent < 400


def test_a_declared_length_over_the_limit_is_refused_before_it_is_read(http):
    headers = {"Content-Type": "application/json"}
    answer = http.post("/api/articles", content=b"x" * 6_000_000, headers=headers)
    assert answer.status_code == 413
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_unknown_addresses_and_methods_are_problems(http):
    assert http.get("/api/articles/gibtsnicht").status_code == 404
    assert http.get("/nirgendwo").headers["content-type"].startswith("application/problem+json")
    assert http.put("/healthz").status_code == 405
    assert http.get("/clips/00000000000000000000000000000000.mp3").status_code == 404


def test_text_is_escaped_wherever_it_is_shown(http):
    evil = "<script>alert(1)</script> & „mehr“"
    new = until_ready(http, post(http, f"{evil}\n\n{evil}")["id"])
    for url in (f"/articles/{new['id']}", f"/embed/{new['id']}", "/"):
        page = http.get(url).text
        assert "<script>alert" not in page
        assert "Content-Security-Policy" in http.get(url).headers
    captions = http.get(new["captions"]).text
    assert "<script>" not in captions


def test_a_foreign_page_cannot_write_through_a_local_browser(http):
    for headers, status in (
        ({"Origin": "https://evil.example"}, 403),
        ({"Host": "evil.example"}, 421),
    ):
        answer = http.post("/api/articles", json={"text": "Hallo"}, headers=headers)
        assert answer.status_code == status


def test_scripts_come_small_packed_and_once(http):
    packed = http.get("/static/store.js", headers={"Accept-Encoding": "gzip"})
    plain = http.get("/static/store.js", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text
    assert "/**" not in plain.text
    again = http.get("/static/store.js", headers={"If-None-Match": plain.headers["etag"]})
    assert again.status_code == 304
    assert http.get("/static/icon-192.png").headers["content-type"] == "image/png"
    assert http.get("/static/../pyproject.toml").status_code == 404


def test_a_script_named_by_its_content_is_kept_for_ever(http):
    page = http.get("/").text
    [script] = re.findall(r'<script type="module" src="([^"]+)"', page)
    answer = http.get(script)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/javascript")
    again = http.get(script, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    [player] = re.findall(r"'static/(vorleser-player[^']*)'", http.get("/embed.js").text)
    assert http.get(f"/static/{player}").status_code == 200


def test_text_is_packed_and_sound_is_not(http, ready):
    for path in ("/", f"/api/articles/{ready['id']}", ready["captions"], "/feed.xml"):
        assert http.get(path).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in http.get(ready["audio"]).headers
