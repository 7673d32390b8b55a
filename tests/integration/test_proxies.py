"""The README's examples for nginx and Caddy, as an operator copies them."""

from __future__ import annotations

from contextlib import contextmanager

import httpx
import pytest

from tests.integration import Service
from tests.proxies import NAME, PROXIES, running

KEY = {"Authorization": "Bearer schluessel"}


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    settings = {
        "api_keys": "schluessel",
        "public_url": f"https://{NAME}",
        "trusted_proxies": "127.0.0.1",
        "writes_per_minute": "2",
    }
    with Service(tmp_path_factory.mktemp("proxied"), **settings) as service:
        yield service


@pytest.fixture(scope="module", params=PROXIES)
def through(request, service, tmp_path_factory):
    """Asks through the proxy, from an address of the loopback network."""
    folder, numbers = tmp_path_factory.mktemp("proxy"), iter(range(1, 250))
    prefix = 10 + PROXIES.index(request.param)
    with running(request.param, folder, service.base.removeprefix("http://")) as port:
        base = f"http://127.0.0.1:{port}"

        @contextmanager
        def client():
            address = f"127.0.{prefix}.{next(numbers)}"
            transport = httpx.HTTPTransport(local_address=address)
            headers = {"Host": NAME}
            with httpx.Client(base_url=base, transport=transport, headers=headers) as found:
                yield found

        yield client


def post(client, **headers):
    return client.post("/api/articles", json={"text": "Ein Titel"}, headers=headers).status_code


def test_wrong_keys_count_for_the_address_that_they_come_from(through):
    with through() as stranger, through() as other:
        assert [post(stranger) for _ in range(3)] == [401, 401, 429]
        assert post(stranger, **{"X-Forwarded-For": "203.0.113.7"}) == 429
        assert post(other) == 401
        assert post(stranger, **KEY) in {200, 201}


def test_articles_of_a_megabyte_sound_and_events_pass(through):
    with through() as client:
        text = "Ein Titel\n\nEin Absatz.\n\n" + " " * 2_000_000
        file = {"file": ("a.txt", text.encode())}
        made = client.post("/api/articles", files=file, headers=KEY).json()
        with client.stream("GET", f"/api/articles/{made['id']}/events") as events:
            assert next(events.iter_lines()).startswith("event:")
        assert client.get(made["audio"]).status_code == 200
        part = client.get(made["audio"], headers={"Range": "bytes=10-19"})
        assert (part.status_code, len(part.content)) == (206, 10)


def test_links_are_those_of_the_outside_and_foreign_names_are_not_served(through):
    with through() as client:
        feed = client.get("/feed.xml").text
        assert f'href="https://{NAME}/feed.xml"' in feed
        foreign = client.get("/feed.xml", headers={"Host": "evil.example"})
    assert "<rss" not in foreign.text
