"""What every library keeps."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from service import spoken
from service.codes import Reason
from service.domain import (
    Article,
    Clip,
    Kind,
    LeftOut,
    Paragraph,
    Rendition,
    Span,
    State,
)
from service.errors import AlreadyThere, NotFound, SpeechError
from service.messages import message
from service.store.library import open_library
from service.writing import write
from tests.fakes import VOICE, MemoryLibrary

TOO_SHORT = message("engine-refused", error="zu kurz")
PARAGRAPHS = (
    Paragraph(Kind.TITLE, "Der Titel"),
    Paragraph(Kind.TEXT, "Ein Satz. Noch einer."),
    Paragraph(Kind.LIST_ITEM, "“A quotation”", language="en", number=7),
)


@pytest.fixture(params=["memory", "sqlite", "postgres"])
async def library(request, tmp_path):
    if request.param == "memory":
        yield MemoryLibrary()
        return
    if request.param == "postgres":
        url = request.getfixturevalue("postgres").database()
    else:
        url = f"sqlite+aiosqlite:///{tmp_path / 'library.db'}"
    opened = await open_library(url)
    yield opened
    await opened.close()


def narration(*paragraphs, minutes=0, rate=1.0):
    article = Article(
        paragraphs or PARAGRAPHS,
        (LeftOut("Anzeige", Reason.ADVERTISING),),
        byline="Anna Meier",
        published_at="2026-03-12T08:30:00+01:00",
        picture="https://nordpost.example/deich.jpg",
    )
    written = write(article, VOICE, lexicon=spoken.BUILT_IN, rate=rate)
    return replace(
        written, created_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    )


def clip_of(line):
    spans = tuple(Span(n * 1000, n * 1000 + 900) for n in range(len(line.script.sentences)))
    return Clip(line.clip_id, 1920, "ab" * 32, spans)


async def test_an_article_comes_back_as_it_went_in(library):
    new = narration(*PARAGRAPHS, Paragraph(Kind.TEXT, "Eins. [pause 2s] Zwei."), rate=0.75)
    assert await library.add(new) == new
    assert await library.get(new.id) == new


async def test_the_same_key_gives_the_article_that_is_there(library):
    first = await library.add(narration())
    again = await library.add(replace(narration(), id="another"))
    assert again.id == first.id
    with pytest.raises(NotFound):
        await library.get("another")


async def test_the_same_page_gives_the_article_that_is_there_unless_another_has_the_same_key(
    library,
):
    first = await library.add(replace(narration(), page_key="a page"))
    text = await library.add(narration(PARAGRAPHS[0]))
    changed = replace(narration(*PARAGRAPHS[:2]), page_key="a page")
    assert (await library.add(changed)).id == first.id
    assert (await library.add(replace(text, id="another", page_key="a page"))).id == text.id
    assert (await library.get(first.id)).page_key == "a page"


async def test_no_edit_makes_two_articles_the_same(library):
    first = await library.add(replace(narration(), page_key="a page"))
    second = await library.add(narration(PARAGRAPHS[0]))
    for wrong in (replace(first, page_key=None), replace(second, page_key="a page")):
        with pytest.raises(AlreadyThere):
            await library.replace(replace(wrong, id=second.id))
    assert await library.get(second.id) == second


async def test_a_saved_clip_makes_its_line_ready_and_all_make_the_article_ready(library):
    new = await library.add(narration())
    await library.save_clip(clip_of(new.lines[1]))
    found = await library.get(new.id)
    assert [line.state for line in found.lines] == [State.QUEUED, State.READY, State.QUEUED]
    assert found.lines[1].clip == await library.find_clip(new.lines[1].clip_id)
    assert found.state is State.SPEAKING
    for line in new.lines:
        await library.save_clip(clip_of(line))
    assert (await library.get(new.id)).state is State.READY


async def test_a_failed_clip_fails_its_line_with_the_reason_until_it_is_forgotten(library):
    new = await library.add(narration())
    clip_id = new.lines[2].clip_id
    await library.fail_clip(clip_id, TOO_SHORT)
    assert (await library.get(new.id)).failed == (3,)
    assert (await library.get(new.id)).lines[2].error == TOO_SHORT
    with pytest.raises(SpeechError, match="zu kurz"):
        await library.find_clip(clip_id)
    await library.forget_clips([clip_id])
    assert await library.find_clip(clip_id) is None
    assert (await library.get(new.id)).state is State.QUEUED


async def test_unfinished_clips_are_listed_in_order_and_once(library):
    second = await library.add(narration(PARAGRAPHS[0], PARAGRAPHS[2], minutes=1))
    first = await library.add(narration())
    await library.save_clip(clip_of(first.lines[1]))
    expected = [first.lines[0].clip_id, first.lines[2].clip_id]
    assert await library.unfinished() == expected
    assert second.lines[0].clip_id in expected


async def test_a_clip_knows_its_script_its_voice_its_rate_and_who_uses_it(library):
    new = await library.add(narration(rate=1.25))
    found = await library.script_of_clip(new.lines[1].clip_id)
    assert found == (new.lines[1].script, VOICE.id, 1.25)
    await library.save_clip(clip_of(new.lines[0]))
    [(article_id, number, tally)] = await library.uses_of_clip(new.lines[0].clip_id)
    assert (article_id, number, tally.total, tally.ready, tally.failed) == (new.id, 1, 3, 1, 0)
    assert await library.script_of_clip("unknown") is None


async def test_newest_first_page_by_page(library):
    ids = [
        (await library.add(narration(Paragraph(Kind.TITLE, f"Titel {n}"), minutes=n))).id
        for n in range(5)
    ]
    page = await library.newest(limit=2)
    assert [one.id for one in page] == [ids[4], ids[3]]
    rest = await library.newest(limit=9, cursor=ids[3])
    assert [one.id for one in rest] == [ids[2], ids[1], ids[0]]


async def test_articles_are_found_by_their_collections(library):
    one, other, third = [
        await library.add(narration(Paragraph(Kind.TITLE, f"Titel {n}"), minutes=n))
        for n in range(3)
    ]
    await library.collect(one.id, ["b", "a", "a"])
    await library.collect(third.id, ["a"])
    assert (await library.get(one.id)).collections == ("a", "b")
    found = await library.newest(limit=9, collection="a")
    assert [each.id for each in found] == [third.id, one.id]
    assert [each.collections for each in found] == [("a",), ("a", "b")]
    assert await library.newest(limit=9, collection="a", cursor=one.id) == []
    assert [each.id for each in await library.newest(limit=1, collection="a")] == [third.id]
    await library.replace(replace(narration(), id=one.id, key="another"))
    await library.collect(third.id, [])
    assert [each.id for each in await library.newest(limit=9, collection="a")] == [one.id]
    assert (await library.get(other.id)).collections == ()
    with pytest.raises(NotFound):
        await library.collect("unknown", ["a"])


async def test_a_new_article_is_stored_with_its_collections(library):
    new = replace(narration(), collections=("a", "b"))
    assert await library.add(new) == new
    await library.delete(new.id)
    assert await library.newest(limit=9, collection="a") == []


async def test_a_replaced_article_has_its_new_lines_and_keeps_its_clips(library):
    old = await library.add(narration())
    await library.save_clip(clip_of(old.lines[0]))
    changed = narration(PARAGRAPHS[0], Paragraph(Kind.TEXT, "Anders."))
    await library.replace(replace(changed, id=old.id))
    found = await library.get(old.id)
    assert [line.paragraph.text for line in found.lines] == ["Der Titel", "Anders."]
    assert found.lines[0].state is State.READY


async def test_a_clip_recorded_from_many_sides_at_once_is_recorded(library):
    new = await library.add(narration())
    clip = clip_of(new.lines[0])
    await asyncio.gather(
        *(library.save_clip(clip) for _ in range(8)),
        *(library.fail_clip(new.lines[1].clip_id, TOO_SHORT) for _ in range(8)),
    )
    assert await library.find_clip(clip.id) == clip
    assert (await library.get(new.id)).failed == (2,)


async def test_the_same_article_added_from_many_sides_at_once_is_there_once(library):
    found = await asyncio.gather(*(library.add(narration()) for _ in range(8)))
    assert len({one.id for one in found}) == 1
    assert len(await library.newest(limit=10)) == 1


async def test_what_is_deleted_or_was_never_there_is_not_found(library):
    new = await library.add(narration())
    await library.delete(new.id)
    for asked in (library.get(new.id), library.delete(new.id), library.replace(new)):
        with pytest.raises(NotFound):
            await asked


async def test_articles_of_another_lexicon_are_outdated(library):
    new = await library.add(narration())
    assert await library.outdated(spoken.BUILT_IN.digest) == []
    assert await library.outdated("other") == [new.id]


async def test_the_voice_that_was_asked_for_is_kept(library):
    new = await library.add(replace(narration(), asked_voice="first:de"))
    assert (await library.get(new.id)).asked_voice == "first:de"
    await library.replace(replace(narration(), id=new.id, asked_voice="second:de"))
    assert (await library.get(new.id)).asked_voice == "second:de"


async def test_what_is_owed_is_remembered_until_it_is_announced(library):
    new = await library.add(replace(narration(), announcement="first"))
    quiet = await library.add(narration(PARAGRAPHS[0]))
    assert await library.owed() == {"first": new.id}
    await library.owe(new.id, "second")
    await library.announced("first")
    assert await library.owed() == {"second": new.id}
    assert (await library.get(new.id)).announcement == "second"
    await library.announced("second")
    assert await library.owed() == {}
    await library.replace(replace(narration(*PARAGRAPHS[:2]), id=quiet.id, announcement="third"))
    assert await library.owed() == {"third": quiet.id}
    await library.delete(quiet.id)
    assert await library.owed() == {}


async def test_audio_is_in_use_while_an_article_uses_it_and_can_be_forgotten(library):
    new = await library.add(narration())
    clip = clip_of(new.lines[0])
    await library.save_clip(clip)
    assert await library.audio_in_use() == {clip.sha256}
    assert await library.forget_audio(clip.sha256) is False
    assert await library.find_clip(clip.id) == clip
    await library.delete(new.id)
    assert await library.audio_in_use() == set()
    assert await library.forget_audio(clip.sha256) is True
    assert await library.find_clip(clip.id) is None


async def test_a_rendition_is_recorded_until_its_audio_is_forgotten(library):
    made = Rendition("etag.flac", 5 << 30, "cd" * 32)
    assert await library.find_rendition(made.id) is None
    await library.save_rendition(Rendition(made.id, 1, "ef" * 32))
    await library.save_rendition(made)
    assert await library.find_rendition(made.id) == made
    assert made.sha256 not in await library.audio_in_use()
    assert await library.forget_audio(made.sha256)
    assert await library.find_rendition(made.id) is None
