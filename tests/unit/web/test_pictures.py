"""The lead pictures that the service shows."""

from dataclasses import replace
from io import BytesIO
from types import SimpleNamespace

import pytest
from PIL import Image
from starlette.testclient import TestClient

from service import reading
from service.app import build
from service.errors import UnreadableSource
from service.settings import Settings
from tests.unit.web.test_feed import _Parts, written

ADDRESS = "https://nordpost.example/deich.png"


def with_picture(address):
    one = written(1)
    return replace(one, spec=replace(one.spec, article=replace(one.article, picture=address)))


@pytest.fixture
def asked(monkeypatch):
    """The addresses that were fetched; what is behind them can be put in."""
    asked = SimpleNamespace(content=b"", urls=[])

    def fetch(url, *, allow_private):
        asked.urls.append(url)
        if not asked.content:
            raise UnreadableSource("picture-unusable", limit_mb=1, pixels=1)
        return asked.content

    monkeypatch.setattr(reading, "fetch_picture", fetch)
    return asked


def client_of(one):
    app = build(Settings(), open_parts=lambda _: _Parts([one]))
    return TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)


def test_a_picture_is_fetched_once_and_served_by_us(asked):
    made = BytesIO()
    Image.new("RGB", (800, 600)).save(made, "PNG")
    asked.content = made.getvalue()
    one = with_picture(ADDRESS)
    with client_of(one) as client:
        answers = [client.get(f"/articles/{one.id}/picture.jpg") for _ in range(2)]
    assert asked.urls == [ADDRESS]
    assert answers[0].content == answers[1].content
    assert answers[0].headers["content-type"] == "image/jpeg"
    assert Image.open(BytesIO(answers[0].content)).size == (512, 512)


@pytest.mark.parametrize(("address", "fetched"), [(ADDRESS, 1), (None, 0)])
def test_without_a_picture_that_can_be_shown_there_is_ours(asked, address, fetched):
    one = with_picture(address)
    with client_of(one) as client:
        answers = [client.get(f"/articles/{one.id}/picture.jpg") for _ in range(2)]
        assert client.get("/articles/fehlt/picture.jpg").status_code == 404
    assert len(asked.urls) == fetched
    for answer in answers:
        assert answer.status_code == 302
        assert answer.headers["location"] == "/static/icon-512.png"
