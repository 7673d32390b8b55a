"""How far each edition is, and each article, without counting clips whenever somebody asks."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_COUNT = """
UPDATE editions SET ready = c.ready, failed = c.failed, missing = c.missing, size = c.size
FROM (
    SELECT p.article_id, p.edition, COUNT(k.id) - COUNT(k.error) AS ready, COUNT(k.error) AS failed,
        COUNT(*) - COUNT(k.id) AS missing, COALESCE(SUM(k.size), 0) AS size
    FROM paragraphs p LEFT JOIN clips k ON k.id = p.clip_id
    GROUP BY p.article_id, p.edition
) AS c
WHERE editions.article_id = c.article_id AND editions.number = c.edition
"""
_JUDGE = """
UPDATE articles SET
    state = CASE
        WHEN e.missing = 0 AND e.failed = 0 THEN 'ready'
        WHEN e.missing = 0 THEN 'failed'
        WHEN e.ready + e.failed > 0 THEN 'speaking'
        ELSE 'queued'
    END,
    finished_edition = CASE
        WHEN e.missing = 0 AND e.failed = 0 THEN e.number
        ELSE (
            SELECT MAX(o.number) FROM editions o
            WHERE o.article_id = articles.id AND o.number < articles.edition
        )
    END
FROM editions e
WHERE e.article_id = articles.id AND e.number = articles.edition
"""


def upgrade() -> None:
    """Goes forward."""
    for name, kind in (
        ("ready", sa.Integer),
        ("failed", sa.Integer),
        ("missing", sa.Integer),
        ("size", sa.BigInteger),
    ):
        op.add_column("editions", sa.Column(name, kind, nullable=False, server_default="0"))
    op.add_column(
        "articles", sa.Column("state", sa.String(16), nullable=False, server_default="queued")
    )
    op.add_column("articles", sa.Column("finished_edition", sa.Integer))
    op.execute(_COUNT)
    op.execute(_JUDGE)
    _index()


def _index() -> None:
    op.create_index("articles_by_state", "articles", ["state", "created_at", "id"])
    is_finished, is_unfinished = sa.text("finished_edition IS NOT NULL"), sa.text("missing > 0")
    op.create_index(
        "articles_finished",
        "articles",
        ["created_at", "id"],
        sqlite_where=is_finished,
        postgresql_where=is_finished,
    )
    op.create_index(
        "editions_unfinished",
        "editions",
        ["article_id", "number"],
        sqlite_where=is_unfinished,
        postgresql_where=is_unfinished,
    )
