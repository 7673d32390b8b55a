"""The words of clips are found behind the sound, and are there for old clips too."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from structlog.testing import capture_logs

from service.domain import WORDS, Article, Clip, Kind, Narration, Paragraph, State
from service.narration import aligning
from service.sound.words import Alignment
from tests.fakes import Opened, opened
from tests.unit.narration.house import working
from tests.waiting import MOST_S, eventually

ARTICLE = Article(
    (
        Paragraph(Kind.TITLE, "Der Titel"),
        Paragraph(Kind.TEXT, "Um 11.13 Uhr war es still. Niemand sprach."),
        Paragraph(Kind.TEXT, "Das Ende."),
    )
)


@pytest.fixture
async def house() -> Opened:
    return opened()


def clips_of(house: Opened) -> list[Clip]:
    return [one for one in house.library.made.values() if isinstance(one, Clip)]


def is_told(house: Opened) -> bool:
    told = [clip_id for clip_id, news in house.jobs.published if news == WORDS]
    return len(told) == len(ARTICLE.paragraphs)


async def spoken(house: Opened) -> Narration:
    """The article, made and aligned."""
    made, _ = await house.articles.post(ARTICLE)
    await eventually(lambda: is_told(house))
    found: Narration = await house.articles.get(made.id)
    return found


def forget_words(house: Opened) -> None:
    """As in a library from before there were words."""
    house.library.made |= {one.id: replace(one, words=None) for one in clips_of(house)}


async def test_words_are_found_once_a_clip_is_ready_and_everyone_is_told(house: Opened) -> None:
    async with working(house):
        narration = await spoken(house)
    for segment in narration.segments:
        assert segment.clip
        assert segment.clip.words is not None
        said = [len(sentence.spoken.split()) for sentence in segment.script.sentences]
        assert [len(words) for words in segment.clip.words] == said
        news = [what for clip_id, what in house.jobs.published if clip_id == segment.clip_id]
        assert list(dict.fromkeys(news)) == [State.SPEAKING, State.READY, WORDS]


async def test_words_are_found_in_a_clip_that_was_made_before_its_article_was_kept(
    house: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = house.library.articles.save

    async def save_late(*narrations: Any, **options: Any) -> None:
        await eventually(lambda: State.READY in [news for _, news in house.jobs.published])
        await eventually(lambda: not house.worker.aligning._wanted)
        await save(*narrations, **options)

    monkeypatch.setattr(house.library.articles, "save", save_late)
    async with working(house):
        await eventually(lambda: house.articles.head_start._is_open)
        narration = await spoken(house)
    assert all(segment.clip and segment.clip.words for segment in narration.segments)


async def test_old_clips_are_aligned_when_they_are_asked_for(house: Opened) -> None:
    async with working(house):
        before = await spoken(house)
        forget_words(house)
        assert (await house.words.known(before.id))[1] == [None, None, None]
        narration, marks = await house.words.completed(before.id)
    assert narration == before
    assert [[one.start for one in paragraph] for paragraph in marks] == [
        [0, 4],
        [0, 3, 13, 17, 20, 27, 35],
        [0, 4],
    ]


async def test_what_cannot_be_aligned_has_no_words_and_the_rest_has(house: Opened) -> None:
    async with working(house):
        narration = await spoken(house)
        forget_words(house)
        assert narration.segments[1].clip
        await house.audio.delete(narration.segments[1].clip.sha256)
        with capture_logs() as logs:
            _, marks = await house.words.completed(narration.id)
    assert [paragraph is not None for paragraph in marks] == [True, False, True]
    missed = [entry for entry in logs if entry["event"] == "words are not found"]
    assert {(entry["log_level"], entry["clip"]) for entry in missed} == {
        ("warning", narration.segments[1].clip_id)  # once or, as it was asked for again, twice
    }


async def test_an_error_of_our_own_ends_nothing(
    house: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with working(house):
        narration = await spoken(house)
        forget_words(house)
        with monkeypatch.context() as patch:
            patch.setattr(aligning, "aligned", lambda *_: 1 / 0)
            assert (await house.words.completed(narration.id))[1] == [None, None, None]
        assert None not in (await house.words.completed(narration.id))[1]


async def test_a_clip_that_is_made_anew_meanwhile_is_aligned_as_it_is_now(
    house: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with working(house):
        narration = await spoken(house)
        clip = narration.segments[0].clip
        assert clip
        heard: list[str] = []

        def aligned(_script: object, asked: Clip, _content: bytes) -> object:
            heard.append(asked.sha256)
            if len(heard) == 1:
                house.library.made[clip.id] = anew
            return iter([Alignment((len(heard),), 0.0)])

        content = await house.audio.get_range(clip.sha256, start=0, end=clip.size)
        anew = replace(clip, sha256=await house.audio.put(content * 2), words=None)
        house.library.made[clip.id] = replace(clip, words=None)
        monkeypatch.setattr(aligning, "aligned", aligned)
        await house.words.completed(narration.id)
    assert heard == [clip.sha256, anew.sha256]
    assert house.library.made[clip.id] == replace(anew, words=((2,),))


class Held:
    """Stands in for `aligned`, and goes on when it is told to."""

    def __init__(self) -> None:
        self.clips: list[str] = []
        self.begun, self.go_on = Event(), Event()

    def __call__(self, _script: object, clip: Clip, _content: bytes) -> Iterator[Alignment]:
        self.clips.append(clip.id)
        for _ in clip.spans:
            self.begun.set()
            assert self.go_on.wait(MOST_S)
            yield Alignment((), 0.0)


async def test_clips_that_somebody_waits_for_come_first(
    house: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held()
    async with working(house):
        one, other, last = [segment.clip_id for segment in (await spoken(house)).segments]
        forget_words(house)
        monkeypatch.setattr(aligning, "aligned", held)
        house.worker.aligning.ask([one, other])
        await eventually(held.begun.is_set)
        house.worker.aligning.ask([last], is_awaited=True)
        held.go_on.set()
        await eventually(lambda: len(held.clips) == 3)
    assert held.clips == [one, last, other]


async def test_the_end_of_the_service_lets_everyone_go(
    house: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held()
    async with working(house):
        narration = await spoken(house)
        forget_words(house)
        monkeypatch.setattr(aligning, "aligned", held)
        waiting = asyncio.create_task(house.words.completed(narration.id))
        await eventually(held.begun.is_set)
        house.worker.aligning.stop()
        assert (await asyncio.wait_for(waiting, MOST_S))[1] == [None, None, None]
        held.go_on.set()
    assert held.clips == [narration.segments[0].clip_id]
    assert (await house.articles.get(narration.id)).segments[0].clip.words is None


async def test_the_doubt_in_each_sentence_is_logged_and_no_word_of_it(house: Opened) -> None:
    with capture_logs() as logs:
        async with working(house):
            narration = await spoken(house)
    told = [one for one in logs if one["event"] == "a sentence was aligned"]
    assert [(one["clip"], one["sentence"]) for one in told] == [
        (segment.clip_id, number)
        for segment in narration.segments
        for number in range(1, len(segment.script.sentences) + 1)
    ]
    assert all(one["log_level"] == "debug" and one["doubt"] >= 0 for one in told)
    assert "still" not in str(told)
