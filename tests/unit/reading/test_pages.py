"""Twenty kinds of whole pages (tests/pages) become exactly their articles, word by word.

Beside each page stands what is expected of it: a line for every field, for every paragraph
(`kind (language) | text`, ⏎ for a break inside), for every line that is left out (`why | text`).
"""

import contextlib
import random
import re
from pathlib import Path

import pytest
from lxml import html as pages

from service.errors import EmptyArticle, UnreadableSource
from service.reading import read_file, read_html
from service.reading.charset import decode_page
from service.reading.text import letters

FOLDER = Path(__file__).parents[2] / "pages"
READABLE = """
    wordpress newspaper ticker interview blog wiki government broken english forum letter tables
    overlay recipe liveblog thread builder mailing diary cards newsletter authority
""".split()
FIELDS = "title byline site published_at language source_url picture".split()


def read(name):
    language = "en" if name == "english" else None
    return read_file(f"{name}.html", (FOLDER / f"{name}.html").read_bytes(), language=language)[0]


def told(article):
    """An article in the words of an expected file: fields, paragraphs, what is left out."""
    fields = [f"{name}: {getattr(article, name)}" for name in FIELDS]
    paragraphs = [
        f"{one.kind.value}{f' ({one.language})' if one.language else ''} | {one.text}".replace(
            "\n", " ⏎ "
        )
        for one in article.paragraphs
    ]
    return fields, paragraphs, [f"{line.why} | {line.text}" for line in article.left_out]


@pytest.mark.parametrize("name", READABLE)
def test_a_page_is_read_word_by_word(name):
    wanted = (FOLDER / f"{name}.txt").read_text("utf-8").strip().split("\n\n")
    for found, expected in zip(told(read(name)), wanted, strict=True):
        assert found == expected.split("\n")


@pytest.mark.parametrize("name", READABLE)
def test_every_word_that_a_page_shows_is_read_or_left_out_with_a_reason(name):
    page = pages.document_fromstring(decode_page((FOLDER / f"{name}.html").read_bytes()))
    article = read(name)
    parts = (*article.paragraphs, *article.left_out)
    said = letters(" ".join(part.text for part in parts))
    for element in list(page.iter("script", "style", "noscript", "head", "svg", "textarea")):
        element.drop_tree()
    shown = [text for text in map(letters, page.itertext()) if text]
    assert len(shown) >= 10
    assert [text for text in shown if text not in said] == []


PLAINER = {
    "class names": r"\s(class|id)=(\"[^\"]*\"|[^\s>]+)",
    "metadata": r"(?s)<meta[^>]*>|<script type=.application/ld.json.*?</script>",
    "line breaks": r"\s*\n\s*",
}


TOLD_BY_MARKS = {"builder", "thread"}  # what opens what is in ids; the title is in metadata


@pytest.mark.parametrize("name", [name for name in READABLE if name not in TOLD_BY_MARKS])
@pytest.mark.parametrize("without", PLAINER)
def test_no_paragraph_is_lost_on_a_page_without(without, name):
    page = decode_page((FOLDER / f"{name}.html").read_bytes())
    article = read_html(re.sub(PLAINER[without], "", page), language=read(name).language)
    found = {one.text.removesuffix("[Bearbeiten]") for one in article.paragraphs}
    assert {one.text for one in read(name).paragraphs} <= found


def test_a_page_that_a_script_fills_has_no_article_and_says_what_to_do():
    with pytest.raises(EmptyArticle, match=r"put there by a script.*paste it"):
        read("shell")


def test_a_page_that_a_script_fills_is_read_from_its_data_if_that_has_the_whole_text():
    wanted = (FOLDER / "data.txt").read_text("utf-8").strip().split("\n\n")
    for found, expected in zip(told(read("data")), wanted, strict=True):
        assert found == expected.split("\n")


def test_the_text_in_a_page_s_data_is_not_taken_from_behind_a_paywall():
    page = (FOLDER / "data.html").read_text("utf-8")
    closed = page.replace('"headline"', '"isAccessibleForFree": false, "headline"', 1)
    with pytest.raises(EmptyArticle, match="put there by a script"):
        read_html(closed)


def test_a_page_in_english_is_read_only_when_its_language_is_asked_for():
    page = (FOLDER / "english.html").read_text("utf-8")
    with pytest.raises(UnreadableSource, match=r"“en”.*`language`.*--language"):
        read_html(page)
    assert read_html(page, language="en-GB").language == "en-GB"


def test_a_page_whose_template_says_english_is_german_by_its_words():
    page = (FOLDER / "blog.html").read_text("utf-8").replace('lang="de"', 'lang="en"', 1)
    article = read_html(page)
    assert article.language == "de"
    assert article.paragraphs == read_html(page.replace('lang="en"', 'lang="de"', 1)).paragraphs


def test_whatever_is_broken_in_a_page_it_is_read_or_refused_but_never_a_crash():
    rng = random.Random(7)
    whole = (FOLDER / "blog.html").read_bytes()
    scraps = [b"<", b"</p>", b"<table><tr><td colspan=9999>", b"<li>", b"\0", b"&#xD800;", b"<h1>"]
    for _ in range(80):
        page = bytearray(whole)
        for _ in range(5):
            at = rng.randrange(len(page))
            page[at : at + rng.randrange(60)] = rng.choice(scraps)
        with contextlib.suppress(EmptyArticle, UnreadableSource):
            assert read_file("seite.html", bytes(page))[0].title
