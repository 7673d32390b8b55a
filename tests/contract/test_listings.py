"""What lists and feeds show of every library, and what a search finds in it."""

from dataclasses import replace

import pytest

from service.domain import Choice, Kind, Paragraph, Place, Sort, State
from service.sound.track import assemble, listed
from tests.contract.libraries import (
    PARAGRAPHS,
    TOO_SHORT,
    added,
    bare,
    clip_of,
    finish,
    narration,
    reworded,
)

MIXED = (
    *PARAGRAPHS,
    Paragraph(Kind.HEADING, "Überschrift 𝕏"),
    Paragraph(Kind.LIST_ITEM, "Eins."),
    Paragraph(Kind.LIST_ITEM, "Zwei."),
    Paragraph(
        Kind.TEXT, "Schluss mit ziemlich vielen Worten. Und noch einem Satz. Und noch einem."
    ),
)


async def titles(library, **choice):
    found = await library.listings.listed(Choice(**choice), limit=99)
    return [one.article.title for one in found]


async def with_text(library, *texts, minutes=0, site=None):
    new = narration(*(Paragraph(Kind.TITLE, text) for text in texts), minutes=minutes)
    article = replace(new.article, site=site)
    return await added(library, replace(new, spec=replace(new.spec, article=article)))


async def test_a_list_shows_what_the_articles_tell_however_far_they_are(library):
    first = await added(library, replace(narration(*MIXED, rate=1.25), collections=("a", "b")))
    second = await added(library, narration(*MIXED[:4], minutes=1))
    for number, segment in enumerate(first.segments):
        expected = [bare(await library.articles.get(one.id)) for one in (second, first)]
        assert await library.listings.listed(Choice(), limit=9) == expected
        if number == 2:
            await library.clips.fail(segment.clip_id, TOO_SHORT)
        else:
            await library.clips.save(clip_of(segment))
    assert await library.listings.listed(Choice(), limit=0) == []


async def test_a_list_shows_the_newest_edition_and_a_feed_the_last_finished_one(library):
    first = await added(library, narration(*MIXED))
    assert await library.listings.episodes(limit=9) == []
    await finish(library, first)
    before = await library.articles.get(first.id)
    [episode] = await library.listings.episodes(limit=9)
    assert episode == replace(listed(before), size=assemble(before).size)
    await library.articles.save([reworded(before, "Neu.", "Noch neuer.")])
    [shown] = await library.listings.listed(Choice(), limit=9)
    assert shown == bare(await library.articles.get(first.id))
    assert (shown.edition, shown.finished_edition) == (2, 1)
    [kept] = await library.listings.episodes(limit=9)
    assert kept == replace(episode, version=2)
    await finish(library, await library.articles.get(first.id))
    [now] = await library.listings.episodes(limit=9)
    after = await library.articles.get(first.id)
    assert now == replace(listed(after), size=assemble(after).size)


async def test_episodes_come_page_by_page_and_by_collection(library):
    made = [
        replace(narration(Paragraph(Kind.TITLE, f"Titel {n}"), minutes=n), collections=names)
        for n, names in enumerate([("a",), (), ("a",), ("a",)])
    ]
    for one in made[:3]:
        await finish(library, await added(library, one))
    await added(library, made[3])
    ids = [one.id for one in made]
    assert [one.id for one in await library.listings.episodes(limit=2)] == [ids[2], ids[1]]
    assert [one.id for one in await library.listings.episodes(limit=2, offset=2)] == [ids[0]]
    found = await library.listings.episodes(limit=9, collection="a")
    assert [one.id for one in found] == [ids[2], ids[0]]
    assert [one.size for one in found] == [
        assemble(await library.articles.get(one.id)).size for one in found
    ]


