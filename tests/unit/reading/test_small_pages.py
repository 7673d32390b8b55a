"""Small pages, each of one kind: those beside the repository, and some in publishers' shapes.

Their `.txt` tell byline and paragraphs; whatever else they show is left out with a reason.
"""

import pytest

from service.reading.text import letters
from tests.pages import (
    PUBLISHERS,
    SHARED,
    filled,
    publishers,
    read_page,
    shared_names,
    shown,
    wanted,
)

PAGES = [
    *(pytest.param(SHARED, *one.values, marks=one.marks) if hasattr(one, "marks") else (SHARED, one)
      for one in shared_names()),
    *((PUBLISHERS, name) for name in publishers()),
]  # fmt: skip


@pytest.mark.parametrize(("folder", "name"), PAGES)
def test_a_page_of_this_kind_is_its_article_and_no_more(folder, name):
    article = read_page(folder / f"{name}.html")
    byline, paragraphs = wanted(folder / f"{name}.txt")
    told = [f"{one.kind.value} | {one.text}".replace("\n", " ⏎ ") for one in article.paragraphs]
    assert told == paragraphs
    assert article.byline == byline


@pytest.mark.parametrize(("folder", "name"), PAGES)
def test_whatever_else_it_shows_is_left_out_with_a_reason(folder, name):
    article = read_page(folder / f"{name}.html")
    said = letters(" ".join(one.text for one in (*article.paragraphs, *article.left_out)))
    lost = [text for text in shown(filled(folder / f"{name}.html")) if letters(text) not in said]
    assert [text for text in lost if text not in RAISED] == []


RAISED = {"3"}  # is read as a raised letter
