"""Finished tracks in other formats: the same sound at the same times, made once."""

import asyncio
from datetime import timedelta
from io import BytesIO
from unittest.mock import AsyncMock

import mutagen
import numpy as np
import pytest
import soundfile

from service.domain import SAMPLE_RATE_HZ
from service.errors import (
    ClipDamaged,
    EngineFailed,
    NotFound,
    StoreError,
    TrackIncomplete,
    TrackUnfinished,
)
from service.narration.articles import Change
from service.narration.renditions import CONTAINERS
from service.sound.track import duration_s, timings
from tests.fakes import ToneEngine
from tests.unit.narration.house import TEXTS, article, running, settled
from tests.waiting import eventually

NAMES = sorted(CONTAINERS)


async def whole(house, made):
    return await house.renditions.read(made, start=0, end=made.size)


async def ready(house, *texts):
    narration, _ = await house.articles.post(article(*(texts or TEXTS)))
    return await settled(house, narration.id)


@pytest.mark.parametrize("name", NAMES)
async def test_it_lasts_as_long_as_the_track_and_sounds_where_the_manifest_says(name):
    async with running() as house:
        narration = await ready(house)
        made = await house.renditions.get(narration.id, name)
        samples, rate_hz = soundfile.read(BytesIO(await whole(house, made)))
    assert (rate_hz, len(samples)) == (SAMPLE_RATE_HZ, duration_s(narration) * SAMPLE_RATE_HZ)
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    for span in (span for timing in timings(narration) for span in timing.spans):
        onset = loud[loud >= span.start - 0.1 * SAMPLE_RATE_HZ][0]
        assert abs(onset - span.start) < 0.03 * SAMPLE_RATE_HZ
        assert np.abs(samples[span.start : span.end]).max() > 0.05


@pytest.mark.parametrize("name", NAMES)
async def test_its_tags_name_the_article_and_the_artificial_voice(name):
    async with running() as house:
        narration = await ready(house)
        made = await house.renditions.get(narration.id, name)
        tags = mutagen.File(BytesIO(await whole(house, made)))
    assert tags["title"] == ["Der Titel"]
    assert tags["artist"] == ["Vorleser"]
    assert "künstlicher Intelligenz" in " ".join(tags.get("comment", tags.get("description", [])))


async def test_ten_who_ask_at_once_cost_one_encoding(monkeypatch):
    async with running() as house:
        narration = await ready(house)
        puts = []
        put = house.audio.put

        async def counted(content):
            puts.append(content)
            return await put(content)

        monkeypatch.setattr(house.audio, "put", counted)
        asked = [house.renditions.get(narration.id, "opus") for _ in range(10)]
        made = await asyncio.gather(*asked)
        assert len(set(made)) == len(puts) == 1


async def test_an_edited_article_has_another_one():
    async with running() as house:
        narration = await ready(house)
        before = await house.renditions.get(narration.id, "flac")
        await house.articles.edit(
            narration.id, Change(article=article(*TEXTS[:-1], "Ein anderer Schluss."))
        )
        await settled(house, narration.id)
        after = await house.renditions.get(narration.id, "flac")
        assert before.id != after.id
        assert before.sha256 != after.sha256


async def test_a_damaged_one_is_made_again():
    async with running() as house:
        narration = await ready(house)
        made = await house.renditions.get(narration.id, "flac")
        await house.audio.delete(made.sha256)
        with pytest.raises(ClipDamaged):
            await whole(house, made)
        again = await house.renditions.get(narration.id, "flac")
        assert len(await whole(house, again)) == again.size


async def test_pruning_frees_it_and_it_is_made_again_when_asked_for(monkeypatch):
    monkeypatch.setattr("service.narration.pruning._JUST_NOW", timedelta(0))
    async with running() as house:
        narration = await ready(house)
        made = await house.renditions.get(narration.id, "opus")
        assert await house.pruning.prune(0) == made.size
        assert await house.library.renditions.find(made.id) is None
        assert await house.renditions.get(narration.id, "opus")


async def test_what_is_not_finished_or_failed_or_unknown_says_so():
    def halts(text):
        if "zweite" in text:
            raise EngineFailed("engine-refused", error="kaputt")

    async with running(ToneEngine(before=halts)) as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        with pytest.raises((TrackUnfinished, TrackIncomplete)):
            await house.renditions.get(narration.id, "opus")
        await settled(house, narration.id)
        with pytest.raises(TrackIncomplete, match=r"spoken \(3\)"):
            await house.renditions.get(narration.id, "opus")
        with pytest.raises(NotFound):
            await house.renditions.get("nothing", "opus")


async def test_a_fault_of_storage_is_told_and_passes(monkeypatch):
    async with running() as house:
        narration = await ready(house)
        put, faults = house.audio.put, [OSError(28, "No space left on device")]

        async def full(content):
            if faults:
                raise faults.pop()
            return await put(content)

        monkeypatch.setattr(house.audio, "put", full)
        with pytest.raises(OSError, match="No space"):
            await house.renditions.get(narration.id, "opus")
        await eventually(lambda: house.library.renditions.kept)  # by itself
        assert await house.renditions.get(narration.id, "opus")


async def test_what_can_never_be_made_is_told_and_not_tried_again(monkeypatch):
    async with running() as house:
        narration = await ready(house)
        tries = []

        def broken(*_given, **_how):
            tries.append(1)
            raise RuntimeError("kaputt")

        monkeypatch.setattr("service.narration.renditions._append", broken)
        with pytest.raises(RuntimeError, match="kaputt"):
            await house.renditions.get(narration.id, "flac")
        await eventually(lambda: not house.jobs._in_work)
        assert (len(tries), await house.jobs.load()) == (1, {})


async def test_one_that_nobody_makes_is_not_waited_for_without_end(monkeypatch):
    monkeypatch.setattr("service.narration.renditions._LONGEST_S", 0.01)
    async with running() as house:
        narration = await ready(house)
        monkeypatch.setattr(house.jobs, "ask", AsyncMock())
        with pytest.raises(StoreError, match="takes long"):
            await house.renditions.get(narration.id, "flac")


async def test_a_job_of_what_is_gone_ends(monkeypatch):
    async with running() as house:
        narration = await ready(house)
        await house.articles.delete(narration.id)
        await house.renditions.make(f"{narration.id} finished opus")
