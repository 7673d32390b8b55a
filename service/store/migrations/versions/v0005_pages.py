"""The web page that an article was read from, so that it is known again."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Goes forward."""
    op.add_column("articles", sa.Column("page", sa.String))
    op.add_column("articles", sa.Column("page_key", sa.String(64)))
    op.create_index("articles_by_page", "articles", ["page_key"], unique=True)
