"""News of articles that are still to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Goes forward."""
    op.add_column("articles", sa.Column("announcement", sa.String(32)))
    op.create_index("ix_articles_announcement", "articles", ["announcement"])
