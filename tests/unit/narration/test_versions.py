"""Whoever changes an article changes what is there now: nobody's change is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from service import spoken
from service.domain import Choice, Narration
from service.engines.catalogue import Catalogue
from service.errors import StoreError, VersionConflict
from service.narration.articles import Change
from service.narration.parts import Stores, wired
from service.narration.writing import Writer
from service.store.audio import memory_store
from service.store.library import SqlLibrary, open_library
from tests.fakes import ListJobs, MemoryLibrary, Opened, ToneEngine, opened
from tests.unit.narration.house import TEXTS, Flaky, Second, article, running, settled

BOTH = {"second": Second, "silence": ToneEngine}


def title_of(narration: Narration) -> str:
    return narration.article.title


class Slowly:
    """Holds the first rewriting of an article until `goes_on`, as a long text would."""

    def __init__(self, house: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.goes_on = asyncio.Event(), asyncio.Event()
        self._outcome = Writer.outcome
        monkeypatch.setattr(Writer, "outcome", self._slow())

    def _slow(self) -> Callable[..., object]:
        async def slow(writer: Writer, *arguments: object, **more: object) -> object:
            outcome = await self._outcome(writer, *arguments, **more)  # type: ignore[arg-type]
            if not self.begun.is_set():
                self.begun.set()
                await self.goes_on.wait()
            return outcome

        return slow


@asynccontextmanager
async def two_processes(database_url: str) -> AsyncIterator[tuple[Opened, Opened]]:
    """Two services on one database."""
    libraries = [await open_library(database_url) for _ in range(2)]
    audio, voices = memory_store(), Catalogue(BOTH, default="silence:de")
    yield tuple(_service(library, audio, voices) for library in libraries)  # type: ignore[misc]
    for library in libraries:
        await library.close()


def _service(library: SqlLibrary, audio: object, voices: Catalogue) -> Opened:
    stores = Stores(library, audio, ListJobs())  # type: ignore[arg-type]
    writer = Writer(voices, lexicon=spoken.BUILT_IN, max_chars=200_000)
    return Opened(wired(stores, writer=writer), library, stores.audio, stores.jobs)  # type: ignore[arg-type]


async def test_two_patches_at_once_are_both_there_afterwards() -> None:
    house = opened(voices=Catalogue(BOTH, default="silence:de"))
    first, _ = await house.articles.post(article(*TEXTS))
    for number in range(5):
        voice = "second:de" if number % 2 else "silence:de"
        await asyncio.gather(
            house.articles.edit(first.id, Change(title=f"Titel {number}")),
            house.articles.edit(first.id, Change(voice=voice)),
            house.articles.edit(first.id, Change(collections=[f"c{number}"])),
        )
        found = await house.articles.get(first.id)
        assert title_of(found) == f"Titel {number}"
        assert found.voice == voice
        assert found.collections == (f"c{number}",)


async def test_two_patches_at_once_from_two_processes_are_both_there(database_url: str) -> None:
    async with two_processes(database_url) as (one, other):
        first, _ = await one.articles.post(article(*TEXTS))
        for number in range(5):
            voice = "second:de" if number % 2 else "silence:de"
            await asyncio.gather(
                one.articles.edit(first.id, Change(title=f"Titel {number}")),
                other.articles.edit(first.id, Change(voice=voice)),
                other.articles.edit(first.id, Change(collections=[f"c{number}"])),
            )
            for each in (one, other):
                found = await each.articles.get(first.id)
                assert (title_of(found), found.voice) == (f"Titel {number}", voice)
                assert found.collections == (f"c{number}",)


async def test_an_edit_of_a_version_that_is_no_longer_the_newest_is_refused() -> None:
    house = opened()
    first, _ = await house.articles.post(article(*TEXTS))
    assert first.version == 1
    second = await house.articles.edit(first.id, Change(title="Neu"), version=1)
    assert second.version == 2
    with pytest.raises(VersionConflict):
        await house.articles.edit(first.id, Change(title="Alt"), version=1)
    assert title_of(await house.articles.get(first.id)) == "Neu"


async def test_of_two_edits_of_the_same_version_one_is_refused(
    monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    async with two_processes(database_url) as (one, other):
        first, _ = await one.articles.post(article(*TEXTS))
        slowly = Slowly(one, monkeypatch)
        late = asyncio.create_task(one.articles.edit(first.id, Change(title="Spät"), version=1))
        await slowly.begun.wait()
        await other.articles.edit(first.id, Change(title="Früh"), version=1)
        slowly.goes_on.set()
        with pytest.raises(VersionConflict):
            await late
        assert title_of(await one.articles.get(first.id)) == "Früh"


async def test_versions_count_changes_and_editions_those_that_are_heard() -> None:
    house = opened(voices=Catalogue(BOTH, default="silence:de"))
    first, _ = await house.articles.post(article(*TEXTS))
    assert (first.version, first.edition) == (1, 1)
    steps = [
        (Change(collections=["a"]), (2, 1)),
        (Change(collections=["a"]), (2, 1)),
        (Change(title="Ein anderer Titel"), (3, 2)),
        (Change(voice="second:de"), (4, 3)),
        (Change(rate=1.5, collections=[]), (5, 4)),
        (Change(rate=1.5), (5, 4)),
    ]
    for change, expected in steps:
        found = await house.articles.edit(first.id, change)
        assert (found.version, found.edition) == expected


async def test_a_patch_during_a_fallback_is_kept_and_the_fallback_speaks_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    voices = Catalogue({"flaky": Flaky, "silence": ToneEngine}, default="flaky:de")
    async with running(voices=voices, fallback_voice="silence:de") as house:
        first, _ = await house.articles.post(article(*TEXTS))
        slowly = Slowly(house, monkeypatch)
        await asyncio.wait_for(slowly.begun.wait(), 10)  # the fallback has read the article
        patched = opened(library=house.library, voices=voices)  # as another process would
        await patched.articles.edit(first.id, Change(title="Ein neuer Titel"))
        slowly.goes_on.set()
        found = await settled(house, first.id)
        assert title_of(found) == "Ein neuer Titel"
        assert (found.voice, found.asked_voice) == ("silence:de", "flaky:de")


async def test_a_voice_chosen_during_a_fallback_is_the_one_that_speaks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parts = {"flaky": Flaky, "silence": ToneEngine, "second": Second}
    voices = Catalogue(parts, default="flaky:de")
    async with running(voices=voices, fallback_voice="silence:de") as house:
        first, _ = await house.articles.post(article(*TEXTS))
        slowly = Slowly(house, monkeypatch)
        await asyncio.wait_for(slowly.begun.wait(), 10)
        patched = opened(library=house.library, voices=voices)
        await patched.articles.edit(first.id, Change(voice="second:de"))
        slowly.goes_on.set()
        await house.worker.asking.remind()
        found = await settled(house, first.id)
        assert (found.voice, found.note) == ("second:de", None)


async def test_a_patch_during_a_respelling_is_kept_and_spelled_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    library = MemoryLibrary()
    old = opened(library=library)
    first, _ = await old.articles.post(article(*TEXTS))
    changed = spoken.Lexicon(spoken.BUILT_IN.entries | {"zweite": "andere"})
    new = opened(library=library, lexicon=changed)
    slowly = Slowly(new, monkeypatch)
    respelling = asyncio.create_task(new.rewriting.respell())
    await slowly.begun.wait()
    await old.articles.edit(first.id, Change(title="Der zweite Titel"))
    slowly.goes_on.set()
    await respelling
    found = await new.articles.get(first.id)
    assert title_of(found) == "Der zweite Titel"
    assert found.segments[0].script.sentences[0].spoken == "Der andere Titel"
    assert found.outcome.lexicon == changed.digest


async def test_after_a_fallback_and_an_edit_the_same_text_posted_is_the_same_article() -> None:
    voices = Catalogue({"flaky": Flaky, "silence": ToneEngine}, default="flaky:de")
    async with running(voices=voices, fallback_voice="silence:de") as house:
        first, _ = await house.articles.post(article(*TEXTS))
        await settled(house, first.id)
        changed = article("Ein neuer Titel.", *TEXTS[1:])
        await house.articles.edit(first.id, Change(article=changed))
        again, is_new = await house.articles.post(changed)
        assert (again.id, is_new) == (first.id, False)
        assert again.voice == "silence:de"


async def test_an_edited_article_with_an_endless_paragraph_is_the_same_when_it_is_posted() -> None:
    house = opened()
    endless = "Ein Satz, der sich wiederholt, bis niemand mehr zuhört. " * 100
    first, _ = await house.articles.post(article("Titel", endless.strip()))
    await house.articles.edit(first.id, Change(title="Neuer Titel"))
    again, is_new = await house.articles.post(article("Neuer Titel", endless.strip()))
    assert (again.id, is_new) == (first.id, False)


async def test_all_chapters_of_a_book_are_kept_or_none(
    monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    chapters = [article(f"Kapitel {number}", "Ein Satz.") for number in range(5)]
    async with two_processes(database_url) as (house, _):
        await house.articles.post(chapters[3], collections=["einzeln"])
        stored = 0
        insert = "service.store.articles._add"

        async def fails(*arguments: object) -> None:
            nonlocal stored
            stored += 1
            if stored == 4:
                raise StoreError("library-unusable", error="disk I/O error")
            await add(*arguments)  # type: ignore[arg-type]

        from service.store.articles import _add as add

        with monkeypatch.context() as patch:
            patch.setattr(insert, fails)
            with pytest.raises(StoreError):
                await house.articles.post_all(chapters, collections=["buch"])
        [only] = await house.articles.newest(limit=9)
        assert only.collections == ("einzeln",)
        kept = await house.articles.post_all(chapters, collections=["buch"])
        assert [is_new for _, is_new in kept] == [True, True, True, False, True]
        assert len(await house.articles.listed(Choice(collection="buch"), limit=9)) == 5


async def test_a_book_posted_from_two_processes_at_once_is_there_once(database_url: str) -> None:
    chapters = [article(f"Kapitel {number}", "Ein Satz.") for number in range(5)]
    async with two_processes(database_url) as (one, other):
        posted = await asyncio.gather(
            one.articles.post_all(chapters, collections=["a"]),
            other.articles.post_all(chapters[::-1], collections=["b"]),
        )
        ids = [[narration.id for narration, _ in kept] for kept in posted]
        assert ids[0] == ids[1][::-1]
        found = await one.articles.newest(limit=9)
        assert [narration.collections for narration in found] == [("a", "b")] * 5
