"""Pages that are cut, doubled and mis-nested: read as far as they go, or refused, never a crash."""

import random
import sys

import pytest

from service.errors import EmptyArticle, UnreadableSource
from service.reading import blocks, boxes, marks, read_html
from service.reading.text import letters
from service.reading.tree import parse_html
from tests.pages import PUBLISHERS, filled, publishers, shown

PAGES = [filled(PUBLISHERS / f"{name}.html") for name in publishers()[::6]]
SCRAPS = ["<", "</p>", "</div>", "<li>", "<h1>", "<s>", "<div hidden>", "<td colspan=99>",
          "<article>", "<a href=/x>", "<ol start=-3>", "<math><mfrac>", "<p>\x00", "&#xD800;", "$$",
          "<figure>", "</main>", "<details>", "<form><button>"]  # fmt: skip


def damaged(seed):
    """One of the pages, with pieces cut out, doubled, and tags put in where they do not belong.

    From a seed of our own: what hypothesis draws depends on the modules that are loaded.
    """
    chance = random.Random(seed)
    page = chance.choice(PAGES)
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(page))
        end = min(len(page), start + chance.randint(0, 400))
        piece = chance.choice(["", page[start:end] * 2, *SCRAPS])
        page = page[:start] + piece + page[end:]
    return page


@pytest.mark.parametrize("tens", range(30))
def test_a_damaged_page_is_read_or_refused_and_whatever_it_shows_is_told(tens):
    for seed in range(10 * tens, 10 * tens + 10):
        page = damaged(seed)
        try:
            article = read_html(page)
        except (EmptyArticle, UnreadableSource):
            continue
        told = [one.text for one in article.paragraphs] + [one.text for one in article.left_out]
        said = letters(" ".join(told))
        long = [letters(text) for text in shown(page) if len(text) > 80]
        assert [text for text in long if text not in said] == [], seed


@pytest.mark.parametrize(
    "piece",
    [
        "<p>Ein Satz steht hier.</p><div><img src=a><div>Am Kai</div></div>",
        "<p>Ein Satz steht hier.</p><div><h3><a href=/x>Mehr</a></h3><p>Kurz.</p></div>",
        "<p>Ein Satz.</p><div><form><p>Ja?</p><button>Ja</button><button>No</button></form></div>",
        "<p>Ein <span aria-hidden=true>x</span><s>a</s> Wort<br>steht hier</p>",
        "<p>Ein Satz.</p><ol><li><a href=/x>Ein Link</a></ol><article><a href=/x>M</a></article>",
    ],
)
def test_the_work_grows_with_the_page_and_no_faster(piece):
    few, many = (steps(piece * count) for count in (40, 160))
    assert many < 5 * few


def steps(body):
    """How many calls of functions it takes to read a page: a measure that no clock disturbs."""
    page = parse_html(f"<html><body><article><h1>Ein Titel</h1>{body}</article></body></html>")
    count = 0

    def tick(_frame, event, _argument):
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(tick)
    try:
        marks.without_marks(page)
        boxes.with_boxes(list(blocks.blocks(page)), page, title="Ein Titel")
    finally:
        sys.setprofile(before)
    return count
