"""What every library keeps."""

import asyncio
import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from service import spoken
from service.codes import Reason
from service.domain import (
    Article,
    Clip,
    Extra,
    Kind,
    LeftOut,
    Order,
    Paragraph,
    Rendition,
    Span,
    State,
)
from service.errors import AlreadyThere, NotFound, SpeechError, VersionConflict
from service.messages import message
from service.narration.writing import write
from service.store.library import open_library
from tests.conftest import SLOW_POSTGRES
from tests.fakes import VOICE, MemoryLibrary

OTHER_VOICE = replace(VOICE, id="other:de")
TOO_SHORT = message("engine-refused", error="zu kurz")
PARAGRAPHS = (
    Paragraph(Kind.TITLE, "Der Titel"),
    Paragraph(Kind.TEXT, "Ein Satz. Noch einer."),
    Paragraph(Kind.LIST_ITEM, "“A quotation”", language="en", number=7),
)


@pytest.fixture(params=["memory", "sqlite", SLOW_POSTGRES])
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


async def added(library, new):
    await library.articles.save([new])
    return await library.articles.get(new.id)


def with_key(narration, key, page_key=None):
    return replace(narration, spec=replace(narration.spec, key=key, page_key=page_key))


def clip_of(segment):
    spans = tuple(Span(n * 1000, n * 1000 + 900) for n in range(len(segment.script.sentences)))
    return Clip(segment.clip_id, 1920, "ab" * 32, spans)


async def test_an_article_comes_back_as_it_went_in(library):
    new = narration(*PARAGRAPHS, Paragraph(Kind.TEXT, "Eins. [pause 2s] Zwei."), rate=0.75)
    assert await added(library, new) == new


async def test_an_article_is_found_by_its_key_else_by_its_page(library):
    first = await added(library, with_key(narration(), "a key", "a page"))
    other = await added(library, with_key(narration(PARAGRAPHS[0]), "another key"))
    assert (await library.articles.find(first.spec)).id == first.id
    same_page = with_key(narration(), "no such key", "a page")
    assert (await library.articles.find(same_page.spec)).id == first.id
    both = with_key(narration(), "another key", "a page")
    assert (await library.articles.find(both.spec)).id == other.id
    assert await library.articles.find(with_key(narration(), "no such key").spec) is None


async def test_no_two_articles_are_the_same(library):
    first = await added(library, with_key(narration(), "a key", "a page"))
    second = await added(library, with_key(narration(PARAGRAPHS[0]), "another key"))
    for spec in (replace(first.spec, page_key=None), replace(second.spec, page_key="a page")):
        with pytest.raises(AlreadyThere):
            await library.articles.save([second.revised(spec=spec)])
        with pytest.raises(AlreadyThere):
            await library.articles.save([replace(narration(PARAGRAPHS[2]), spec=spec)])
    assert await library.articles.get(second.id) == second


async def test_a_next_version_takes_the_place_of_the_one_it_was_made_of_and_of_no_other(library):
    first = await added(library, narration())
    second = first.revised(collections=("a",))
    await library.articles.save([second])
    assert await library.articles.get(first.id) == second
    other = narration(*PARAGRAPHS[:2])
    late = first.revised(spec=other.spec, outcome=other.outcome)
    with pytest.raises(VersionConflict):
        await library.articles.save([late])
    third = second.revised(spec=other.spec, outcome=other.outcome)
    await library.articles.save([third])
    found = await library.articles.get(first.id)
    assert found == third
    assert (found.version, found.edition, found.collections) == (3, 2, ("a",))


async def test_of_many_who_change_the_same_version_one_wins(library):
    first = await added(library, narration())
    names = [str(number) for number in range(8)]
    changes = [library.articles.save([first.revised(collections=(name,))]) for name in names]
    outcomes = await asyncio.gather(*changes, return_exceptions=True)
    lost = [error for error in outcomes if error]
    assert len(lost) == 7
    assert all(isinstance(error, VersionConflict) for error in lost)
    won = names[outcomes.index(None)]
    assert (await library.articles.get(first.id)).collections == (won,)


async def test_what_is_saved_together_is_kept_as_a_whole_or_not_at_all(library):
    there = await added(library, with_key(narration(), "a key"))
    fresh = with_key(narration(*PARAGRAPHS[:2]), "b key")
    next_one = there.revised(collections=("a",))
    wrong = with_key(narration(PARAGRAPHS[0]), "b key")
    with pytest.raises((AlreadyThere, VersionConflict)):
        await library.articles.save([fresh, next_one, wrong])
    assert await library.articles.newest(limit=9) == [there]
    gone = replace(next_one, id="gone")
    with pytest.raises(NotFound):
        await library.articles.save([fresh, with_key(gone, "c key")])
    assert await library.articles.newest(limit=9) == [there]
    await library.articles.save([fresh, next_one])
    assert len(await library.articles.newest(limit=9)) == 2


