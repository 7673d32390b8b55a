"""The numbers of items in numbered lists."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Goes forward."""
    op.add_column("paragraphs", sa.Column("list_number", sa.Integer()))
