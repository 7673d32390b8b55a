"""What is read besides the text of an article, and which paragraphs that is."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Goes forward."""
    op.add_column("editions", sa.Column("extras", sa.String(64), nullable=False, server_default=""))
    op.add_column("paragraphs", sa.Column("extra", sa.String(16)))
