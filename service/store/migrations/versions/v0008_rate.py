"""The pace at which an article's voice speaks."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Goes forward."""
    op.add_column("articles", sa.Column("rate", sa.Double, nullable=False, server_default="1"))
