"""When an article was published, its lead picture, and the language of foreign paragraphs."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Goes forward."""
    op.add_column("articles", sa.Column("published_at", sa.String(40)))
    op.add_column("articles", sa.Column("picture", sa.String))
    op.add_column("paragraphs", sa.Column("language", sa.String(35)))
