"""What every library keeps."""

import asyncio
import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from service import spoken
from service.domain import (
    ONE_VOICE,
    Article,
    Choice,
    Kind,
    Paragraph,
    Place,
    Rendition,
    Role,
)
from service.errors import AlreadyThere, NotFound, VersionConflict
from service.narration.writing import Manner, write
from tests.contract.libraries import (
    OTHER_VOICE,
    PARAGRAPHS,
    TOO_SHORT,
    added,
    clip_of,
    narration,
    with_key,
)
from tests.fakes import VOICE


async def test_an_article_comes_back_as_it_went_in(library):
    new = narration(*PARAGRAPHS, Paragraph(Kind.TEXT, "Eins. [pause 2s] Zwei."), rate=0.75)
    assert await added(library, new) == new


async def test_a_cast_comes_back_as_it_went_in_and_each_clip_has_its_voice(library):
    paragraphs = (
        Paragraph(Kind.TITLE, "Titel"),
        Paragraph(Kind.TEXT, "Warum?", role=Role.QUESTION, speaker="SZ"),
        Paragraph(Kind.TEXT, "Darum.", role=Role.ANSWER, speaker="Anna Müller"),
    )
    cast = {"speaker:Müller": OTHER_VOICE, "language:en": OTHER_VOICE}
    quick = Manner(rate=1.5)
    new = write(Article(paragraphs), VOICE, lexicon=spoken.BUILT_IN, manner=quick, cast=cast)
    assert await added(library, new) == new
    kept = [await library.clips.ordered(one.clip_id) for one in new.segments]
    assert [(one.order.voice, one.order.rate) for one in kept] == [
        (VOICE.id, 1.5), (VOICE.id, 1.5), (OTHER_VOICE.id, 1.5),
    ]  # fmt: skip
    [listed] = await library.listings.listed(Choice(), limit=5)
    assert listed.cast == new.spec.cast == (await library.articles.find(new.spec)).spec.cast
    changed = new.revised(spec=replace(new.spec, cast=ONE_VOICE, key="another"))
    await library.articles.save([changed])
    assert (await library.articles.get(new.id)).spec.cast == ONE_VOICE


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


async def test_newest_first_page_by_page(library):
    ids = [
        (await added(library, narration(Paragraph(Kind.TITLE, f"Titel {n}"), minutes=n))).id
        for n in range(5)
    ]
    page = await library.listings.listed(Choice(), limit=2)
    assert [one.id for one in page] == [ids[4], ids[3]]
    rest = await library.listings.listed(Choice(), limit=9, after=Place(ids[3]))
    assert [one.id for one in rest] == [ids[2], ids[1], ids[0]]
    assert [one.id for one in await library.articles.newest(limit=2)] == [ids[4], ids[3]]


async def test_articles_are_found_by_their_collections(library):
    one, other, third = [
        await added(library, narration(Paragraph(Kind.TITLE, f"Titel {n}"), minutes=n))
        for n in range(3)
    ]
    await library.articles.save(
        [one.revised(collections=("a", "b")), third.revised(collections=("a",))]
    )
    assert (await library.articles.get(one.id)).collections == ("a", "b")
    in_a = Choice(collection="a")
    found = await library.listings.listed(in_a, limit=9)
    assert [each.id for each in found] == [third.id, one.id]
    assert [each.collections for each in found] == [("a",), ("a", "b")]
    assert await library.listings.listed(in_a, limit=9, after=Place(one.id)) == []
    found = await library.listings.listed(in_a, limit=1)
    assert [each.id for each in found] == [third.id]
    last = await library.articles.get(third.id)
    await library.articles.save([last.revised(collections=())])
    found = await library.listings.listed(in_a, limit=9)
    assert [each.id for each in found] == [one.id]
    assert (await library.articles.get(other.id)).collections == ()


async def test_a_new_article_is_stored_with_its_collections(library):
    new = replace(narration(), collections=("a", "b"))
    assert await added(library, new) == new
    await library.articles.delete(new.id)
    assert await library.listings.listed(Choice(collection="a"), limit=9) == []


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
