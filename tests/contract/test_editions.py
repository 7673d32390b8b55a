"""What every library keeps of what was finished while something newer is made."""

import asyncio

import pytest

from service.domain import (
    Kind,
    Paragraph,
    State,
)
from service.errors import NotFound
from tests.contract.libraries import (
    PARAGRAPHS,
    TOO_SHORT,
    added,
    clip_of,
    finish,
    narration,
    reworded,
)
from tests.fakes import VOICE


async def test_a_replaced_article_has_its_new_segments_and_keeps_its_clips(library):
    old = await added(library, narration())
    await library.clips.save(clip_of(old.segments[0]))
    changed = narration(PARAGRAPHS[0], Paragraph(Kind.TEXT, "Anders."))
    await library.articles.save([old.revised(spec=changed.spec, outcome=changed.outcome)])
    found = await library.articles.get(old.id)
    assert [segment.paragraph.text for segment in found.segments] == ["Der Titel", "Anders."]
    assert found.segments[0].state is State.READY


async def test_what_was_finished_is_kept_until_the_next_edition_is_finished_as_a_whole(library):
    old = await added(library, narration())
    assert (await library.articles.edition(old.id)).edition == 1
    assert (await library.articles.get(old.id)).finished_edition is None
    await finish(library, old)
    old = await library.articles.get(old.id)
    await library.articles.save([reworded(old, "Neu.", "Noch neuer.")])
    new = await library.articles.get(old.id)
    assert (new.edition, new.finished_edition, new.state) == (2, 1, State.QUEUED)
    kept = await library.articles.edition(old.id)
    assert kept.segments == old.segments
    assert (kept.edition, kept.version, kept.voice, kept.rate) == (1, 2, old.voice, 1.0)
    assert await library.articles.edition(old.id, 1) == kept
    assert await library.articles.edition(old.id, 2) == new
    assert (await library.clips.ordered(old.segments[1].clip_id)).order.voice == VOICE.id
    assert await library.clips.uses(old.segments[1].clip_id) == []
    for segment in new.segments[:-1]:
        await library.clips.save(clip_of(segment))
    await library.clips.fail(new.segments[-1].clip_id, TOO_SHORT)
    assert await library.articles.edition(old.id) == kept
    await library.clips.save(clip_of(new.segments[-1]))
    found = await library.articles.edition(old.id)
    assert (found.edition, found.finished_edition, found.state) == (2, 2, State.READY)
    await library.clips.forget([new.segments[-1].clip_id])
    assert (await library.articles.edition(old.id)).edition == 2


async def test_another_number_than_the_newest_and_the_last_finished_is_not_found(library):
    first = await added(library, narration())
    await finish(library, first)
    for text in ("Zwei.", "Drei.", "Vier."):
        newest = await library.articles.get(first.id)
        await library.articles.save([reworded(newest, text)])
    assert (await library.articles.edition(first.id)).edition == 1
    assert (await library.articles.edition(first.id, 4)).edition == 4
    for number in (0, 2, 3, 5):
        with pytest.raises(NotFound, match="edition"):
            await library.articles.edition(first.id, number)
    with pytest.raises(NotFound):
        await library.articles.edition("unknown", 1)
    await finish(library, await library.articles.get(first.id))
    with pytest.raises(NotFound):
        await library.articles.edition(first.id, 1)


async def test_an_edition_of_clips_that_are_there_is_finished_at_once(library):
    first = await added(library, narration())
    await finish(library, first)
    newest = await library.articles.get(first.id)
    again = reworded(newest, "Neu.")
    await finish(library, again)
    await library.articles.save([again])
    assert (await library.articles.edition(first.id)).edition == 2
    with pytest.raises(NotFound):
        await library.articles.edition(first.id, 1)


async def test_of_many_who_make_the_last_clips_one_lets_the_older_edition_go(library):
    first = await added(library, narration())
    await finish(library, first)
    newest = await library.articles.get(first.id)
    await library.articles.save([reworded(newest, *(f"Satz {n}." for n in range(8)))])
    newest = await library.articles.get(first.id)
    await asyncio.gather(*(library.clips.save(clip_of(segment)) for segment in newest.segments))
    await library.clips.forget([newest.segments[3].clip_id])
    assert (await library.articles.get(first.id)).finished_edition is None
    assert (await library.articles.edition(first.id)).edition == 2


async def test_what_changes_beside_the_sound_changes_both_editions(library):
    first = await added(library, narration())
    await finish(library, first)
    await library.articles.save([reworded(await library.articles.get(first.id), "Neu.")])
    newest = await library.articles.get(first.id)
    await library.articles.save([newest.revised(collections=("a",))])
    for number in (1, 2):
        found = await library.articles.edition(first.id, number)
        assert (found.collections, found.version) == (("a",), 3)
    [listed] = await library.articles.newest(limit=9)
    assert (listed.edition, listed.finished_edition) == (2, 1)


async def test_what_was_finished_last_is_made_again_and_its_audio_is_in_use(library):
    first = await added(library, narration())
    await finish(library, first)
    await library.articles.save([reworded(await library.articles.get(first.id), "Neu.")])
    assert await library.audio_use.forget("ab" * 32) is False
    lost = first.segments[1].clip_id
    await library.clips.forget([lost])
    assert lost in await library.clips.unfinished()
    await library.articles.delete(first.id)
    assert await library.clips.unfinished() == []
    assert await library.audio_use.used() == set()
