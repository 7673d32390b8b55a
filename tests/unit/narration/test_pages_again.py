"""A page that is read again, and an article that was edited meanwhile."""

from dataclasses import replace

import pytest

from service.engines.catalogue import Catalogue
from service.errors import (
    AlreadyThere,
)
from service.narration.articles import Change
from service.narration.writing import Manner
from tests.fakes import ToneEngine
from tests.unit.narration.house import TEXTS, Second, article, running, settled


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


async def test_a_page_in_another_voice_is_another_article_and_both_are_known_again():
    voices = Catalogue({"silence": ToneEngine, "second": Second}, default="silence:de")
    async with running(voices=voices) as house:
        first, _ = await house.articles.post(page(*TEXTS))
        edited = await house.articles.edit(first.id, Change(voice="second:de"))
        other, is_new = await house.articles.post(page(*TEXTS))
        assert is_new
        again, is_new = await house.articles.post(page(*TEXTS, "Neu."), manner=Manner("second:de"))
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