async def test_a_next_version_frees_its_page_for_a_new_article_saved_with_it(library):
    old = await added(library, with_key(narration(), "z key", "a page"))
    freed = old.revised(spec=replace(old.spec, page_key=None))
    new = with_key(narration(PARAGRAPHS[0]), "a key", "a page")
    await library.articles.save([new, freed])
    assert (await library.articles.find(new.spec)).id == new.id


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


async def test_unfinished_clips_are_listed_in_order_and_once(library):
    second = await added(library, narration(PARAGRAPHS[0], PARAGRAPHS[2], minutes=1))
    first = await added(library, narration())
    await library.clips.save(clip_of(first.segments[1]))
    expected = [first.segments[0].clip_id, first.segments[2].clip_id]
    assert await library.clips.unfinished() == expected
    assert second.segments[0].clip_id in expected


async def test_a_clip_knows_its_script_its_voice_its_rate_and_who_uses_it(library):
    new = await added(library, narration(rate=1.25))
    found = await library.clips.order(new.segments[1].clip_id)
    assert found == Order(new.segments[1].script, VOICE.id, 1.25)
    await library.clips.save(clip_of(new.segments[0]))
    [(article_id, number, tally)] = await library.clips.uses(new.segments[0].clip_id)
    assert (article_id, number, tally.total, tally.ready, tally.failed) == (new.id, 1, 3, 1, 0)
    assert await library.clips.order("unknown") is None


async def test_newest_first_page_by_page(library):
    ids = [
        (await added(library, narration(Paragraph(Kind.TITLE, f"Titel {n}"), minutes=n))).id
        for n in range(5)
    ]
    page = await library.articles.newest(limit=2)
    assert [one.id for one in page] == [ids[4], ids[3]]
    rest = await library.articles.newest(limit=9, cursor=ids[3])
    assert [one.id for one in rest] == [ids[2], ids[1], ids[0]]


async def test_articles_are_found_by_their_collections(library):
    one, other, third = [
        await added(library, narration(Paragraph(Kind.TITLE, f"Titel {n}"), minutes=n))
        for n in range(3)
    ]
    await library.articles.save(
        [one.revised(collections=("a", "b")), third.revised(collections=("a",))]
    )
    assert (await library.articles.get(one.id)).collections == ("a", "b")
    found = await library.articles.newest(limit=9, collection="a")
    assert [each.id for each in found] == [third.id, one.id]
    assert [each.collections for each in found] == [("a",), ("a", "b")]
    assert await library.articles.newest(limit=9, collection="a", cursor=one.id) == []
    found = await library.articles.newest(limit=1, collection="a")
    assert [each.id for each in found] == [third.id]
    await library.articles.save([found[0].revised(collections=())])
    found = await library.articles.newest(limit=9, collection="a")
    assert [each.id for each in found] == [one.id]
    assert (await library.articles.get(other.id)).collections == ()


async def test_a_new_article_is_stored_with_its_collections(library):
    new = replace(narration(), collections=("a", "b"))
    assert await added(library, new) == new
    await library.articles.delete(new.id)
    assert await library.articles.newest(limit=9, collection="a") == []


async def test_a_replaced_article_has_its_new_segments_and_keeps_its_clips(library):
    old = await added(library, narration())
    await library.clips.save(clip_of(old.segments[0]))
    changed = narration(PARAGRAPHS[0], Paragraph(Kind.TEXT, "Anders."))
    await library.articles.save([old.revised(spec=changed.spec, outcome=changed.outcome)])
    found = await library.articles.get(old.id)
    assert [segment.paragraph.text for segment in found.segments] == ["Der Titel", "Anders."]
    assert found.segments[0].state is State.READY


async def test_what_is_read_besides_the_text_is_kept_apart_from_it(library):
    beside = LeftOut("Der Damm", Reason.PICTURE, behind=1)
    text = replace(narration().article, left_out=(beside,))
    new = write(text, VOICE, lexicon=spoken.BUILT_IN, extras=[Extra.ALT])
    old = await added(library, new)
    assert (old.article, old.extras, old.left_out) == (text, (Extra.ALT,), ())
    assert [one.paragraph.extra for one in old.segments] == [None, Extra.ALT, None, None]
    await finish(library, old)
    [episode] = await library.listings.episodes(limit=1)
    assert (episode.extras, episode.article.paragraphs) == ((Extra.ALT,), text.paragraphs)
    plain = write(text, VOICE, lexicon=spoken.BUILT_IN)
    await library.articles.save([old.revised(spec=plain.spec, outcome=plain.outcome)])
    assert (await library.articles.get(old.id)).left_out == (beside,)


async def finish(library, narration):
    for segment in narration.segments:
        await library.clips.save(clip_of(segment))


def reworded(narration, *texts):
    paragraphs = (PARAGRAPHS[0], *(Paragraph(Kind.TEXT, text) for text in texts))
    article = replace(narration.article, paragraphs=paragraphs)
    new = write(article, OTHER_VOICE, lexicon=spoken.BUILT_IN, rate=1.5)
    return narration.revised(spec=new.spec, outcome=new.outcome)


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
    assert (await library.clips.order(old.segments[1].clip_id)).voice == VOICE.id
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
    assert (listed.edition, listed.last_finished) == (2, 1)


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


