"""The voice that was asked for, while another one speaks instead."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Goes forward."""
    op.add_column("articles", sa.Column("asked_voice", sa.String(200)))
