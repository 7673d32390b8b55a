"""How far each edition is, and each article, without counting clips whenever somebody asks."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_COUNT = """
UPDATE editions SET
    ready = c.ready, failed = c.failed, missing = c.missing, size = c.size, unspoken = c.unspoken
FROM (
    SELECT p.article_id, p.edition, COUNT(k.id) - COUNT(k.error) AS ready, COUNT(k.error) AS failed,
        COUNT(*) - COUNT(k.id) AS missing, COALESCE(SUM(k.size), 0) AS size,
        SUM(CASE WHEN k.size > 0 THEN 0 ELSE p.letters END) AS unspoken
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


_DATE = """
INSERT INTO collections (article_id, name, created_at)
SELECT c.article_id, c.name, a.created_at
FROM collections_before c JOIN articles a ON a.id = c.article_id
"""
_TITLE = """
UPDATE articles SET sort_title = COALESCE(
    (SELECT SUBSTR(t.title, 1, 200) FROM texts t WHERE t.article_id = articles.id), ''
)
"""
_INDEXES = (
    ("articles_by_state", "articles", ["state", "created_at", "id"], None),
    ("articles_by_title", "articles", ["sort_title", "id"], None),
    ("articles_by_state_and_title", "articles", ["state", "sort_title", "id"], None),
    (
        "articles_finished",
        "articles",
        ["created_at", "id", "finished_edition"],
        "finished_edition IS NOT NULL",
    ),
    ("articles_announced", "articles", ["announcement", "id"], "announcement IS NOT NULL"),
    ("editions_unfinished", "editions", ["article_id", "number", "missing"], "missing > 0"),
    ("collections_by_age", "collections", ["name", "created_at", "article_id"], None),
)


def upgrade() -> None:
    """Goes forward."""
    for name in ("ready", "failed", "missing", "unspoken"):
        op.add_column("editions", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
    op.add_column("editions", sa.Column("size", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column(
        "articles", sa.Column("state", sa.String(16), nullable=False, server_default="queued")
    )
    op.add_column("articles", sa.Column("finished_edition", sa.Integer))
    _move_titles()
    _date_collections()
    op.execute(_COUNT)
    op.execute(_JUDGE)
    op.drop_index("ix_articles_announcement")
    for index, table, columns, where in _INDEXES:
        is_in_it = None if where is None else sa.text(where)
        op.create_index(index, table, columns, sqlite_where=is_in_it, postgresql_where=is_in_it)


def _move_titles() -> None:
    """What lists are sorted by stands beside the state that they show."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    kind = sa.String(200) if is_sqlite else sa.String(200, collation="C")
    op.add_column("articles", sa.Column("sort_title", kind, nullable=False, server_default=""))
    op.execute(_TITLE)
    if is_sqlite:
        op.drop_index("texts_by_title")
    op.drop_column("texts", "title")


def _date_collections() -> None:
    """Has collections know how old their articles are: they show them in that order."""
    op.rename_table("collections", "collections_before")
    op.drop_index("ix_collections_name")
    op.create_table(
        "collections",
        sa.Column(
            "article_id",
            sa.String(32),
            sa.ForeignKey("articles.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.execute(_DATE)
    op.drop_table("collections_before")
