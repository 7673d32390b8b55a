"""Forty-eight small pages beside the repository, each of one kind that was read wrongly.

Their `.txt` tell byline and paragraphs; whatever else they show is left out with a reason.
"""

import pytest

from service.reading.text import letters
from tests.pages import SHARED, read_page, shared_names, shown, wanted


@pytest.mark.parametrize("name", shared_names())
def test_a_page_of_this_kind_is_read_as_its_article_and_no_more(name):
    article = read_page(SHARED / f"{name}.html")
    byline, paragraphs = wanted(SHARED / f"{name}.txt")
    assert [f"{one.kind.value} | {one.text}" for one in article.paragraphs] == paragraphs
    assert article.byline == byline


@pytest.mark.parametrize("name", shared_names())
def test_whatever_else_it_shows_is_left_out_with_a_reason(name):
    article = read_page(SHARED / f"{name}.html")
    said = letters(" ".join(one.text for one in (*article.paragraphs, *article.left_out)))
    assert [text for text in shown(SHARED / f"{name}.html") if letters(text) not in said] == []
