"""What is asked of a running service."""

from __future__ import annotations

import time


def post(http, text, **more):
    answer = http.post("/api/articles", json={"text": text, **more})
    assert answer.status_code in {200, 201}, answer.text
    return answer.json()


def until_ready(http, article_id, *, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        manifest = http.get(f"/api/articles/{article_id}").json()
        if manifest["state"] in {"ready", "failed"}:
            return manifest
        time.sleep(0.05)
    raise AssertionError(manifest["state"])
