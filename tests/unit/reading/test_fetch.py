"""Fetching reaches public pages only, whatever a hostile server or address tries."""

from __future__ import annotations

import gzip
import ipaddress
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from service.errors import UnreadableSource
from service.reading import fetch as fetching
from service.reading.fetch import fetch, is_public

HOSTILE = """
127.0.0.1 127.1 2130706433 0x7f000001 0x7f.0.0.1 017700000001 0177.0.0.1 localhost 0.0.0.0 0
10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 192.0.0.1 192.0.2.1 198.18.0.1
198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255 168.63.129.16 [::1] [::]
[::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:169.254.169.254] [64:ff9b::7f00:1] [2002:7f00:1::]
[fe80::1] [fc00::1] [fd00:ec2::254] [ff02::1] [2001:db8::1] [64:ff9b:1::1] [2001::1]
[0:0:0:0:0:ffff:127.0.0.1] [fec0::1]
""".split()

PAGE = b"<html><body>Eine Seite</body></html>"


class Hostile(BaseHTTPRequestHandler):
    def do_GET(self):
        getattr(self, f"at_{self.path.strip('/').partition('/')[0]}")()

    def answer(self, body, kind="text/html; charset=utf-8", status=200, **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def at_page(self):
        self.answer(PAGE)

    def at_packed(self):
        self.answer(gzip.compress(PAGE), Content_Encoding="gzip")

    def at_bomb(self):
        self.answer(gzip.compress(bytes(60 << 20)), Content_Encoding="gzip")

    def at_large(self):
        self.answer(b"x" * (6 << 20))

    def at_image(self):
        self.answer(b"\x89PNG", kind="image/png")

    def at_missing(self):
        self.answer(b"", status=404)

    def at_loop(self):
        self.answer(b"", status=302, Location="/loop")

    def at_local(self):
        self.answer(b"", status=302, Location="http://127.0.0.1:1/secret")

    def at_file(self):
        self.answer(b"", status=302, Location="file:///etc/passwd")

    def at_moved(self):
        self.answer(b"", status=301, Location="page")

    def at_drip(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            for _ in range(200):
                self.wfile.write(b"x")
                time.sleep(0.1)
        except OSError:
            return

    def log_message(self, *_):
        return


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Hostile) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def private(url):
    return fetch(url, allow_private=True)


@pytest.mark.parametrize("host", HOSTILE)
def test_no_spelling_of_a_private_address_is_dialled(host, monkeypatch):
    dialled = []
    monkeypatch.setattr(
        fetching.httpcore.SyncBackend, "connect_tcp", lambda *a, **k: dialled.append(a)
    )
    with pytest.raises(UnreadableSource):
        fetch(f"http://{host}/")
    assert dialled == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.org/", "gopher://x/", "javascript:alert(1)", "//x/y",
        "http://", "http://user:pass@example.org/", "http://example.org:22/", "http://[::1", "x",
        "http://example.org:99999/",
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused(url):
    with pytest.raises(UnreadableSource):
        fetch(url)


def test_an_address_is_checked_and_dialled_in_one_step(monkeypatch):
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    dialled = []

    def dial(_self, host, *_more):
        dialled.append(host)
        raise fetching.httpcore.ConnectError("no net here")

    monkeypatch.setattr(fetching.httpcore.SyncBackend, "connect_tcp", dial)
    with pytest.raises(UnreadableSource, match="cannot be reached"):
        fetch("http://rebind.example/", resolve=lambda *_: answers.pop(0))
    assert dialled == ["93.184.216.34"]


def test_one_private_address_among_public_ones_is_enough_to_refuse():
    both = ["93.184.216.34", "10.0.0.1"]
    with pytest.raises(UnreadableSource, match="not on the public net"):
        fetch("http://mixed.example/", resolve=lambda *_: both)


def test_a_redirect_to_a_private_address_is_checked_again(server, monkeypatch):
    asked = []

    def resolve(host, _port):
        asked.append(host)
        return ["127.0.0.1"]

    monkeypatch.setattr(fetching, "is_public", lambda _address: len(asked) == 1)
    port = server.rpartition(":")[2]
    monkeypatch.setattr(fetching, "_PORTS", {80, 443, 1, int(port)})
    with pytest.raises(UnreadableSource, match="not on the public net"):
        fetch(f"http://first.example:{port}/local", resolve=resolve)
    assert asked == ["first.example", "127.0.0.1"]


@pytest.mark.parametrize("path", ["page", "packed", "moved"])
def test_a_page_is_fetched_unpacked_and_followed(server, path):
    found = private(f"{server}/{path}")
    assert found.content == PAGE
    assert found.charset == "utf-8"
    assert found.url.endswith("/page" if path == "moved" else path)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("bomb", "larger than 5 MB"),
        ("large", "larger than 5 MB"),
        ("image", "image/png"),
        ("missing", "404"),
        ("loop", "more than 5 times"),
        ("file", "http:// or https://"),
    ],
)
def test_hostile_answers_are_refused_with_the_reason(server, path, said):
    with pytest.raises(UnreadableSource, match=said):
        private(f"{server}/{path}")


def test_an_endless_drip_ends_at_the_deadline(server, monkeypatch):
    monkeypatch.setattr(fetching, "MOST_SECONDS", 1.0)
    started = time.monotonic()
    with pytest.raises(UnreadableSource, match="longer than"):
        private(f"{server}/drip")
    assert time.monotonic() - started < 3


def test_public_addresses_are_public():
    for address in ("93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"):
        assert is_public(ipaddress.ip_address(address))
