"""Which addresses are the same page."""

import pytest

from service.reading.address import known_as, normalized

ARTICLE = "https://www.zeitung.example/artikel?id=7"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (f"{ARTICLE}&utm_source=brief&utm_medium=mail", ARTICLE),
        ("https://www.zeitung.example/artikel?fbclid=abc&id=7&gclid=d", ARTICLE),
        (f" {ARTICLE}#kommentare ", ARTICLE),
        (f"{ARTICLE}#:~:text=Ein%20Satz", ARTICLE),
        ("HTTPS://WWW.Zeitung.Example:443/artikel?id=7", ARTICLE),
        ("https://zeitung.example?wt_mc=x.y", "https://zeitung.example/"),
        ("http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"),
    ],
)
def test_what_only_tells_where_the_reader_came_from_is_dropped(written, meant):
    assert normalized(written) == meant
    assert normalized(meant) == meant


@pytest.mark.parametrize(
    "address",
    [
        "https://zeitung.example/?cid=7",
        "https://zeitung.example/?ref=7&source=8&id=&p",
        "https://zeitung.example/Artikel/%C3%A4?b=1&a=2",
        "https://zeitung.example:8443/#/artikel/7",
        "https://zeitung.example/#!artikel",
    ],
)
def test_what_may_choose_the_article_stays(address):
    assert normalized(address) == address


def test_spellings_with_the_same_canonical_link_are_the_same_page():
    names = {
        known_as(fetched, canonical=canonical)
        for fetched, canonical in [
            (ARTICLE, None),
            (f"{ARTICLE}&page=all", ARTICLE),
            ("https://m.zeitung.example/kurz/7", f"{ARTICLE}&utm_source=m"),
            ("https://zeitung.example/amp/artikel", ARTICLE),
            ("https://www.zeitung.example/a/b", "/artikel?id=7"),
        ]
    }
    assert [address for address, _ in names] == [ARTICLE]


@pytest.mark.parametrize(
    "canonical", ["/", "https://www.zeitung.example", "http://[kaputt", "mailto:a"]
)
def test_a_canonical_link_that_cannot_be_meant_is_not_believed(canonical):
    assert known_as(ARTICLE, canonical=canonical) == known_as(ARTICLE, canonical=None)


def test_a_page_cannot_pass_for_one_of_another_site():
    _, real = known_as(ARTICLE, canonical=ARTICLE)
    _, false = known_as("https://falsch.example/a", canonical=ARTICLE)
    assert real != false
