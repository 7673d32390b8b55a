"""Search: all words, each as a prefix; case, accents and the ways to write umlauts do not count.

Words are folded here, so that SQLite and PostgreSQL find the same by their indexes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from sqlalchemy import ColumnElement, cast, column, func, literal, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from service.domain import Kind
from service.store.tables import articles, texts

_WORD = re.compile(r"[^\W_]+")
_E_OF_UMLAUT = re.compile(r"(?<=[aou])e+")  # “Bäcker”, “Baecker”, “Backer”
_LONGEST_WORD, _MOST_WORDS = 64, 40_000  # PostgreSQL indexes 1 MB of an article
_LONGEST_TITLE = 200  # … and 2,700 bytes of what it sorts

_found = table("texts_found", column("rowid"), column("texts_found"))  # SQLite's FTS5


def words(text: str) -> list[str]:
    """The words of a text, folded: each once, in order."""
    letters = unicodedata.normalize("NFKD", text)
    bare = (letter for letter in letters if not unicodedata.combining(letter))
    folded = _E_OF_UMLAUT.sub("", "".join(bare).casefold())
    return list(dict.fromkeys(word[:_LONGEST_WORD] for word in _WORD.findall(folded)))


def sorted_by(title: str) -> str:
    """What titles are compared by."""
    return " ".join(words(title))[:_LONGEST_TITLE]


def found_by(paragraphs: Sequence[str], site: str | None) -> str:
    """What an article is found by."""
    return " ".join(words("\n".join([*paragraphs, site or ""]))[:_MOST_WORDS])


def outline(paragraphs: Sequence[tuple[str, str]]) -> dict[str, object]:
    """What lists need to know of the paragraphs of an edition, given their kinds and texts."""
    heads = [text for kind, text in paragraphs if kind in {Kind.TITLE, Kind.HEADING}]
    return {
        "title": paragraphs[0][1],
        "kinds": " ".join(str(kind) for kind, _ in paragraphs),
        "letters": sum(_units(text) for _, text in paragraphs),
        "heads": sum(map(_units, heads)),
    }


def _units(text: str) -> int:
    """Length in UTF-16, as tags have it."""
    return len(text.encode("utf-16-le", "replace")) // 2


def has_words(text: str, *, is_shared: bool) -> ColumnElement[bool]:
    """Whether an article has words that begin with each of these."""
    asked = words(text)
    if is_shared:
        lexemes = func.array_to_tsvector(func.string_to_array(texts.c.words, " "))
        wanted = " & ".join(f"'{word}':*" for word in asked)
        is_found = lexemes.bool_op("@@")(cast(literal(wanted), TSQUERY))
    else:
        wanted = " ".join(f'"{word}"*' for word in asked)
        rows = select(_found.c.rowid).where(_found.c.texts_found.op("MATCH")(literal(wanted)))
        is_found = texts.c.number.in_(rows)
    return articles.c.id.in_(select(texts.c.article_id).where(is_found))
