"""What somebody waits for goes first: it pauses all else, and begins before its article is kept."""

import asyncio
from threading import Event

from service.domain import Order
from service.errors import EngineFailed
from service.narration.precedence import Precedence
from service.narration.writing import scripted as write
from tests.fakes import ToneEngine, opened
from tests.unit.narration.house import TEXTS, article, running, settled
from tests.waiting import MOST_S


async def test_other_clips_pause_between_sentences_while_an_awaited_one_is_spoken():
    precedence, said = Precedence(), []
    is_begun, is_awaited_begun = Event(), Event()

    def other(turn):
        turn()
        said.append("other 1")
        is_begun.set()
        is_awaited_begun.wait(MOST_S)
        turn()
        said.append("other 2")

    def awaited(turn):
        is_begun.wait(MOST_S)
        for number in (1, 2):
            turn()
            said.append(f"awaited {number}")
            is_awaited_begun.set()

    async def speak(clip_id, work):
        async with precedence.in_work(clip_id):
            await precedence.speak(clip_id, work)

    speaking = asyncio.create_task(speak("b", other))
    await asyncio.to_thread(is_begun.wait, MOST_S)
    with precedence.awaited("a"):
        await speak("a", awaited)
    await speaking
    assert said == ["other 1", "awaited 1", "awaited 2", "other 2"]


async def test_what_nobody_waits_for_is_not_begun_while_an_awaited_clip_is_in_work():
    precedence, begun = Precedence(), []
    is_released = asyncio.Event()

    async def work(clip_id):
        async with precedence.in_work(clip_id):
            begun.append(clip_id)
            if clip_id == "awaited":
                await is_released.wait()

    with precedence.awaited("awaited"):
        awaited = asyncio.create_task(work("awaited"))
        others = [asyncio.create_task(work(clip_id)) for clip_id in ("b", "awaited next")]
        with precedence.awaited("awaited next"):
            await asyncio.wait_for(others[1], MOST_S)
        assert begun == ["awaited", "awaited next"]
        is_released.set()
        await asyncio.wait_for(asyncio.gather(awaited, *others), MOST_S)
    assert begun[-1] == "b"


async def test_words_are_looked_for_when_nothing_is_spoken_or_somebody_waits_for_them():
    precedence, done = Precedence(), []
    is_begun, may_end = Event(), Event()
    is_wanted = False

    def clip(turn):
        turn()
        is_begun.set()
        may_end.wait(MOST_S)
        done.append("clip")

    async def work():
        async with precedence.in_work("a"):
            await precedence.speak("a", clip)

    speaking = asyncio.create_task(work())
    await asyncio.to_thread(is_begun.wait, MOST_S)
    wanted = asyncio.create_task(
        precedence.look_up(lambda: done.append("wanted"), lambda: is_wanted)
    )
    others = asyncio.create_task(precedence.look_up(lambda: done.append("others"), lambda: False))
    is_wanted = True
    precedence.look_again()
    await asyncio.wait_for(wanted, MOST_S)
    may_end.set()
    await asyncio.gather(speaking, others)
    assert done == ["wanted", "clip", "others"]


async def test_the_first_clip_is_spoken_while_its_article_is_still_being_kept():
    is_begun = Event()
    engine = ToneEngine(before=lambda _text: is_begun.set())
    async with running(engine) as house:
        save = house.library.articles.save

        async def save_late(*given, **how):
            assert await asyncio.to_thread(is_begun.wait, MOST_S)
            await save(*given, **how)

        house.library.articles.save = save_late
        narration, _ = await house.articles.post(article(*TEXTS))
        await settled(house, narration.id)
    assert engine.spoken == list(TEXTS)


async def test_the_other_scripts_are_written_once_the_first_clip_is_being_spoken(monkeypatch):
    begun = []
    async with running() as house:

        def scripted(spec, *given, **how):
            begun.append(house.articles.progress.speaking)
            return write(spec, *given, **how)

        monkeypatch.setattr("service.narration.writing.scripted", scripted)
        narration, _ = await house.articles.post(article(*TEXTS))
        await settled(house, narration.id)
    assert begun == [frozenset(), {narration.segments[0].clip_id}]


async def test_a_first_clip_that_is_being_made_by_its_job_holds_up_nobody():
    engine = ToneEngine()
    async with running(engine) as house:
        making = house.worker.making
        narration, _ = await house.articles.post(article(*TEXTS))
        await settled(house, narration.id)
        first = narration.segments[0]
        order = Order(first.script, narration.voice)
        async with making.locks.hold(first.clip_id):
            await asyncio.wait_for(house.worker.head_start.begin(first.clip_id, order), MOST_S)
    assert engine.spoken == list(TEXTS)


async def test_a_first_clip_that_failed_ahead_is_left_to_its_job():
    failures = [EngineFailed("unexpected")]

    def fail_once(text):
        if text == TEXTS[0] and failures:
            raise failures.pop()

    async with running(ToneEngine(before=fail_once)) as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        assert (await settled(house, narration.id)).failed == ()
    assert failures == []


async def test_a_process_that_makes_no_clips_makes_none_ahead():
    engine = ToneEngine()
    house = opened(engine)
    await house.articles.post(article(*TEXTS))
    assert engine.spoken == []
