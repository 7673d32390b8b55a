"""Several voices in one article; who asks and who answers in the interviews that are there."""

from itertools import groupby

import sqlalchemy as sa
from alembic import op

from service.domain import Kind, Paragraph
from service.reading.interviews import with_roles

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Goes forward."""
    op.add_column("editions", sa.Column("casting", sa.JSON))
    op.add_column("paragraphs", sa.Column("role", sa.String(16)))
    op.add_column("paragraphs", sa.Column("speaker", sa.String))
    op.add_column("paragraphs", sa.Column("voice", sa.String(200)))
    _fill()


def _fill() -> None:
    """Finds the interviews by their words: which lines were bold is not known any more."""
    db = op.get_bind()
    lines = db.execute(
        sa.text(
            "SELECT article_id, edition, number, kind, text FROM paragraphs "
            "ORDER BY article_id, edition, number"
        )
    ).all()
    for _, rows in groupby(lines, lambda line: (line.article_id, line.edition)):
        found = list(rows)
        told = with_roles([Paragraph(Kind(line.kind), line.text) for line in found])
        for line, paragraph in zip(found, told, strict=True):
            if paragraph.role or paragraph.speaker:
                db.execute(
                    sa.text(
                        "UPDATE paragraphs SET role = :role, speaker = :speaker WHERE "
                        "article_id = :article_id AND edition = :edition AND number = :number"
                    ),
                    {
                        "role": paragraph.role,
                        "speaker": paragraph.speaker,
                        "article_id": line.article_id,
                        "edition": line.edition,
                        "number": line.number,
                    },
                )
