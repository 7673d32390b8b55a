"""A running service, and what is asked of it."""

from __future__ import annotations

import time

import pytest

from tests.articles import article
from tests.integration import Service


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with Service(tmp_path_factory.mktemp("http")) as running:
        yield running


@pytest.fixture(scope="module")
def http(service):
    return service.client


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


@pytest.fixture(scope="module")
def ready(http):
    return until_ready(http, post(http, article("nachricht"))["id"])
