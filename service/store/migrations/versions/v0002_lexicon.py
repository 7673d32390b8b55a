"""The lexicon that an article's scripts were written with."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Goes forward."""
    column = sa.Column("lexicon", sa.String(16), nullable=False, server_default="")
    op.add_column("articles", column)