async def test_a_clip_recorded_from_many_sides_at_once_is_recorded(library):
    new = await added(library, narration())
    clip = clip_of(new.segments[0])
    await asyncio.gather(
        *(library.clips.save(clip) for _ in range(8)),
        *(library.clips.fail(new.segments[1].clip_id, TOO_SHORT) for _ in range(8)),
    )
    assert await library.clips.find(clip.id) == clip
    assert (await library.articles.get(new.id)).failed == (2,)


async def test_the_same_article_added_from_many_sides_at_once_is_there_once(library):
    adding = [library.articles.save([narration()]) for _ in range(8)]
    outcomes = await asyncio.gather(*adding, return_exceptions=True)
    assert sum(isinstance(error, AlreadyThere) for error in outcomes) == 7
    assert len(await library.articles.newest(limit=10)) == 1


async def test_what_is_deleted_or_was_never_there_is_not_found(library):
    new = await added(library, narration())
    await library.articles.delete(new.id)
    for asked in (
        library.articles.get(new.id),
        library.articles.delete(new.id),
        library.articles.save([new.revised(collections=("a",))]),
    ):
        with pytest.raises(NotFound):
            await asked


async def test_articles_of_another_lexicon_are_outdated(library):
    new = await added(library, narration())
    assert await library.articles.outdated(spoken.BUILT_IN.digest) == []
    assert await library.articles.outdated("other") == [new.id]


async def test_the_voice_that_was_asked_for_is_kept(library):
    new = narration()
    spoken_by = replace(new.outcome, voice="other:de", note=TOO_SHORT)
    kept = await added(library, replace(new, outcome=spoken_by))
    assert (kept.voice, kept.asked_voice, kept.note) == ("other:de", VOICE.id, TOO_SHORT)
    await library.articles.save([kept.revised(outcome=new.outcome)])
    kept = await library.articles.get(new.id)
    assert (kept.voice, kept.asked_voice, kept.note) == (VOICE.id, None, None)


async def test_news_are_due_until_they_are_sent(library):
    new, quiet = narration(), narration(PARAGRAPHS[0])
    await library.articles.save([new, quiet], announce=[new.id])
    outbox = library.outbox
    [(first, article_id)] = (await outbox.due()).items()
    assert article_id == new.id
    await outbox.announce(new.id)
    await outbox.sent(first)
    [(second, article_id)] = (await outbox.due()).items()
    assert (article_id, second == first) == (new.id, False)
    await library.articles.save([new.revised(collections=("a",))])
    assert await outbox.due() == {second: new.id}
    await outbox.sent(second)
    assert await outbox.due() == {}
    await library.articles.save([quiet.revised(collections=("a",))], announce=[quiet.id])
    assert list((await outbox.due()).values()) == [quiet.id]
    await library.articles.delete(quiet.id)
    assert await outbox.due() == {}


async def test_audio_is_in_use_while_an_article_uses_it_and_can_be_forgotten(library):
    new = await added(library, narration())
    clip = clip_of(new.segments[0])
    await library.clips.save(clip)
    assert await library.audio_use.used() == {clip.sha256}
    assert await library.audio_use.forget(clip.sha256) is False
    assert await library.clips.find(clip.id) == clip
    await library.articles.delete(new.id)
    assert await library.audio_use.used() == set()
    assert await library.audio_use.forget(clip.sha256) is True
    assert await library.clips.find(clip.id) is None


async def test_a_rendition_is_recorded_until_its_audio_is_forgotten(library):
    made = Rendition("etag.flac", 5 << 30, "cd" * 32)
    assert await library.renditions.find(made.id) is None
    await library.renditions.save(Rendition(made.id, 1, "ef" * 32))
    await library.renditions.save(made)
    assert await library.renditions.find(made.id) == made
    assert made.sha256 not in await library.audio_use.used()
    assert await library.audio_use.forget(made.sha256)
    assert await library.renditions.find(made.id) is None


async def test_a_token_is_found_by_its_hash_until_it_ends(library):
    kept = library.tokens
    token, secret = await kept.add("Telefon")
    other, _ = await kept.add("Küche")
    assert hashlib.sha256(secret.encode()).hexdigest() == token.digest
    assert await kept.find(token.digest) == token
    assert await kept.find(secret) is None
    far = datetime(2999, 1, 1, tzinfo=UTC)
    browser, _ = await kept.add("", parent=token.digest, expires_at=far)
    assert (await kept.find(browser.digest)).parent == token.digest
    assert await kept.tokens() == [token, other]
    for unknown in ("nothing", browser.id):
        with pytest.raises(NotFound):
            await kept.revoke(unknown)
    await kept.revoke(token.id)
    assert [await kept.find(one.digest) for one in (token, browser)] == [None, None]
    assert await kept.tokens() == [other]


async def test_what_has_expired_is_not_found(library):
    over, _ = await library.tokens.add("", parent="x", expires_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert await library.tokens.find(over.digest) is None
    await library.tokens.add("", parent="x")
    assert await library.tokens.find(over.digest) is None
