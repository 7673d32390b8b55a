"""The whole app over parts in memory, asked by a program on this machine."""

from contextlib import nullcontext
from typing import Any

from starlette.testclient import TestClient

from service.app import build
from service.settings import Settings
from tests.fakes import opened
from tests.fakes.desk import NearDesk

BASE = "http://127.0.0.1:8000"


def client_with(
    *,
    client=("127.0.0.1", 5000),
    parts: Any = None,
    base=BASE,
    key="",
    aligns=False,
    example=False,
    **settings,
) -> TestClient:
    """A client that has the `key` to write, where one is given.

    Words are looked for in clips only where the test `aligns`, and a new library has the example
    only where it is the test's: both cost more than the rest.
    """
    wired = (parts or opened()).parts
    if not aligns:
        wired.worker.aligning.stop()
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    known = Settings(**({"api_keys": key} if key else {}), **settings)
    app = build(known, open_parts=lambda _: nullcontext(wired), has_example=example)
    app.state.desk = NearDesk()
    return TestClient(app, base_url=base, client=client, headers=headers)
