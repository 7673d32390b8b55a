"""Editions: what is heard of an article, as it is now and as it was last finished."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_PARAGRAPH = "kind, text, language, list_number, sentences, clip_id"


def _moved() -> list[sa.Column[Any]]:
    """What is an edition's, and was an article's."""
    return [
        sa.Column("voice", sa.String(200), nullable=False),
        sa.Column("rate", sa.Double, nullable=False, server_default="1"),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("byline", sa.String),
        sa.Column("site", sa.String),
        sa.Column("source_url", sa.String),
        sa.Column("published_at", sa.String(40)),
        sa.Column("picture", sa.String),
        sa.Column("page", sa.String),
        sa.Column("note", sa.String),
        sa.Column("asked_voice", sa.String(200)),
        sa.Column("lexicon", sa.String(16), nullable=False, server_default=""),
        sa.Column("left_out", sa.JSON, nullable=False),
    ]


def upgrade() -> None:
    """Goes forward."""
    op.create_table(
        "editions",
        sa.Column(
            "article_id",
            sa.String(32),
            sa.ForeignKey("articles.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        *_moved(),
    )
    names = ", ".join(column.name for column in _moved())
    op.execute(
        f"INSERT INTO editions (article_id, number, {names}) "  # noqa: S608 (our own names)
        f"SELECT id, edition, {names} FROM articles"
    )
    _move_paragraphs()
    for column in _moved():
        op.drop_column("articles", column.name)


def _move_paragraphs() -> None:
    """Into a table whose key has the edition."""
    op.rename_table("paragraphs", "paragraphs_before")
    op.drop_index("ix_paragraphs_clip_id")
    op.create_table(
        "paragraphs",
        sa.Column("article_id", sa.String(32), primary_key=True),
        sa.Column("edition", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("language", sa.String(35)),
        sa.Column("list_number", sa.Integer),
        sa.Column("sentences", sa.JSON, nullable=False),
        sa.Column("clip_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "edition"],
            ["editions.article_id", "editions.number"],
            ondelete="CASCADE",
        ),
    )
    op.execute(
        f"INSERT INTO paragraphs (article_id, edition, number, {_PARAGRAPH}) "  # noqa: S608
        "SELECT p.article_id, a.edition, p.number, "
        + ", ".join(f"p.{name.strip()}" for name in _PARAGRAPH.split(","))
        + " FROM paragraphs_before p JOIN articles a ON a.id = p.article_id"
    )
    op.drop_table("paragraphs_before")
    op.create_index("ix_paragraphs_clip_id", "paragraphs", ["clip_id"])
