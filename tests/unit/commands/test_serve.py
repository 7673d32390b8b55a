"""The service ends by itself, and says why, when its process is of no use any more."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext

import pytest

from service.commands.serve import serve
from service.errors import StoreLost
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
