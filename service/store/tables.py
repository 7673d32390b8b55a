"""The library's tables. A clip's row says that it was made, or why it could not be."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    DateTime,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    literal_column,
)

metadata = MetaData()
_SORTED = String(200).with_variant(String(200, collation="C"), "postgresql")  # letter by letter

articles = Table(
    "articles",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("version", Integer, nullable=False, server_default="1"),  # counts changes
    Column("edition", Integer, nullable=False, server_default="1"),  # … that are heard; the newest
    Column("state", String(16), nullable=False, server_default="queued"),  # of the newest
    Column("finished_edition", Integer),  # the one that listeners get
    Column("key", String(64), nullable=False, unique=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("page_key", String(64)),
    Column("sort_title", _SORTED, nullable=False, server_default=""),
    Column("announcement", String(32)),  # news of it that are to be sent
    Index("articles_by_age", "created_at", "id"),
    Index("articles_by_state", "state", "created_at", "id"),
    Index("articles_by_title", "sort_title", "id"),
    Index("articles_by_state_and_title", "state", "sort_title", "id"),
    Index("articles_by_page", "page_key", unique=True),
)


def _index_where(is_in_it: ColumnElement[bool], name: str, *columns: Column[Any]) -> None:
    Index(name, *columns, sqlite_where=is_in_it, postgresql_where=is_in_it)


_index_where(
    articles.c.finished_edition.is_not(None),
    "articles_finished",
    articles.c.created_at,
    articles.c.id,
    articles.c.finished_edition,
)
_index_where(
    articles.c.announcement.is_not(None),
    "articles_announced",
    articles.c.announcement,
    articles.c.id,
)

editions = Table(  # of an article the newest, and until it is finished the last that was
    "editions",
    metadata,
    Column(
        "article_id", String(32), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("voice", String(200), nullable=False),
    Column("rate", Double, nullable=False, server_default="1"),
    Column("extras", String(64), nullable=False, server_default=""),  # between blanks
    Column("language", String(16), nullable=False),
    Column("byline", String),
    Column("site", String),
    Column("source_url", String),
    Column("published_at", String(40)),
    Column("picture", String),
    Column("page", String),
    Column("note", String),
    Column("asked_voice", String(200)),  # where another one speaks
    Column("casting", JSON(none_as_null=True)),  # {part: voice}, of parts that it does not speak
    Column("lexicon", String(16), nullable=False, server_default=""),
    Column("left_out", JSON, nullable=False),  # [[text, why, values, behind], …]
    Column("title", String, nullable=False),
    Column("kinds", String, nullable=False),  # of the paragraphs, in order, between blanks
    Column("letters", Integer, nullable=False),  # UTF-16 units of all paragraphs
    Column("heads", Integer, nullable=False),  # … of title and headings
    Column("ready", Integer, nullable=False, server_default="0"),  # paragraphs
    Column("failed", Integer, nullable=False, server_default="0"),
    Column("missing", Integer, nullable=False, server_default="0"),  # … that are neither
    Column("size", BigInteger, nullable=False, server_default="0"),  # bytes of the clips made
    Column("unspoken", Integer, nullable=False, server_default="0"),  # letters without such clips
)
IS_UNFINISHED = editions.c.missing > literal_column("0")  # as the index has it
_index_where(
    IS_UNFINISHED,
    "editions_unfinished",
    editions.c.article_id,
    editions.c.number,
    editions.c.missing,
)

texts = Table(  # SQLite has an index of the words beside it, texts_found
    "texts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column(
        "article_id",
        String(32),
        ForeignKey("articles.id", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    ),
    Column("words", String, nullable=False),  # folded, each once, between blanks
)

collections = Table(
    "collections",
    metadata,
    Column(
        "article_id", String(32), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("name", String(64), primary_key=True),
    Column("created_at", DateTime(timezone=True), nullable=False),  # the article
    Index("collections_by_age", "name", "created_at", "article_id"),
)

collection_heads = Table(  # of those that were named or are books; others are called by name
    "collection_heads",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("is_book", Boolean, nullable=False),
)

paragraphs = Table(
    "paragraphs",
    metadata,
    Column("article_id", String(32), primary_key=True),
    Column("edition", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("text", String, nullable=False),
    Column("language", String(35)),
    Column("list_number", Integer),
    Column("role", String(16)),
    Column("speaker", String),
    Column("voice", String(200)),  # where it is not the article's
    Column("extra", String(16)),
    Column("letters", Integer, nullable=False),  # that are spoken
    Column("sentences", JSON, nullable=False),  # [[written, spoken, (pause in ms)], …]
    Column("clip_id", String(32), nullable=False, index=True),
    ForeignKeyConstraint(
        ["article_id", "edition"], ["editions.article_id", "editions.number"], ondelete="CASCADE"
    ),
)

renditions = Table(
    "renditions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),  # bytes
    Column("sha256", String(64), nullable=False),
)

clips = Table(
    "clips",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("size", Integer, nullable=False),  # bytes; 0 when it failed
    Column("sha256", String(64), nullable=False),
    Column("spans", JSON, nullable=False),  # [[start, end], …] in samples
    Column("words", JSON(none_as_null=True)),  # [[start, …], …] in samples, once they are known
    Column("error", String),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),  # SHA-256 of the secret
    Column("expires_at", DateTime(timezone=True)),
    Column("parent", String(64), index=True),  # digest of what a browser signed in with
)
