"""Versions of articles: whoever replaces one names the version that it was made of."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Goes forward."""
    for name in ("version", "edition"):
        op.add_column("articles", sa.Column(name, sa.Integer, nullable=False, server_default="1"))
