"""Lists by title, without sorting all of them first.

SQLite alone: PostgreSQL's index takes no title of more than 2,700 bytes, and it sorts in no time.
"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Goes forward."""
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("texts_by_title", "texts", ["title", "article_id"])
