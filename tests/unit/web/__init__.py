"""The whole app over parts in memory, asked by a program on this machine."""

from contextlib import nullcontext
from typing import Any

from starlette.testclient import TestClient

from service.app import build
from service.settings import Settings
from tests.fakes import opened

BASE = "http://127.0.0.1:8000"


def client_with(*, client=("127.0.0.1", 5000), parts: Any = None, **settings):
    found = (parts or opened()).parts
    app = build(Settings(**settings), open_parts=lambda _: nullcontext(found))
    return TestClient(app, base_url=BASE, client=client)
