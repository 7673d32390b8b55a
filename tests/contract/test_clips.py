"""What every library keeps of clips."""

import asyncio
from dataclasses import replace

import pytest

from service.domain import (
    Order,
    Ordered,
    State,
)
from service.errors import SpeechError
from tests.contract.libraries import (
    PARAGRAPHS,
    TOO_SHORT,
    added,
    clip_of,
    finish,
    narration,
)
from tests.fakes import VOICE


async def test_a_saved_clip_makes_its_segment_ready_and_all_make_the_article_ready(library):
    new = await added(library, narration())
    await library.clips.save(clip_of(new.segments[1]))
    found = await library.articles.get(new.id)
    assert [segment.state for segment in found.segments] == [
        State.QUEUED,
        State.READY,
        State.QUEUED,
    ]
    assert found.segments[1].clip == await library.clips.find(new.segments[1].clip_id)
    assert found.state is State.SPEAKING
    for segment in new.segments:
        await library.clips.save(clip_of(segment))
    assert (await library.articles.get(new.id)).state is State.READY


async def test_words_are_kept_with_the_file_that_they_were_heard_in(library):
    segment = (await added(library, narration())).segments[1]
    clip = clip_of(segment)
    await library.clips.save(clip)
    assert (await library.clips.find(clip.id)).words is None
    told = replace(clip, words=((1105, 9600), ()))
    assert await library.clips.save_words(told)
    assert await library.clips.find(clip.id) == told

    other = replace(clip, sha256="cd" * 32)
    await library.clips.save(other)
    assert not await library.clips.save_words(told)
    assert await library.clips.find(clip.id) == other
    await library.clips.forget([clip.id])
    assert not await library.clips.save_words(told)
    assert await library.clips.find(clip.id) is None


async def test_an_article_knows_the_words_of_its_clips(library):
    first = await added(library, narration())
    told = replace(clip_of(first.segments[1]), words=((0, 240), (480,)))
    await library.clips.save(told)
    assert [segment.clip for segment in (await library.articles.get(first.id)).segments] == [
        None,
        told,
        None,
    ]
    await library.clips.fail(told.id, TOO_SHORT)
    await library.clips.save(replace(told, words=None))
    assert (await library.clips.find(told.id)).words is None


async def test_a_failed_clip_fails_its_segment_with_the_reason_until_it_is_forgotten(library):
    new = await added(library, narration())
    clip_id = new.segments[2].clip_id
    await library.clips.fail(clip_id, TOO_SHORT)
    assert (await library.articles.get(new.id)).failed == (3,)
    assert (await library.articles.get(new.id)).segments[2].error == TOO_SHORT
    with pytest.raises(SpeechError, match="zu kurz"):
        await library.clips.find(clip_id)
    await library.clips.forget([clip_id])
    assert await library.clips.find(clip_id) is None
    assert (await library.articles.get(new.id)).state is State.QUEUED


async def test_a_clip_that_another_process_has_made_meanwhile_does_not_fail(library):
    new = await added(library, narration())
    await finish(library, new)
    clip = clip_of(new.segments[1])
    assert not await library.clips.fail(clip.id, TOO_SHORT)
    assert await library.clips.find(clip.id) == clip
    assert (await library.articles.get(new.id)).state is State.READY
    await library.clips.forget([clip.id])
    for _ in range(2):
        assert await library.clips.fail(clip.id, TOO_SHORT)


async def test_unfinished_clips_are_listed_in_order_and_once(library):
    second = await added(library, narration(PARAGRAPHS[0], PARAGRAPHS[2], minutes=1))
    first = await added(library, narration())
    await library.clips.save(clip_of(first.segments[1]))
    expected = [first.segments[0].clip_id, first.segments[2].clip_id]
    assert await library.clips.unfinished() == expected
    assert second.segments[0].clip_id in expected


async def test_a_clip_knows_its_script_its_voice_its_rate_and_who_uses_it(library):
    new = await added(library, narration(rate=1.25))
    order = Order(new.segments[1].script, VOICE.id, 1.25)
    assert await library.clips.ordered(new.segments[1].clip_id) == Ordered(order)
    await library.clips.save(clip_of(new.segments[0]))
    [(article_id, number, tally)] = await library.clips.uses(new.segments[0].clip_id)
    assert (article_id, number, tally.total, tally.ready, tally.failed) == (new.id, 1, 3, 1, 0)
    assert await library.clips.ordered("unknown") is None


async def test_what_a_clip_is_to_say_comes_with_what_became_of_it(library):
    made, failed, _ = (await added(library, narration())).segments
    clip = clip_of(made)
    await library.clips.save(clip)
    await library.clips.fail(failed.clip_id, TOO_SHORT)
    ordered = [await library.clips.ordered(one.clip_id) for one in (made, failed)]
    assert [(one.clip, one.error, one.outcome) for one in ordered] == [
        (clip, None, State.READY), (None, TOO_SHORT, State.FAILED),
    ]  # fmt: skip


async def test_a_clip_recorded_from_many_sides_at_once_is_recorded(library):
    new = await added(library, narration())
    clip = clip_of(new.segments[0])
    await asyncio.gather(
        *(library.clips.save(clip) for _ in range(8)),
        *(library.clips.fail(new.segments[1].clip_id, TOO_SHORT) for _ in range(8)),
    )
    assert await library.clips.find(clip.id) == clip
    assert (await library.articles.get(new.id)).failed == (2,)
