"""The house: stores, speaks once, streams in order, mends, retries, tells."""

import asyncio
from dataclasses import replace
from unittest.mock import AsyncMock

import pytest

from service import spoken
from service.domain import State
from service.errors import (
    ArticleTooLong,
    ClipDamaged,
    EngineFailed,
    NotFound,
    SpeechError,
    StoreError,
    TrackIncomplete,
    UnknownVoice,
)
from service.messages import message
from service.narration.articles import Change
from service.narration.writing import LONGEST_PARAGRAPH, Manner
from service.store.audio import memory_store
from tests.fakes import ToneEngine, opened
from tests.unit.narration.house import TEXTS, article, awaited, heard, running, settled
from tests.waiting import MOST_S, eventually


async def test_an_article_is_spoken_in_order_and_its_stream_is_its_track():
    engine = ToneEngine()
    async with running(engine) as house:
        narration, is_new = await house.articles.post(article(*TEXTS))
        assert is_new
        streamed = b"".join([part async for part in house.listening.stream(narration)])
        narration = await settled(house, narration.id)
        assert narration.state is State.READY
        track = await house.listening.track(narration.id)
        tag = track.pieces[0].size
        assert await house.listening.read_slices([*track.slices(tag, track.size)]) == streamed
    assert engine.spoken == list(TEXTS)


async def test_what_is_deleted_while_its_track_is_looked_up_is_gone_after_that(monkeypatch):
    async with running() as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        await settled(house, narration.id)
        store, was_read, goes_on = house.library.articles, asyncio.Event(), asyncio.Event()
        edition = store.edition

        async def slowly(*which):
            read = await edition(*which)
            was_read.set()
            await goes_on.wait()
            return read

        monkeypatch.setattr(store, "edition", slowly)
        looked_up = asyncio.create_task(house.listening.track(narration.id))
        await was_read.wait()
        await house.articles.delete(narration.id)
        goes_on.set()
        assert await looked_up
        with pytest.raises(NotFound):
            await house.listening.track(narration.id)


async def test_the_same_article_is_there_already_and_spoken_once():
    engine = ToneEngine()
    async with running(engine, workers=2) as house:
        first, _ = await house.articles.post(article(*TEXTS))
        again, is_new = await house.articles.post(article(*TEXTS))
        assert (again.id, is_new) == (first.id, False)
        await settled(house, first.id)
        ids = {segment.clip_id for segment in first.segments}
        await asyncio.gather(*(heard(house, clip_id) for clip_id in ids for _ in range(10)))
    assert sorted(engine.spoken) == sorted(TEXTS)


async def test_ten_who_ask_at_once_cost_one_synthesis():
    engine = ToneEngine()
    house = opened(engine, workers=4)
    narration, _ = await house.articles.post(article(*TEXTS))
    waiting = [asyncio.create_task(heard(house, narration.segments[3].clip_id)) for _ in range(10)]
    await eventually(lambda: awaited(house, narration.segments[3].clip_id))
    task = asyncio.create_task(house.worker.run())
    assert len(set(await asyncio.gather(*waiting))) == 1
    await settled(house, narration.id)
    await house.worker.stop()
    await task
    assert engine.spoken.count(TEXTS[3]) == 1


async def test_what_a_listener_waits_for_is_made_first():
    engine = ToneEngine()
    house = opened(engine)
    narration, _ = await house.articles.post(article(*TEXTS))
    waiting = asyncio.create_task(house.listening.clip(narration.segments[3].clip_id))
    await eventually(lambda: awaited(house, narration.segments[3].clip_id))
    task = asyncio.create_task(house.worker.run())
    await waiting
    assert engine.spoken[0] == TEXTS[3]
    await house.worker.stop()
    await task


async def test_editing_one_paragraph_costs_one_clip():
    engine = ToneEngine()
    async with running(engine) as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        await settled(house, narration.id)
        changed = article(*TEXTS[:2], "Der zweite Absatz, nun anders.", TEXTS[3])
        edited = await house.articles.edit(narration.id, Change(article=changed))
        assert (edited.id, edited.created_at) == (narration.id, narration.created_at)
        await settled(house, narration.id)
    assert engine.spoken[len(TEXTS) :] == ["Der zweite Absatz, nun anders."]


async def test_an_article_at_another_rate_is_another_article_and_spoken_at_that_rate():
    engine = ToneEngine()
    async with running(engine) as house:
        plain, _ = await house.articles.post(article(*TEXTS))
        quick, is_new = await house.articles.post(article(*TEXTS), manner=Manner(rate=2.0))
        assert is_new
        assert quick.rate == 2.0
        assert (await house.articles.post(article(*TEXTS), manner=Manner(rate=2.0)))[
            0
        ].id == quick.id
        plain, quick = [await settled(house, one.id) for one in (plain, quick)]
        longer = [
            a.clip.size / b.clip.size for a, b in zip(plain.segments, quick.segments, strict=True)
        ]
        assert all(1.3 < ratio < 2.1 for ratio in longer)
        edited = await house.articles.edit(plain.id, Change(rate=0.5))
        assert (edited.id, edited.rate) == (plain.id, 0.5)
        assert (
            await house.articles.edit(plain.id, Change(article=article("Ein Titel")))
        ).rate == 0.5


