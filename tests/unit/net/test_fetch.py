"""Fetching reaches public pages only, whatever a hostile server or address tries."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpcore
import pytest
import trustme

from service.errors import UnreadableSource
from service.net import fetch as fetching
from service.net import network
from service.net.fetch import fetch
from tests.stand_ins import serving

HOSTILE = """
127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.0.0.1 0x7F.1 017700000001 0177.0.0.1 0177.1
127.000.000.001 127.255.255.254 localhost LOCALHOST localhost. 0.0.0.0 0 0.1.2.3
１２７.０.０.１ ①②⑦.⓪.⓪.① 127。0。0。1 127．0．0．1 ｌｏｃａｌｈｏｓｔ
10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 2852039166 0xa9fea9fe
100.64.0.1 100.100.100.200 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.1
203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16
[::1] [0:0:0:0:0:0:0:1] [::] [::127.0.0.1] [::ffff:127.0.0.1] [::ffff:7f00:1]
[0:0:0:0:0:ffff:127.0.0.1] [::ffff:0:127.0.0.1] [::ffff:169.254.169.254] [::ffff:a9fe:a9fe]
[::ffff:168.63.129.16] [64:ff9b::7f00:1] [64:ff9b::169.254.169.254] [64:ff9b:1::1] [2002:7f00:1::]
[2001::1] [2001:0:7f00:1::] [2001:db8::1] [3fff::1] [100::1] [fe80::1] [fe80::1%25lo] [fec0::1]
[fc00::1] [fd00:ec2::254] [ff02::1] [ff0e::1]
""".split()
LOOPBACK = "127.0.0.1 127.1 2130706433 0x7f000001 017700000001 localhost 0.0.0.0 ①②⑦.⓪.⓪.①".split()

PAGE = b"<html><body>Eine Seite</body></html>"


class Hostile(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hits = 0
    has_dripped_to_the_end = False
    headers_seen: list[str]

    def do_GET(self):
        Hostile.hits += 1
        Hostile.headers_seen = self.headers.keys()
        getattr(self, f"at_{self.path.strip('/').partition('?')[0]}")()

    def answer(self, body, kind="text/html; charset=utf-8", status=200, length=None, **headers):
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def at_page(self):
        self.answer(PAGE)

    def at_packed(self):
        self.answer(gzip.compress(PAGE), Content_Encoding="gzip")

    def at_packed_twice(self):
        both = gzip.compress(PAGE[:10]) + gzip.compress(PAGE[10:])
        self.answer(both, Content_Encoding="gzip")

    def at_half_packed(self):
        self.answer(gzip.compress(PAGE)[:-12], Content_Encoding="gzip")

    def at_not_packed(self):
        self.answer(PAGE, Content_Encoding="gzip")

    def at_brotli(self):
        self.answer(PAGE, Content_Encoding="br")

    def at_too_short(self):
        self.answer(PAGE[:10], length=1000)
        self.close_connection = True

    def at_too_long(self):
        self.answer(PAGE + b"<script>smuggled</script>", length=len(PAGE))
        self.close_connection = True

    def at_negative(self):
        self.answer(PAGE, length=-1)
        self.close_connection = True

    def at_untyped(self):
        self.answer(PAGE, kind="")

    def at_umlaut(self):
        self.answer(b"", status=302, Location="/page?q=\u00fc".encode().decode("latin-1"))

    def at_nonsense(self):
        self.answer(b"", status=302, Location="http://[::1")

    def at_cookie(self):
        self.answer(b"", status=302, Location="/page", Set_Cookie="a=b")

    def at_bomb(self):
        self.answer(gzip.compress(bytes(60 << 20)), Content_Encoding="gzip")

    def at_empty_packs(self):
        self.answer(gzip.compress(b"") * 300_000, Content_Encoding="gzip")

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
        self.drip()

    def at_drip_headers(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self.drip()

    def drip(self):
        self.close_connection = True
        try:
            for _ in range(600):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            return
        Hostile.has_dripped_to_the_end = True

    def log_message(self, *_):
        return


class Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """Clients that hang up are part of the tests."""


@pytest.fixture(scope="module")
def server():
    with Server(("127.0.0.1", 0), Hostile) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def private(url):
    return fetch(url, allow_private=True)


@pytest.fixture
def open_port(server, monkeypatch):
    """The hostile server's port, as if it were one of the web's."""
    port = int(server.rpartition(":")[2])
    monkeypatch.setattr(fetching, "_PORTS", {80, 443, port})
    return port


@pytest.mark.parametrize("host", HOSTILE)
def test_no_spelling_of_a_private_address_is_dialled(host, open_port, monkeypatch):
    dialled = []
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", lambda *a, **k: dialled.append(a))
    with pytest.raises(UnreadableSource):
        fetch(f"http://{host}:{open_port}/page")
    assert dialled == []


def test_sixty_spellings_are_tried_and_none_reaches_the_server_that_listens_there(open_port):
    assert len(set(HOSTILE)) > 60
    before = Hostile.hits
    for host in HOSTILE:
        with pytest.raises(UnreadableSource):
            fetch(f"http://{host}:{open_port}/page")
    assert Hostile.hits == before


@pytest.mark.parametrize("host", LOOPBACK)
def test_the_same_spellings_would_reach_it_if_the_intranet_were_open(host, server):
    assert private(f"http://{host}:{server.rpartition(':')[2]}/page").content == PAGE


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
        raise httpcore.ConnectError("no net here")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", dial)
    with pytest.raises(UnreadableSource, match="cannot be reached"):
        fetch("http://rebind.example/", resolve=lambda *_: answers.pop(0))
    assert dialled == ["93.184.216.34"]


def test_one_private_address_among_public_ones_is_enough_to_refuse():
    both = ["93.184.216.34", "10.0.0.1"]
    with pytest.raises(UnreadableSource, match="not on the public net"):
        fetch("http://mixed.example/", resolve=lambda *_: both)


@pytest.mark.parametrize("path", ["local", "file"])
def test_a_redirect_to_a_private_address_is_checked_again(path, open_port, monkeypatch):
    asked = []

    def resolve(host, _port):
        asked.append(host)
        return ["127.0.0.1"]

    monkeypatch.setattr(network, "is_public", lambda _address: len(asked) == 1)
    monkeypatch.setattr(fetching, "_PORTS", {80, 443, 1, open_port})
    with pytest.raises(UnreadableSource, match=r"not on the public net|http:// or https://"):
        fetch(f"http://first.example:{open_port}/{path}", resolve=resolve)
    assert asked == ["first.example", "127.0.0.1"][: 2 if path == "local" else 1]


def test_the_next_address_is_dialled_when_the_first_does_not_answer(server):
    port = server.rpartition(":")[2]
    both = ["127.0.0.2", "127.0.0.1"]  # the server listens at the second alone
    found = fetch(f"http://two.example:{port}/page", allow_private=True, resolve=lambda *_: both)
    assert found.content == PAGE


@pytest.mark.parametrize(
    "path", ["page", "packed", "packed_twice", "moved", "too_long", "umlaut", "cookie"]
)
def test_a_page_is_fetched_unpacked_and_followed(server, path):
    found = private(f"{server}/{path}")
    assert found.content == PAGE
    assert found.charset == "utf-8"
    assert found.url.partition("?")[0].endswith(f"/{path}" if path[0] in "pt" else "/page")
    assert not {"Cookie", "Referer", "Authorization"} & set(Hostile.headers_seen)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("bomb", "larger than 5 MB"),
        ("large", "larger than 5 MB"),
        ("empty_packs", "larger than 5 MB"),
        ("image", "image/png"),
        ("missing", "404"),
        ("loop", "more than 5 times"),
        ("file", "http:// or https://"),
        ("half_packed", "cut off"),
        ("not_packed", "packed wrongly"),
        ("brotli", "“br”, which was not asked for"),
        ("too_short", "cannot be reached"),
        ("negative", "cannot be reached"),
        ("untyped", "no web page but “.”"),
        ("nonsense", "redirects to"),
    ],
)
def test_hostile_answers_are_refused_with_the_reason(server, path, said):
    with pytest.raises(UnreadableSource, match=said):
        private(f"{server}/{path}")


@pytest.mark.slow
@pytest.mark.parametrize("path", ["drip", "drip_headers"])
def test_an_endless_drip_ends_at_the_deadline(path, server, monkeypatch):
    monkeypatch.setattr(fetching, "MOST_SECONDS", 2)
    with pytest.raises(UnreadableSource, match="longer than"):
        private(f"{server}/{path}")
    assert not Hostile.has_dripped_to_the_end


def test_a_name_server_that_does_not_answer_is_waited_for_until_the_deadline(monkeypatch):
    monkeypatch.setattr(fetching, "MOST_SECONDS", 0.1)
    asked, answer = threading.Event(), threading.Event()

    def resolve(*_):
        asked.set()
        answer.wait(60)
        return ["203.0.113.1"]

    with pytest.raises(UnreadableSource, match="name servers do not answer"):
        fetch("http://slow.example/", resolve=resolve)
    assert asked.wait(60)
    answer.set()


def test_a_german_name_is_asked_for_as_the_registries_know_it(monkeypatch):
    asked = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *a, **k: asked.append(host) or [])
    with pytest.raises(UnreadableSource, match="not found"):
        fetch("http://straße.example/")
    assert asked == ["xn--strae-oqa.example"]


@pytest.mark.parametrize("name", ["localhost", "other.example"])
def test_a_certificate_that_is_not_the_sites_is_refused(name, monkeypatch):
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    monkeypatch.setattr(fetching, "trust", lambda: trusting)
    with serving(lambda handler, _: handler.reply(PAGE, kind="text/html"), tls=context) as server:
        url = f"https://localhost:{server.port}/"
        if name == "localhost":
            assert private(url).content == PAGE
        else:
            with pytest.raises(UnreadableSource, match="cannot be reached"):
                private(url)
