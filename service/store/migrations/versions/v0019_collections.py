"""Titles of collections, and which of them are books."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

# Chapters have the book's title for their site and no address; all else is a list of somebody's.
_BOOKS = """
INSERT INTO collection_heads (name, title, is_book)
SELECT c.name, SUBSTR(MIN(e.site), 1, 200), :is_book
FROM collections c
JOIN articles a ON a.id = c.article_id
JOIN editions e ON e.article_id = a.id AND e.number = a.edition
GROUP BY c.name
HAVING COUNT(*) > 1 AND COUNT(e.site) = COUNT(*) AND COUNT(e.source_url) = 0
    AND MIN(e.site) = MAX(e.site)
"""


def upgrade() -> None:
    """Goes forward."""
    op.create_table(
        "collection_heads",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("is_book", sa.Boolean, nullable=False),
    )
    op.get_bind().execute(sa.text(_BOOKS), {"is_book": True})
