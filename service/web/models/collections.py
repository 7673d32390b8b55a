"""Collections of articles."""

from __future__ import annotations

from typing_extensions import TypedDict

from service.web.models.describing import described

_COLLECTION = {
    "name": "dorf",
    "title": "Aus dem Dorf",
    "articles": 12,
    "is_book": False,
    "feed": "https://vorleser.example/feeds/dorf.xml",
}


@described(**_COLLECTION)
class Collection(TypedDict):
    """Articles under a name; a book has its chapters."""

    name: str
    """Stands in its addresses, and stays."""
    title: str
    articles: int
    """How many it has."""
    is_book: bool
    feed: str
    """Address of its podcast feed."""


@described(collections=[_COLLECTION])
class CollectionList(TypedDict):
    """All collections, in the order of their titles."""

    collections: list[Collection]
