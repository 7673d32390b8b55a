"""The house: stores, speaks once, streams in order, mends, retries, tells."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from unittest.mock import AsyncMock

import pytest

from service import spoken
from service.contracts import Urgency
from service.domain import WORDS, Article, Kind, Paragraph, State, Tally, Voice
from service.engines.catalogue import Catalogue
from service.errors import (
    AlreadyThere,
    ArticleTooLong,
    ClipDamaged,
    EngineFailed,
    EngineUnavailable,
    NotFound,
    SpeechError,
    StoreError,
    TrackIncomplete,
    UnknownVoice,
)
from service.messages import message
from service.narration.articles import Change
from service.narration.writing import LONGEST_PARAGRAPH
from service.store.audio import memory_store
from tests.fakes import ToneEngine, opened
from tests.waiting import MOST_S, eventually


def article(*texts):
    kinds = [Kind.TITLE] + [Kind.TEXT] * (len(texts) - 1)
    return Article(tuple(Paragraph(kind, text) for kind, text in zip(kinds, texts, strict=True)))


TEXTS = ("Der Titel", "Der erste Absatz.", "Der zweite Absatz.", "Der dritte Absatz.")


@asynccontextmanager
async def running(engine=None, **parts):
    house = opened(engine, **parts)
    task = asyncio.create_task(house.worker.run())
    try:
        yield house
    finally:
        await house.worker.stop()
        await asyncio.wait_for(task, MOST_S)


def awaited(house, clip_id):
    """Whether somebody waits for a clip that nobody makes yet."""
    return house.jobs.urgency(clip_id) is Urgency.AWAITED


async def heard(house, clip_id):
    """All of a clip, waited for."""
    return await house.listening.whole(await house.listening.clip(clip_id))


async def settled(house, article_id):
    async with asyncio.timeout(MOST_S):
        while True:
            narration = await house.articles.get(article_id)
            if narration.state in {State.READY, State.FAILED} and not narration.tally.speaking:
                return narration
            await asyncio.sleep(0.01)


async def test_an_article_is_spoken_in_order_and_its_stream_is_its_track():
    engine = ToneEngine()
    async with running(engine) as house:
        narration, is_new = await house.articles.post(article(*TEXTS))
        assert is_new
        streamed = b"".join([part async for part in house.listening.stream(narration)])
        narration = await settled(house, narration.id)
        assert narration.state is State.READY
        track = await house.listening.track(narration.id)
        tag = track.pieces[0].size
        assert await house.listening.read_slices([*track.slices(tag, track.size)]) == streamed
    assert engine.spoken == list(TEXTS)


async def test_the_same_article_is_there_already_and_spoken_once():
    engine = ToneEngine()
    async with running(engine, workers=2) as house:
        first, _ = await house.articles.post(article(*TEXTS))
        again, is_new = await house.articles.post(article(*TEXTS))
        assert (again.id, is_new) == (first.id, False)
        await settled(house, first.id)
        ids = {segment.clip_id for segment in first.segments}
        await asyncio.gather(*(heard(house, clip_id) for clip_id in ids for _ in range(10)))
    assert sorted(engine.spoken) == sorted(TEXTS)


async def test_ten_who_ask_at_once_cost_one_synthesis():
    engine = ToneEngine()
    house = opened(engine, workers=4)
    narration, _ = await house.articles.post(article(*TEXTS))
    waiting = [asyncio.create_task(heard(house, narration.segments[3].clip_id)) for _ in range(10)]
    await eventually(lambda: awaited(house, narration.segments[3].clip_id))
    task = asyncio.create_task(house.worker.run())
    assert len(set(await asyncio.gather(*waiting))) == 1
    await settled(house, narration.id)
    await house.worker.stop()
    await task
    assert engine.spoken.count(TEXTS[3]) == 1


async def test_what_a_listener_waits_for_is_made_first():
    engine = ToneEngine()
    house = opened(engine)
    narration, _ = await house.articles.post(article(*TEXTS))
    waiting = asyncio.create_task(house.listening.clip(narration.segments[3].clip_id))
    await eventually(lambda: awaited(house, narration.segments[3].clip_id))
    task = asyncio.create_task(house.worker.run())
    await waiting
    assert engine.spoken[0] == TEXTS[3]
    await house.worker.stop()
    await task


async def test_editing_one_paragraph_costs_one_clip():
    engine = ToneEngine()
    async with running(engine) as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        await settled(house, narration.id)
        changed = article(*TEXTS[:2], "Der zweite Absatz, nun anders.", TEXTS[3])
        edited = await house.articles.edit(narration.id, Change(article=changed))
        assert (edited.id, edited.created_at) == (narration.id, narration.created_at)
        await settled(house, narration.id)
    assert engine.spoken[len(TEXTS) :] == ["Der zweite Absatz, nun anders."]


async def test_an_article_at_another_rate_is_another_article_and_spoken_at_that_rate():
    engine = ToneEngine()
    async with running(engine) as house:
        plain, _ = await house.articles.post(article(*TEXTS))
        quick, is_new = await house.articles.post(article(*TEXTS), rate=2.0)
        assert is_new
        assert quick.rate == 2.0
        assert (await house.articles.post(article(*TEXTS), rate=2.0))[0].id == quick.id
        plain, quick = [await settled(house, one.id) for one in (plain, quick)]
        longer = [
            a.clip.size / b.clip.size for a, b in zip(plain.segments, quick.segments, strict=True)
        ]
        assert all(1.3 < ratio < 2.1 for ratio in longer)
        edited = await house.articles.edit(plain.id, Change(rate=0.5))
        assert (edited.id, edited.rate) == (plain.id, 0.5)
        assert (
            await house.articles.edit(plain.id, Change(article=article("Ein Titel")))
        ).rate == 0.5


async def test_the_fallback_voice_keeps_the_rate_that_was_asked_for():
    voices = Catalogue({"flaky": Flaky, "silence": ToneEngine}, default="flaky:de")
    async with running(voices=voices, fallback_voice="silence:de") as house:
        narration, _ = await house.articles.post(article(*TEXTS), rate=1.5)
        narration = await settled(house, narration.id)
    assert (narration.voice, narration.rate) == ("silence:de", 1.5)


async def test_a_voice_that_is_gone_by_now_is_replaced_by_the_fallback_voice():
    both = Catalogue({"second": Second, "silence": ToneEngine}, default="silence:de")
    idle = opened(voices=both)
    narration, _ = await idle.articles.post(article(*TEXTS), voice="second:de")
    left = Catalogue({"silence": ToneEngine})
    async with running(
        library=idle.library, audio=idle.audio, voices=left, fallback_voice="silence:de"
    ) as house:
        narration = await settled(house, narration.id)
        assert (narration.state, narration.voice) == (State.READY, "silence:de")
        assert "There is no voice second:de" in str(narration.note)
        assert (await house.articles.retry(narration.id)).voice == "silence:de"


async def test_a_fallback_voice_that_is_gone_too_fails_the_article_with_both_reasons():
    voices = Catalogue({"flaky": Flaky}, default="flaky:de")
    async with running(voices=voices, fallback_voice="silence:de") as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        narration = await settled(house, narration.id)
    assert narration.failed == (2, 3, 4)
    assert "Der Dienst antwortet nicht" in str(narration.segments[1].error)
    assert "VORLESER_FALLBACK_VOICE is no help: There is no voice" in str(
        narration.segments[1].error
    )


async def test_an_article_is_in_work_until_nothing_is_left_even_if_a_paragraph_failed():
    def fail(text):
        if text == TEXTS[0]:
            raise EngineFailed("engine-refused", error="kaputt")

    async with running(ToneEngine(before=fail)) as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        following = house.channels.subscribe(narration.id)
        states = []
        async for news in following:
            states.append(news.tally.state)
            if news.tally.is_settled:
                break
    assert states[-1] is State.FAILED
    assert set(states[:-1]) == {State.SPEAKING}


async def test_a_paragraph_that_cannot_be_spoken_fails_alone_and_can_be_tried_again():
    broken = True

    def fail(text):
        if broken and text == TEXTS[2]:
            raise EngineFailed("engine-refused", error="kaputt")

    async with running(ToneEngine(before=fail)) as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        narration = await settled(house, narration.id)
        assert narration.failed == (3,)
        assert narration.segments[2].error == message("engine-refused", error="kaputt")
        with pytest.raises(TrackIncomplete) as caught:
            await house.listening.track(narration.id)
        assert caught.value.failed == (3,)
        with pytest.raises(SpeechError, match="kaputt"):
            [part async for part in house.listening.stream(narration)]
        broken = False
        await house.articles.retry(narration.id)
        assert (await settled(house, narration.id)).state is State.READY


async def test_a_bug_in_an_engine_fails_the_paragraph_and_nothing_else():
    def trip(text):
        if text == TEXTS[1]:
            raise ZeroDivisionError

    async with running(ToneEngine(before=trip)) as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        assert (await settled(house, narration.id)).failed == (2,)


async def test_a_damaged_clip_is_made_again():
    engine = ToneEngine()
    async with running(engine) as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        narration = await settled(house, narration.id)
        clip = narration.segments[1].clip
        await house.audio.delete(clip.sha256)
        assert len(await heard(house, clip.id)) == clip.size
    assert engine.spoken.count(TEXTS[1]) == 2


async def test_work_left_by_an_earlier_process_is_finished_without_being_asked():
    idle = opened()
    narration, _ = await idle.articles.post(article(*TEXTS))
    async with running(library=idle.library, audio=idle.audio) as house:
        assert (await settled(house, narration.id)).state is State.READY


async def test_endless_paragraphs_are_broken_at_sentence_ends_and_nothing_is_lost():
    text = "Ein Satz, der sich wiederholt, bis niemand mehr zuhört. " * 400
    narration, _ = await opened().articles.post(article("Titel", text.strip()))
    parts = [segment.paragraph.text for segment in narration.segments[1:]]
    assert max(map(len, parts)) <= LONGEST_PARAGRAPH
    assert " ".join(parts) == text.strip()


async def test_too_long_an_article_and_an_unknown_voice_are_refused():
    house = opened(max_chars=10)
    with pytest.raises(ArticleTooLong, match="up to 10"):
        await house.articles.post(article(*TEXTS))
    with pytest.raises(UnknownVoice, match="silence:de"):
        await house.articles.post(article("Kurz"), voice="nobody:de")


async def test_an_unknown_clip_is_not_found():
    with pytest.raises(NotFound):
        await opened().listening.clip("0" * 32)


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


async def test_audio_that_is_lost_whenever_it_is_made_is_an_error_and_no_endless_loop():
    store = memory_store()
    store.get_range = AsyncMock(side_effect=ClipDamaged("audio-damaged", name="not there"))
    async with running(audio=store) as house:
        narration, _ = await house.articles.post(article("Der Titel"))
        with pytest.raises(StoreError, match="VORLESER_AUDIO_STORE"):
            await asyncio.wait_for(heard(house, narration.segments[0].clip_id), MOST_S)


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


async def test_asking_raises_the_urgency_of_what_comes_next():
    engine = ToneEngine()
    house = opened(engine)
    other, _ = await house.articles.post(article("Ein anderer Titel", "Ein anderer Text."))
    narration, _ = await house.articles.post(article(*TEXTS))
    stream = house.listening.stream(narration)
    first = asyncio.ensure_future(anext(stream))
    await eventually(lambda: awaited(house, narration.segments[0].clip_id))
    task = asyncio.create_task(house.worker.run())
    await first
    await settled(house, other.id)
    await house.worker.stop()
    await task
    assert engine.spoken[:4] == list(TEXTS)


async def test_a_changed_lexicon_speaks_only_the_paragraphs_anew_that_it_touches():
    engine = ToneEngine()
    async with running(engine) as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        await settled(house, narration.id)
        library, audio = house.library, house.audio
    changed = spoken.Lexicon(spoken.BUILT_IN.entries | {"zweite": "andere"})
    async with running(engine, library=library, audio=audio, lexicon=changed) as house:
        await house.rewriting.respell()
        respelled = await settled(house, narration.id)
    assert respelled.outcome.lexicon == changed.digest
    assert engine.spoken[len(TEXTS) :] == ["Der andere Absatz."]


class Flaky(ToneEngine):
    """An engine of another name that goes away after its first sentence."""

    name = "flaky"
    is_well = False

    def voices(self):
        return (Voice("flaky:de", "Flaky", "flaky", "de", "MIT", online=True),)

    def speak(self, text, *, voice):
        if self.spoken and not self.is_well:
            raise EngineUnavailable("engine-unopened", error="Der Dienst antwortet nicht.")
        return super().speak(text, voice="silence:de")


async def test_a_fallback_voice_speaks_the_whole_article_and_says_so():
    tones = ToneEngine()
    voices = Catalogue({"flaky": Flaky, "silence": lambda: tones}, default="flaky:de")
    async with running(voices=voices, fallback_voice="silence:de") as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        narration = await settled(house, narration.id)
        assert narration.state is State.READY
        assert narration.voice == "silence:de"
        assert "Der Dienst antwortet nicht" in str(narration.note)
        again, is_new = await house.articles.post(article(*TEXTS))
        assert (again.id, is_new) == (narration.id, False)
    assert sorted(tones.spoken) == sorted(TEXTS)


async def test_the_voice_that_was_asked_for_is_tried_again_when_asked_to():
    flaky = Flaky()
    voices = Catalogue({"flaky": lambda: flaky, "silence": ToneEngine}, default="flaky:de")
    async with running(voices=voices, fallback_voice="silence:de") as house:
        first, _ = await house.articles.post(article(*TEXTS))
        narration = await settled(house, first.id)
        assert (narration.voice, narration.asked_voice) == ("silence:de", "flaky:de")
        await house.articles.retry(first.id)
        narration = await settled(house, first.id)
        assert (narration.voice, narration.asked_voice) == ("silence:de", "flaky:de")
        flaky.is_well = True
        await house.articles.retry(first.id)
        narration = await settled(house, first.id)
        assert (narration.voice, narration.asked_voice) == ("flaky:de", None)
        assert (narration.state, narration.note) == (State.READY, None)
        again, is_new = await house.articles.post(article(*TEXTS))
        assert (again.id, is_new) == (first.id, False)


async def test_an_edit_stays_with_the_voice_that_speaks_and_knows_the_one_that_was_asked_for():
    voices = Catalogue({"flaky": Flaky, "silence": ToneEngine}, default="flaky:de")
    async with running(voices=voices, fallback_voice="silence:de") as house:
        first, _ = await house.articles.post(article(*TEXTS))
        await settled(house, first.id)
        await house.articles.edit(
            first.id, Change(article=article("Ein anderer Titel.", *TEXTS[1:]))
        )
        narration = await settled(house, first.id)
        assert (narration.voice, narration.asked_voice) == ("silence:de", "flaky:de")
        assert "Der Dienst antwortet nicht" in str(narration.note)
        narration = await house.articles.edit(first.id, Change(voice="silence:de"))
        assert (narration.note, narration.asked_voice) == (None, None)


async def test_a_clip_of_two_articles_falls_back_in_both():
    voices = Catalogue({"flaky": Flaky, "silence": ToneEngine}, default="flaky:de")
    async with running(voices=voices, fallback_voice="silence:de") as house:
        texts = [article("Derselbe Satz.", "Derselbe Satz.", f"Und {n}.") for n in ("eins", "zwei")]
        kept = await house.articles.post_all(texts)
        for narration, _ in kept:
            found = await settled(house, narration.id)
            assert (found.state, found.voice) == (State.READY, "silence:de")
            assert found.asked_voice == "flaky:de"


async def test_without_a_fallback_the_article_fails_with_the_reason():
    voices = Catalogue({"flaky": Flaky}, default="flaky:de")
    async with running(voices=voices) as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        narration = await settled(house, narration.id)
        assert narration.state is State.FAILED
        assert narration.voice == "flaky:de"
        assert "Der Dienst antwortet nicht" in str(narration.segments[1].error)


async def test_pruning_frees_only_what_no_article_uses(monkeypatch):
    monkeypatch.setattr("service.narration.pruning._JUST_NOW", timedelta(0))
    async with running() as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        await settled(house, narration.id)
        kept = await house.audio.files()
        assert await house.pruning.prune(0) == 0
        changed = article(TEXTS[0], "Ganz anders.")
        await house.articles.edit(narration.id, Change(article=changed))
        await settled(house, narration.id)
        assert await house.pruning.prune(sum(file.size for file in kept) * 2) == 0
        used = await house.library.audio_use.used()
        assert await house.pruning.prune(0) == sum(
            file.size for file in kept if file.name not in used
        )
        assert (await house.listening.track(narration.id)).size


async def test_pruning_spares_audio_that_came_into_use_meanwhile(monkeypatch):
    monkeypatch.setattr("service.narration.pruning._JUST_NOW", timedelta(0))
    async with running() as house:
        narration, _ = await house.articles.post(article(*TEXTS))
        await settled(house, narration.id)
        await house.articles.delete(narration.id)
        look = house.library.audio_use.used

        async def look_just_before_the_article_comes_back():
            found = await look()
            await house.articles.post(article(*TEXTS))
            return found

        monkeypatch.setattr(
            house.library.audio_use, "used", look_just_before_the_article_comes_back
        )
        assert await house.pruning.prune(0) == 0
        [narration] = await house.articles.newest(limit=2)
        assert (await house.listening.track(narration.id)).size


def page(*texts, name="zeitung.example https://zeitung.example/a"):
    return replace(article(*texts), page=name)


async def test_a_page_read_again_costs_only_what_has_changed():
    engine = ToneEngine()
    async with running(engine) as house:
        first, _ = await house.articles.post(page(*TEXTS))
        await settled(house, first.id)
        same, is_new = await house.articles.post(page(*TEXTS))
        assert (same.id, is_new) == (first.id, False)
        changed, is_new = await house.articles.post(page(*TEXTS[:3], "Neu.", "Und neuer."))
        assert (changed.id, is_new) == (first.id, False)
        assert changed.created_at == first.created_at
        await settled(house, first.id)
    assert engine.spoken[len(TEXTS) :] == ["Neu.", "Und neuer."]


class Second(ToneEngine):
    def voices(self):
        return (Voice("second:de", "Second", "second", "de", "MIT"),)

    def speak(self, text, *, voice):
        return super().speak(text, voice="silence:de")


async def test_a_page_in_another_voice_is_another_article_and_both_are_known_again():
    voices = Catalogue({"silence": ToneEngine, "second": Second}, default="silence:de")
    async with running(voices=voices) as house:
        first, _ = await house.articles.post(page(*TEXTS))
        edited = await house.articles.edit(first.id, Change(voice="second:de"))
        other, is_new = await house.articles.post(page(*TEXTS))
        assert is_new
        again, is_new = await house.articles.post(page(*TEXTS, "Neu."), voice="second:de")
        assert (again.id, is_new) == (edited.id, False)
        assert (await house.articles.post(page(*TEXTS, "Neu.")))[0].id == other.id


async def test_an_edited_text_is_not_overwritten_when_its_page_is_read_again():
    async with running(ToneEngine()) as house:
        first, _ = await house.articles.post(page(*TEXTS))
        await house.articles.edit(
            first.id, Change(article=article(*TEXTS[:2], "Von eigener Hand."))
        )
        again, is_new = await house.articles.post(page(*TEXTS))
        assert is_new
        kept = await house.articles.get(first.id)
        assert [segment.paragraph.text for segment in kept.segments][2] == "Von eigener Hand."
        assert again.id != first.id


async def test_a_page_with_another_article_by_now_overwrites_nothing():
    async with running(ToneEngine()) as house:
        monday, _ = await house.articles.post(page("Montag", "Es regnet."))
        tuesday, is_new = await house.articles.post(page("Dienstag", "Es schneit."))
        assert is_new
        assert (await house.articles.get(monday.id)).article.title == "Montag"
        later, is_new = await house.articles.post(page("Dienstag", "Es taut."))
        assert (later.id, is_new) == (tuesday.id, False)


async def test_an_edit_that_makes_two_articles_the_same_is_refused_and_changes_nothing():
    async with running(ToneEngine()) as house:
        await house.articles.post(article(*TEXTS))
        other, _ = await house.articles.post(article(*TEXTS[:2]))
        with pytest.raises(AlreadyThere):
            await house.articles.edit(other.id, Change(article=article(*TEXTS)))
        assert len((await house.articles.get(other.id)).segments) == 2
