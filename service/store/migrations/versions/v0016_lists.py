"""What lists show and search finds, without reading every paragraph."""

import json

import sqlalchemy as sa
from alembic import op

from service.store import search

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_FTS = """
CREATE VIRTUAL TABLE texts_found USING fts5(
    words, content='texts', content_rowid='number', tokenize='unicode61 remove_diacritics 0'
)
"""
_NEW = "INSERT INTO texts_found (rowid, words) VALUES (new.number, new.words);"
_OLD = (
    "INSERT INTO texts_found (texts_found, rowid, words) VALUES ('delete', old.number, old.words);"
)
_TRIGGERS = {"INSERT": _NEW, "DELETE": _OLD, "UPDATE": _OLD + _NEW}


def upgrade() -> None:
    """Goes forward."""
    for name in ("title", "kinds"):
        op.add_column("editions", sa.Column(name, sa.String, nullable=False, server_default=""))
    for name in ("letters", "heads"):
        op.add_column("editions", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
    op.add_column(
        "paragraphs", sa.Column("letters", sa.Integer, nullable=False, server_default="0")
    )
    op.create_table(
        "texts",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column(
            "article_id",
            sa.String(32),
            sa.ForeignKey("articles.id", ondelete="CASCADE"),
            nullable=False,
            unique=True,
        ),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("words", sa.String, nullable=False),
    )
    _index()
    _fill()


def _index() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE INDEX texts_by_words ON texts "
            "USING gin (array_to_tsvector(string_to_array(words, ' ')))"
        )
        return
    op.execute(_FTS)
    for event, does in _TRIGGERS.items():
        op.execute(f"CREATE TRIGGER texts_{event} AFTER {event} ON texts BEGIN {does} END")


def _fill() -> None:
    """Writes what is new of the articles that are there."""
    db = op.get_bind()
    for edition in db.execute(sa.text("SELECT article_id, number, site FROM editions")).all():
        key = {"article_id": edition.article_id, "edition": edition.number}
        lines = db.execute(
            sa.text(
                "SELECT number, kind, text, sentences FROM paragraphs "
                "WHERE article_id = :article_id AND edition = :edition ORDER BY number"
            ),
            key,
        ).all()
        for line in lines:
            said = line.sentences
            said = json.loads(said) if isinstance(said, str) else said
            db.execute(
                sa.text(
                    "UPDATE paragraphs SET letters = :letters WHERE article_id = :article_id "
                    "AND edition = :edition AND number = :number"
                ),
                key | {"number": line.number, "letters": sum(len(one[1]) for one in said)},
            )
        told = search.outline([(line.kind, line.text) for line in lines])
        db.execute(
            sa.text(
                "UPDATE editions SET title = :title, kinds = :kinds, letters = :letters, "
                "heads = :heads WHERE article_id = :article_id AND number = :edition"
            ),
            key | told,
        )
        db.execute(
            sa.text("INSERT INTO texts (article_id, title, words) VALUES (:id, :title, :words)"),
            {"id": edition.article_id}
            | search.found_by([line.text for line in lines], edition.site),
        )
