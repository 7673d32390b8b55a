"""Articles, their paragraphs, and what is known of each clip."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Goes forward."""
    op.create_table(
        "articles",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voice", sa.String(200), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("byline", sa.String),
        sa.Column("site", sa.String),
        sa.Column("source_url", sa.String),
        sa.Column("note", sa.String),
        sa.Column("left_out", sa.JSON, nullable=False),
    )
    op.create_index("articles_by_age", "articles", ["created_at", "id"])
    op.create_table(
        "paragraphs",
        sa.Column(
            "article_id",
            sa.String(32),
            sa.ForeignKey("articles.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("sentences", sa.JSON, nullable=False),
        sa.Column("clip_id", sa.String(32), nullable=False),
    )
    op.create_index("ix_paragraphs_clip_id", "paragraphs", ["clip_id"])
    op.create_table(
        "clips",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("spans", sa.JSON, nullable=False),
        sa.Column("error", sa.String),
    )
