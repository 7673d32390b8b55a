"""What lists show and search finds, without reading every paragraph."""

import json
import re
import unicodedata
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_FTS = """
CREATE VIRTUAL TABLE texts_found USING fts5(
    words, content='texts', content_rowid='number', tokenize='unicode61 remove_diacritics 0'
)
"""
_NEW = "INSERT INTO texts_found (rowid, words) VALUES (new.number, new.words);"
_OLD = (
    "INSERT INTO texts_found (texts_found, rowid, words) VALUES ('delete', old.number, old.words);"
)
_TRIGGERS = {"INSERT": _NEW, "DELETE": _OLD, "UPDATE": _OLD + _NEW}


def upgrade() -> None:
    """Goes forward."""
    for name in ("title", "kinds"):
        op.add_column("editions", sa.Column(name, sa.String, nullable=False, server_default=""))
    for name in ("letters", "heads"):
        op.add_column("editions", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
    op.add_column(
        "paragraphs", sa.Column("letters", sa.Integer, nullable=False, server_default="0")
    )
    op.create_table(
        "texts",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column(
            "article_id",
            sa.String(32),
            sa.ForeignKey("articles.id", ondelete="CASCADE"),
            nullable=False,
            unique=True,
        ),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("words", sa.String, nullable=False),
    )
    _index()
    _fill()


def _index() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE INDEX texts_by_words ON texts "
            "USING gin (array_to_tsvector(string_to_array(words, ' ')))"
        )
        return
    op.execute(_FTS)
    for event, does in _TRIGGERS.items():
        op.execute(f"CREATE TRIGGER texts_{event} AFTER {event} ON texts BEGIN {does} END")


def _fill() -> None:
    """Writes what is new of the articles that are there."""
    db = op.get_bind()
    for edition in db.execute(sa.text("SELECT article_id, number, site FROM editions")).all():
        key = {"article_id": edition.article_id, "edition": edition.number}
        lines = db.execute(
            sa.text(
                "SELECT number, kind, text, sentences FROM paragraphs "
                "WHERE article_id = :article_id AND edition = :edition ORDER BY number"
            ),
            key,
        ).all()
        for line in lines:
            said = line.sentences
            said = json.loads(said) if isinstance(said, str) else said
            db.execute(
                sa.text(
                    "UPDATE paragraphs SET letters = :letters WHERE article_id = :article_id "
                    "AND edition = :edition AND number = :number"
                ),
                key | {"number": line.number, "letters": sum(len(one[1]) for one in said)},
            )
        told = _outline([(line.kind, line.text) for line in lines])
        db.execute(
            sa.text(
                "UPDATE editions SET title = :title, kinds = :kinds, letters = :letters, "
                "heads = :heads WHERE article_id = :article_id AND number = :edition"
            ),
            key | told,
        )
        db.execute(
            sa.text("INSERT INTO texts (article_id, title, words) VALUES (:id, :title, :words)"),
            {"id": edition.article_id} | _found_by([line.text for line in lines], edition.site),
        )


def _outline(lines: list[Any]) -> dict[str, object]:
    """What lists show of paragraphs, given their kinds and texts."""
    heads = [text for kind, text in lines if kind in {"title", "heading"}]
    return {
        "title": lines[0][1],
        "kinds": " ".join(kind for kind, _ in lines),
        "letters": sum(_units(text) for _, text in lines),
        "heads": sum(map(_units, heads)),
    }


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2


def _found_by(paragraphs: list[str], site: str | None) -> dict[str, object]:
    text = "\n".join([*paragraphs, site or ""])
    return {
        "title": " ".join(_words(paragraphs[0])),
        "words": " ".join(_words(text)[:40_000]),
    }


def _words(text: str) -> list[str]:
    """The words of a text, folded: each once, in order."""
    letters = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    folded = re.sub(r"(?<=[aou])e+", "", bare.casefold())
    return list(dict.fromkeys(word[:64] for word in re.findall(r"[^\W_]+", folded)))
