"""What every library keeps of collections."""

import asyncio
from dataclasses import replace

import pytest

from service.domain import ArticleCollection
from service.errors import AlreadyThere, NotFound
from tests.contract.libraries import added, narration


async def test_collections_are_those_that_are_titled_and_those_that_articles_name(library):
    await added(library, replace(narration(), collections=("aerzte", "politik")))
    await library.collections.add(ArticleCollection("politik", "Zur Politik"))
    await library.collections.add(ArticleCollection("leer", "Ärger", is_book=True))
    assert await library.collections.collections() == [
        ArticleCollection("leer", "Ärger", is_book=True),
        ArticleCollection("aerzte", "aerzte", 1),
        ArticleCollection("politik", "Zur Politik", 1),
    ]
    assert (await library.collections.get("aerzte")).size == 1
    with pytest.raises(NotFound):
        await library.collections.get("fehlt")
    with pytest.raises(AlreadyThere) as caught:
        await library.collections.add(ArticleCollection("politik", "Noch einmal"))
    assert caught.value.message.params == {"collection": "Zur Politik"}


async def test_renaming_changes_the_title_alone(library):
    one = await added(library, replace(narration(), collections=("a",)))
    for title in ("Neu", "Ganz neu"):
        assert await library.collections.rename("a", title) == ArticleCollection("a", title, 1)
        assert await library.collections.get("a") == ArticleCollection("a", title, 1)
    assert await library.articles.get(one.id) == one
    with pytest.raises(NotFound):
        await library.collections.rename("fehlt", "Neu")


@pytest.mark.parametrize("is_titled", [True, False])
async def test_of_many_who_rename_a_collection_at_once_one_is_the_last(library, is_titled):
    await added(library, replace(narration(), collections=("a",)))
    if is_titled:
        await library.collections.add(ArticleCollection("a", "A"))
    titles = [f"Titel {number}" for number in range(8)]
    await asyncio.gather(*(library.collections.rename("a", title) for title in titles))
    assert (await library.collections.get("a")).title in titles


async def test_a_collection_that_is_deleted_leaves_its_articles(library):
    one = await added(library, replace(narration(), collections=("a", "b")))
    await library.collections.add(ArticleCollection("a", "A"))
    await library.collections.delete("a")
    left = await library.articles.get(one.id)
    assert (left.collections, left.version, left.edition) == (("b",), one.version + 1, one.edition)
    assert [found.name for found in await library.collections.collections()] == ["b"]
    for name in ("a", "fehlt"):
        with pytest.raises(NotFound):
            await library.collections.delete(name)
