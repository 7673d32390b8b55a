"""What is no fault of the text or the voice is never recorded: it is tried again."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from service.domain import State, Voice
from service.engines.catalogue import Catalogue
from service.errors import EngineFailed, EngineUnavailable, OutOfResources, StoreError, StoreLost
from service.messages import message
from service.narration import voicing
from service.narration.pause import Pause
from tests.fakes import ToneEngine, opened
from tests.unit.narration.house import TEXTS, Flaky, article, running, settled

FULL = OSError(errno.EMFILE, "Too many open files")
LOCKED = StoreError("library-unusable", error="database is locked")


def failing_first(method: Callable[..., Awaitable[object]], times: int, error: Exception) -> object:
    """The method, which fails that often before it works."""
    left = times

    async def wrapped(*arguments: object, **more: object) -> object:
        nonlocal left
        if left:
            left -= 1
            raise error
        return await method(*arguments, **more)

    return wrapped


@pytest.mark.parametrize("error", [LOCKED, FULL, RuntimeError("can't start new thread")])
@pytest.mark.parametrize("where", ["clips.ordered", "clips.save", "clips.uses", "audio.put"])
async def test_a_clip_is_made_once_its_stores_are_back(
    monkeypatch: pytest.MonkeyPatch, where: str, error: Exception
) -> None:
    house = opened()
    part, name = where.split(".")
    store = house.audio if part == "audio" else getattr(house.library, part)
    house.broadcast.when_settled(lambda _article_id: None)  # somebody is told
    narration, _ = await house.articles.post(article(*TEXTS))
    monkeypatch.setattr(store, name, failing_first(getattr(store, name), 7, error))
    task = asyncio.create_task(house.worker.run())
    assert (await settled(house, narration.id)).state is State.READY
    await house.worker.stop()
    await task


async def test_a_fault_of_the_voice_is_recorded_once_the_library_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(text: str) -> None:
        if text == TEXTS[1]:
            raise EngineFailed("engine-refused", error="kaputt")

    async with running(ToneEngine(before=broken)) as house:
        clips = house.library.clips
        monkeypatch.setattr(clips, "fail", failing_first(clips.fail, 3, LOCKED))
        narration, _ = await house.articles.post(article(*TEXTS))
        found = await settled(house, narration.id)
    assert (found.failed, found.segments[1].error) == (
        (2,),
        message("engine-refused", error="kaputt"),
    )


class Starved(ToneEngine):
    """Cannot start its worker at first, for want of descriptors."""

    name = "starved"

    def __init__(self, *, times: int, error: Exception) -> None:
        super().__init__()
        self._left, self._error = times, error

    def voices(self) -> tuple[Voice, ...]:
        return (Voice("starved:de", "Starved", "starved", "de", "MIT"),)

    def speak(self, text: str, *, voice: str) -> object:  # type: ignore[override]
        if self._left:
            self._left -= 1
            raise EngineUnavailable("engine-unstarted", error=str(self._error)) from self._error
        return super().speak(text, voice="silence:de")


async def test_a_shortage_of_the_machine_is_no_reason_for_another_voice() -> None:
    engines: dict[str, Callable[[], Any]] = {
        "starved": lambda: Starved(times=3, error=FULL),
        "silence": ToneEngine,
    }
    voices = Catalogue(engines, default="starved:de")
    async with running(voices=voices, fallback_voice="silence:de") as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        found = await settled(house, narration.id)
    assert (found.state, found.voice, found.note) == (State.READY, "starved:de", None)


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (FULL, OutOfResources),
        (MemoryError(), OutOfResources),
        (OSError(errno.ENOSPC, "No space left on device"), OutOfResources),
        (ConnectionRefusedError(errno.ECONNREFUSED, "refused"), EngineFailed),
        (FileNotFoundError(errno.ENOENT, "the voice's model is gone"), EngineFailed),
        (ZeroDivisionError(), EngineFailed),
    ],
)
async def test_what_the_machine_lacks_is_told_from_what_the_voice_gets_wrong(
    error: Exception, raised: type[Exception]
) -> None:
    def trip(_text: str) -> None:
        raise error

    house = opened(ToneEngine(before=trip))
    narration, _ = await house.articles.post(article(*TEXTS))
    segment = narration.segments[0]
    ordered = await house.library.clips.ordered(segment.clip_id)
    assert ordered
    with pytest.raises(raised):
        voicing.make(ordered.order, segment.clip_id, voices=house.voices)


async def test_a_fallback_that_broke_off_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    voices = Catalogue({"flaky": Flaky, "silence": ToneEngine}, default="flaky:de")
    async with running(voices=voices, fallback_voice="silence:de") as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        articles = house.library.articles
        monkeypatch.setattr(articles, "save", failing_first(articles.save, 3, LOCKED))
        found = await settled(house, narration.id)
    assert (found.state, found.voice) == (State.READY, "silence:de")


async def test_a_clip_that_no_article_uses_any_more_is_not_recorded_as_failed() -> None:
    house = opened(voices=Catalogue({"flaky": Flaky}, default="flaky:de"))
    narration, _ = await house.articles.post(article(*TEXTS))
    await house.articles.delete(narration.id)
    await house.worker.making.make(narration.segments[0].clip_id)
    assert house.library.made == {}


async def test_a_worker_that_can_never_work_again_ends_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = opened()
    narration, _ = await house.articles.post(article(*TEXTS))
    lost = StoreLost("audio-store-lost", error="weg")
    monkeypatch.setattr(house.audio, "put", failing_first(house.audio.put, 99, lost))
    with pytest.raises(StoreLost, match="broke down"):
        await asyncio.wait_for(house.worker.run(), 10)
    assert not (await house.articles.get(narration.id)).failed


async def test_a_pause_grows_with_every_failure_and_ends_with_success() -> None:
    now = 0.0
    pause = Pause(clock=lambda: now)
    lengths = []
    for _ in range(7):
        pause.fail()
        pause.fail()  # another worker, at the same time
        lengths.append(pause.remaining_s)
        now += pause.remaining_s
    assert lengths == [1, 2, 4, 8, 16, 30, 30]
    assert await pause.over()
    pause.succeed()
    pause.fail()
    assert pause.remaining_s == 1
    waiting = asyncio.create_task(pause.over())
    await asyncio.sleep(0)
    pause.end()
    assert not await waiting
