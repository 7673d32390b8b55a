"""The README's examples for nginx and Caddy, as an operator copies them."""

from __future__ import annotations

import os
import re
import subprocess
from contextlib import contextmanager

import httpx
import pytest

from tests.browser.process import ROOT
from tests.integration import Service
from tests.ports import free_port
from tests.servers import find
from tests.shared import end, listens, until

NAME = "vorleser.example"
KEY = {"Authorization": "Bearer schluessel"}


def example(kind):
    """The README's block of that kind."""
    [found] = re.findall(
        rf"```{kind}\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL
    )
    return found


def nginx(folder, port, to):
    listening = ("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    server = example("nginx").replace(*listening).replace("127.0.0.1:8000", to)
    places = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temp = "".join(f"{name}_temp_path {folder}/{name};" for name in places)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"daemon off; {user} pid {folder}/pid; error_log {folder}/error.log; events {{}}"
        f"http {{ access_log off; {temp} {server} }}"
    )
    return ["-e", "stderr", "-p", folder, "-c", folder / "nginx.conf"]


def caddy(folder, port, to):
    site = example("caddy").replace(f"{NAME} {{", f"http://{NAME}:{port} {{\n    bind 127.0.0.1")
    (folder / "Caddyfile").write_text(
        "{\n    admin off\n    auto_https off\n}\n" + site.replace("127.0.0.1:8000", to)
    )
    return ["run", "--adapter", "caddyfile", "--config", folder / "Caddyfile"]


@contextmanager
def running(write, folder, to):
    program = find(write.__name__)
    if not program:
        pytest.skip(f"{write.__name__} is not installed: make test")
    port = free_port()
    homes = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(folder))
    command = [program, *write(folder, port, to)]
    with (folder / "log.txt").open("wb") as log:
        started = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | homes)
    try:
        until(lambda: listens(port), started)
        yield f"http://127.0.0.1:{port}"
    finally:
        end(started)


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


@pytest.fixture(scope="module", params=[nginx, caddy])
def through(request, service, tmp_path_factory):
    """Asks through the proxy, from an address of the loopback network."""
    folder, numbers = tmp_path_factory.mktemp("proxy"), iter(range(1, 250))
    prefix = 10 + [nginx, caddy].index(request.param)
    with running(request.param, folder, service.base.removeprefix("http://")) as base:

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
