"""The container's health check asks where the service listens."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from service.commands.health import is_ready
from service.settings import Settings


class Service(ThreadingHTTPServer):
    address_family = socket.AF_INET6
    status = 200

    def server_bind(self):
        self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        super().server_bind()


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(Service.status if self.path == "/readyz" else 404)
        self.end_headers()

    def log_message(self, *_):
        """Quiet."""


@pytest.fixture
def service():
    if not socket.has_dualstack_ipv6():
        pytest.skip("this machine has no IPv6")
    with Service(("::", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "::", "::1", "[::1]", "localhost"])
def test_it_follows_the_setting(service, host, monkeypatch):
    settings = Settings(host=host, port=service.server_port)
    assert is_ready(settings)
    monkeypatch.setattr(Service, "status", 503)
    assert not is_ready(settings)


def test_nobody_there_is_not_ready(service):
    port = service.server_port
    service.server_close()
    assert not is_ready(Settings(port=port))
