"""What no article uses is freed."""

from datetime import timedelta

from service.narration.articles import Change
from tests.unit.narration.house import TEXTS, article, running, settled


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