@pytest.mark.parametrize(
    "asked",
    [
        "Bäcker",
        "baecker",
        "BACKER",
        "bäck schlie",
        "schließt",
        "SCHLIESST",
        "strase",
        "cafe",
        "Café",
        "nordpost",
        "e mail",
        "E-Mail",
        "3000",
        "zwei mail",
        "Bäcker in der Straße",
        "'backer\" OR NOT (",
        "   ",
        "!?",
    ],
)
async def test_all_words_are_found_as_prefixes_however_they_are_written(library, asked):
    text = "Der Bäcker schließt", "In der Strasse, im Café: E-Mail um 3000", "Zwei Wörter. Or not."
    await with_text(library, *text, site="Nordpost")
    if asked == "strase":
        assert await titles(library, text=asked) == []
    else:
        assert await titles(library, text=asked) == ["Der Bäcker schließt"]


@pytest.mark.parametrize("asked", ["äcker", "Bäckerei", "Bäcker Metzger", "schließen", "mailt"])
async def test_neither_parts_nor_stems_nor_some_of_the_words_are_found(library, asked):
    await with_text(library, "Der Bäcker schließt", "E-Mail.")
    assert await titles(library, text=asked) == []


async def test_a_search_finds_what_articles_say_now(library):
    first = await with_text(library, "Der Titel", "Ein Walfisch.")
    await with_text(library, "Titel zwei", "Ein Walross.", minutes=1)
    assert await titles(library, text="wal") == ["Titel zwei", "Der Titel"]
    await library.articles.save([reworded(first, "Ein Hai.")])
    assert await titles(library, text="walfisch") == []
    assert await titles(library, text="hai") == ["Der Titel"]
    await library.articles.delete(first.id)
    assert await titles(library, text="hai") == []
    assert await titles(library, text="walross") == ["Titel zwei"]


async def test_lists_are_chosen_by_state_as_the_articles_tell_it(library):
    made = [
        await added(
            library,
            narration(
                Paragraph(Kind.TITLE, f"Titel {n}"), Paragraph(Kind.TEXT, f"Satz {n}."), minutes=n
            ),
        )
        for n in range(5)
    ]
    clips = [[segment.clip_id for segment in one.segments] for one in made]
    await library.clips.save(clip_of(made[1].segments[0]))
    for segment in made[2].segments:
        await library.clips.save(clip_of(segment))
    await library.clips.save(clip_of(made[3].segments[0]))
    await library.clips.fail(clips[3][1], TOO_SHORT)
    speaking = {clips[4][0]}
    for state, numbers in {
        State.QUEUED: [0],
        State.SPEAKING: [4, 1],
        State.READY: [2],
        State.FAILED: [3],
    }.items():
        choice = Choice(state=state)
        found = await library.listings.listed(choice, limit=9, speaking=speaking)
        assert [one.id for one in found] == [made[n].id for n in numbers]
        assert {one.tally.state for one in found} == {state}


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.NEWEST, ["apfel", "Zug", "Ära", "Bär", "Apfel"]),
        (Sort.OLDEST, ["Apfel", "Bär", "Ära", "Zug", "apfel"]),
        (Sort.TITLE, ["Apfel", "apfel", "Ära", "Bär", "Zug"]),
    ],
)
async def test_lists_are_sorted_and_come_page_by_page(library, sort, expected):
    for minutes, title in enumerate(["Apfel", "Bär", "Ära", "Zug", "apfel"]):
        await with_text(library, title, minutes=minutes)
    assert [one.lower() for one in await titles(library, sort=sort)] == [
        one.lower() for one in expected
    ]
    whole = await library.listings.listed(Choice(sort=sort), limit=9)
    place, found = None, []
    while page := await library.listings.listed(Choice(sort=sort), limit=2, after=place):
        found += page
        place = Place(page[-1].id)
    assert found == whole


@pytest.mark.parametrize("sort", Sort)
async def test_a_list_goes_on_where_an_article_was_that_is_gone_by_now(library, sort):
    for minutes, title in enumerate(["Apfel", "Bär", "Ära", "Zug", "Ast"]):
        await with_text(library, title, minutes=minutes)
    whole = await library.listings.listed(Choice(sort=sort), limit=9)
    last = whole[1]
    await library.articles.delete(last.id)
    place = Place(last.id, last.created_at, last.article.title)
    rest = await library.listings.listed(Choice(sort=sort), limit=9, after=place)
    assert [one.id for one in rest] == [one.id for one in whole[2:]]
