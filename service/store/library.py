"""The library: articles and what is known of their audio, in SQLite or PostgreSQL."""

from __future__ import annotations

from service.store.articles import SqlArticles
from service.store.clips import SqlClips
from service.store.collections import SqlCollections
from service.store.database import Database, open_database
from service.store.listings import SqlListings
from service.store.records import SqlAudioUse, SqlOutbox, SqlRenditions
from service.store.tokens import SqlTokens


async def open_library(url: str) -> SqlLibrary:
    """The library in the database at `url`, its tables up to date. Raises StoreError."""
    return SqlLibrary(await open_database(url))


class SqlLibrary:
    """The Protocol Library over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.articles = SqlArticles(database)
        self.listings = SqlListings(database)
        self.clips = SqlClips(database)
        self.renditions = SqlRenditions(database)
        self.audio_use = SqlAudioUse(database)
        self.outbox = SqlOutbox(database)
        self.collections = SqlCollections(database)
        self.tokens = SqlTokens(database)

    async def close(self) -> None:
        """Ends connections."""
        await self._database.close()