async def test_an_article_is_in_work_until_nothing_is_left_even_if_a_paragraph_failed():
    def fail(text):
        if text == TEXTS[0]:
            raise EngineFailed("engine-refused", error="kaputt")

    async with running(ToneEngine(before=fail)) as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        following = house.channels.subscribe(narration.id)
        states = []
        async for news in following:
            states.append(news.tally.state)
            if news.tally.is_settled:
                break
    assert states[-1] is State.FAILED
    assert set(states[:-1]) == {State.SPEAKING}


async def test_a_paragraph_that_cannot_be_spoken_fails_alone_and_can_be_tried_again():
    broken = True

    def fail(text):
        if broken and text == TEXTS[2]:
            raise EngineFailed("engine-refused", error="kaputt")

    async with running(ToneEngine(before=fail)) as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        narration = await settled(house, narration.id)
        assert narration.failed == (3,)
        assert narration.segments[2].error == message("engine-refused", error="kaputt")
        with pytest.raises(TrackIncomplete) as caught:
            await house.listening.track(narration.id)
        assert caught.value.failed == (3,)
        with pytest.raises(SpeechError, match="kaputt"):
            [part async for part in house.listening.stream(narration)]
        broken = False
        await house.articles.retry(narration.id)
        assert (await settled(house, narration.id)).state is State.READY


async def test_a_bug_in_an_engine_fails_the_paragraph_and_nothing_else():
    def trip(text):
        if text == TEXTS[1]:
            raise ZeroDivisionError

    async with running(ToneEngine(before=trip)) as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        assert (await settled(house, narration.id)).failed == (2,)


async def test_a_damaged_clip_is_made_again():
    engine = ToneEngine()
    async with running(engine) as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        narration = await settled(house, narration.id)
        clip = narration.segments[1].clip
        await house.audio.delete(clip.sha256)
        assert len(await heard(house, clip.id)) == clip.size
    assert engine.spoken.count(TEXTS[1]) == 2


async def test_work_left_by_an_earlier_process_is_finished_without_being_asked():
    idle = opened()
    narration, _ = await idle.articles.post(article(*TEXTS))
    async with running(library=idle.library, audio=idle.audio) as house:
        assert (await settled(house, narration.id)).state is State.READY


async def test_endless_paragraphs_are_broken_at_sentence_ends_and_nothing_is_lost():
    text = "Ein Satz, der sich wiederholt, bis niemand mehr zuhört. " * 400
    narration, _ = await opened().articles.post(article("Titel", text.strip()))
    parts = [segment.paragraph.text for segment in narration.segments[1:]]
    assert max(map(len, parts)) <= LONGEST_PARAGRAPH
    assert " ".join(parts) == text.strip()


async def test_too_long_an_article_and_an_unknown_voice_are_refused():
    house = opened(max_chars=10)
    with pytest.raises(ArticleTooLong, match="up to 10"):
        await house.articles.post(article(*TEXTS))
    with pytest.raises(UnknownVoice, match="silence:de"):
        await house.articles.post(article("Kurz"), manner=Manner("nobody:de"))


async def test_an_unknown_clip_is_not_found():
    with pytest.raises(NotFound):
        await opened().listening.clip("0" * 32)


async def test_audio_that_is_lost_whenever_it_is_made_is_an_error_and_no_endless_loop():
    store = memory_store()
    store.get_range = AsyncMock(side_effect=ClipDamaged("audio-damaged", name="not there"))
    async with running(audio=store) as house:
        narration, _ = await house.articles.post(article("Der Titel"))
        with pytest.raises(StoreError, match="VORLESER_AUDIO_STORE"):
            await asyncio.wait_for(heard(house, narration.segments[0].clip_id), MOST_S)


async def test_asking_raises_the_urgency_of_what_comes_next():
    engine = ToneEngine()
    house = opened(engine)
    other, _ = await house.articles.post(article("Ein anderer Titel", "Ein anderer Text."))
    narration, _ = await house.articles.post(article(*TEXTS))
    stream = house.listening.stream(narration)
    first = asyncio.ensure_future(anext(stream))
    await eventually(lambda: awaited(house, narration.segments[0].clip_id))
    task = asyncio.create_task(house.worker.run())
    await first
    await settled(house, other.id)
    await house.worker.stop()
    await task
    assert engine.spoken[:4] == list(TEXTS)


async def test_a_changed_lexicon_speaks_only_the_paragraphs_anew_that_it_touches():
    engine = ToneEngine()
    async with running(engine) as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        await settled(house, narration.id)
        library, audio = house.library, house.audio
    changed = spoken.Lexicon(spoken.BUILT_IN.entries | {"zweite": "andere"})
    async with running(engine, library=library, audio=audio, lexicon=changed) as house:
        await house.rewriting.respell()
        respelled = await settled(house, narration.id)
    assert respelled.outcome.lexicon == changed.digest
    assert engine.spoken[len(TEXTS) :] == ["Der andere Absatz."]


async def test_a_clip_that_was_made_anew_since_it_was_looked_up_is_not_made_once_more():
    async with running() as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        narration = await settled(house, narration.id)
        clip = narration.segments[1].clip
        anew = replace(clip, sha256=await house.audio.put(b"anew"), size=len(b"anew"))
        house.library.made[clip.id] = anew
        await house.audio.delete(clip.sha256)
        parts = [part async for part in house.listening.stream(narration)]
        assert parts[1].startswith(b"anew")
        assert house.library.made[clip.id] == anew
