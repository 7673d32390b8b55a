"""What somebody waits for goes first: it pauses all else, and begins before its article is kept."""

import asyncio
from threading import Event

from service.errors import EngineFailed
from service.narration.precedence import Precedence
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

    with precedence.awaited("a"):
        await asyncio.gather(precedence.speak("b", other), precedence.speak("a", awaited))
    assert said == ["other 1", "awaited 1", "awaited 2", "other 2"]


async def test_words_are_looked_for_when_nothing_is_spoken_or_somebody_waits_for_them():
    precedence, done = Precedence(), []
    is_begun, may_end = Event(), Event()
    is_wanted = False

    def clip(turn):
        turn()
        is_begun.set()
        may_end.wait(MOST_S)
        done.append("clip")

    speaking = asyncio.create_task(precedence.speak("a", clip))
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
