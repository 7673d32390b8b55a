"""A web site that is not ours."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

RUDE = "* { all: unset !important; font: 40px fantasy !important; color: lime !important }"


class Foreign(ThreadingHTTPServer):
    """A web site that is not ours, with one page."""

    html = ""
    policy = ""

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_port}/"


class Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, Foreign)
        is_style = self.path == "/rude.css"
        body = (RUDE if is_style else server.html).encode()
        self.send_response(200)
        self.send_header("Content-Type", f"text/{'css' if is_style else 'html'}; charset=utf-8")
        self.send_header("Content-Security-Policy", server.policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def serving() -> Iterator[Foreign]:
    """The site, on a free port."""
    with Foreign(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
