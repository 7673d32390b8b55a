"""Another voice speaks where the one that was asked for cannot."""

from service.domain import State
from service.engines.catalogue import Catalogue
from service.narration.articles import Change
from service.narration.writing import Manner
from tests.fakes import ToneEngine, opened
from tests.unit.narration.house import TEXTS, Flaky, Second, article, running, settled


async def test_the_fallback_voice_keeps_the_rate_that_was_asked_for():
    voices = Catalogue({"flaky": Flaky, "silence": ToneEngine}, default="flaky:de")
    async with running(voices=voices, fallback_voice="silence:de") as house:
        narration, _ = await house.articles.post(article(*TEXTS), manner=Manner(rate=1.5))
        narration = await settled(house, narration.id)
    assert (narration.voice, narration.rate) == ("silence:de", 1.5)


async def test_a_voice_that_is_gone_by_now_is_replaced_by_the_fallback_voice():
    both = Catalogue({"second": Second, "silence": ToneEngine}, default="silence:de")
    idle = opened(voices=both)
    narration, _ = await idle.articles.post(article(*TEXTS), manner=Manner("second:de"))
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
