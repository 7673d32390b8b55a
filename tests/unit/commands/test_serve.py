"""The service ends by itself, and says why, when its process is of no use any more."""

from __future__ import annotations

import asyncio
import socket
from contextlib import nullcontext

import pytest

from service.commands.serve import _dual_stack, serve
from service.errors import StoreLost
from service.settings import Settings
from tests.fakes import opened


async def test_it_ends_with_the_reason_when_its_audio_store_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = opened()

    async def lost(_content: object) -> str:
        raise StoreLost("audio-store-lost", error="no runtime")

    monkeypatch.setattr(house.audio, "put", lost)
    serving = asyncio.to_thread(
        serve,
        {"port": 0},
        open_parts=lambda _settings: nullcontext(house),  # type: ignore[arg-type]
    )
    with pytest.raises(StoreLost, match="Only a new process"):
        await asyncio.wait_for(serving, 60)


def test_all_of_ipv6_is_all_of_ipv4_too() -> None:
    if not socket.has_dualstack_ipv6():
        pytest.skip("this machine has no IPv6")
    [listening] = _dual_stack(Settings(host="::", port=0)) or []
    with listening:
        port = listening.getsockname()[1]
        for host in ("127.0.0.1", "::1"):
            socket.create_connection((host, port), timeout=10).close()
    assert _dual_stack(Settings(host="127.0.0.1", port=0)) is None
