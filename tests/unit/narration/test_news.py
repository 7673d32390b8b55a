"""What is told of articles while they are spoken, here and from other processes."""

import asyncio

from service.domain import WORDS, State, Tally
from tests.fakes import ToneEngine, opened
from tests.unit.narration.house import TEXTS, article, awaited, running, settled
from tests.waiting import MOST_S, eventually


async def test_news_tell_of_every_paragraph_until_the_article_is_ready():
    async with running() as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        following = house.channels.subscribe(narration.id)
        segments = (await house.articles.get(narration.id)).segments
        ready = {number for number, segment in enumerate(segments, 1) if segment.clip}
        async for news in following:
            if news.what is State.READY:
                ready.add(news.number)
            if news.tally.state is State.READY:
                break
    assert ready == {1, 2, 3, 4}


async def test_the_news_since_a_known_id_are_known_and_others_are_not():
    house = opened()
    channels = house.channels
    narration, _ = await house.articles.post(article(*TEXTS))
    tally = narration.tally
    following = channels.subscribe(narration.id)
    for number in (1, 2, 3):
        channels.publish(narration.id, number, what=State.READY, tally=tally)
    first = await anext(following)
    assert [news.number for news in channels.missed(narration.id, first.id) or []] == [2, 3]
    assert channels.missed(narration.id, None) is None
    assert channels.missed(narration.id, "other-1") is None
    channels.close()
    assert [news.number async for news in following] == [2, 3]


async def test_what_was_told_last_of_a_paragraph_is_not_told_again():
    channels = opened().channels
    following = channels.subscribe("an article")
    speaking, ready, tally = State.SPEAKING, State.READY, Tally(1, 1, 0)
    for what in (speaking, ready, ready, WORDS, ready, WORDS, speaking, ready, WORDS):
        channels.publish("an article", 1, what=what, tally=tally)
    told = [speaking, ready, WORDS, speaking, ready, WORDS]
    assert [(await anext(following)).what for _ in told] == told
    channels.close()
    assert [news async for news in following] == []


async def test_what_is_made_here_is_told_to_other_processes():
    async with running() as house:
        narration, _ = await house.articles.post(article("Der Titel"))
        await settled(house, narration.id)
    clip_id = narration.segments[0].clip_id
    assert house.jobs.published[:2] == [(clip_id, State.SPEAKING), (clip_id, State.READY)]


async def test_what_another_process_makes_is_news_here_and_wakes_who_waits():
    house = opened(ToneEngine(), workers=0)
    other = opened(library=house.library, audio=house.audio)
    narration, _ = await other.articles.post(article("Der Titel"))
    clip_id = narration.segments[0].clip_id
    following = house.channels.subscribe(narration.id)
    task = asyncio.create_task(house.worker.run())
    waiting = asyncio.create_task(house.listening.clip(clip_id))
    await eventually(lambda: awaited(house, clip_id) and house.jobs.on_news)
    assert house.jobs.on_news is not None
    await house.jobs.on_news(clip_id, State.SPEAKING)
    assert (await anext(following)).what is State.SPEAKING
    assert (await house.articles.get(narration.id)).state is State.SPEAKING
    making = asyncio.create_task(other.worker.run())
    await settled(other, narration.id)
    assert not waiting.done()
    await house.jobs.on_news(clip_id, State.READY)
    assert (await asyncio.wait_for(waiting, MOST_S)).id == clip_id
    assert (await anext(following)).tally.state is State.READY
    await house.jobs.on_news(clip_id, WORDS)
    assert (await anext(following)).what == WORDS
    for one in (house, other):
        await one.worker.stop()
    await asyncio.gather(task, making)
