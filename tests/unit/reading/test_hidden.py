"""What nobody sees is not read, and what is for the ear is heard once."""

import pytest

from service.reading import read_html

TEXT = "<p>Das Moor liegt still, und der Wind geht über das Gras und die Gräben am Damm.</p>"


def read(markup, text=TEXT):
    return read_html(f"<html lang=de><body><article><h1>Moor</h1>{text}{markup}</article></body>")


def texts(article):
    return [one.text for one in article.paragraphs][2:]


def left_out(article):
    return {line.text: line.why for line in article.left_out}


@pytest.mark.parametrize("length", [1, 12])
@pytest.mark.parametrize(
    "markup",
    [
        "<p hidden>Niemand sieht es.</p>",
        "<div hidden><p>Niemand sieht es.</p></div>",
        "<p style='color:red; display: none'>Niemand sieht es.</p>",
        "<div class='d-none'><p>Niemand sieht es.</p></div>",
        "<div aria-hidden=true>Niemand sieht es.</div>",
        "<p>Der Kranich <span hidden>Niemand sieht es.</span> ruft.</p>",
    ],
)
def test_hidden_text_is_left_out_on_short_and_long_pages(markup, length):
    article = read(markup, TEXT * length)
    assert left_out(article) == {"Niemand sieht es.": "hidden on the page"}
    assert "Niemand" not in " ".join(texts(article))


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        (
            "Wertung: <i aria-hidden=true>★★★☆☆</i><i class=sr-only>drei von fünf Sternen</i>",
            "Wertung: drei von fünf Sternen",
        ),
        (
            "Am <b aria-hidden=true>3.5.</b><b class=visually-hidden>dritten Mai</b> taut es.",
            "Am dritten Mai taut es.",
        ),
        ("Sie sagt <span aria-hidden=true>leise</span>, es taut.", "Sie sagt leise, es taut."),
        (
            "Torf: <u class=sr-only>vorher</u> <s>9 Euro</s> <u class=sr-only>jetzt</u> 8 Euro.",
            "Torf: jetzt 8 Euro.",
        ),
        ("Der <del>alte</del> <ins>neue</ins> Damm hält.", "Der neue Damm hält."),
        ("Der Damm, <s>so hieß es</s>, hält.", "Der Damm, hält."),
        ("Es <span style='text-decoration:line-through'>regnet</span> taut.", "Es taut."),
        ("Torf &amp;amp; Heu f&amp;uuml;r 5&amp;nbsp;Euro.", "Torf & Heu für 5 Euro."),
        (
            "Der <a href=/x>Damm<span>(öffnet in neuem Fenster)</span></a> hält.",
            "Der Damm hält.",
        ),
        ("Der <a href=/x>Damm (externer Link)</a> hält.", "Der Damm hält."),
        ("Drei<span class='hidden md:block'>hundert</span> Gräben.", "Dreihundert Gräben."),
    ],
)
def test_a_line_is_read_as_it_is_meant(markup, line):
    assert texts(read(f"<p>{markup}</p>")) == [line]


def test_what_is_struck_out_is_named_line_by_line():
    article = read("<p>Der <del>alte</del> Damm <s>bricht</s> hält.</p>")
    assert left_out(article) == {"alte": "struck out", "bricht": "struck out"}


def test_a_strike_that_nobody_closed_does_not_strike_the_article_out():
    assert len(texts(read(f"<s>{TEXT}{TEXT}{TEXT}"))) == 3


def test_a_page_that_is_hidden_as_a_whole_is_read():
    page = (
        f"<html lang=de><body><div style='visibility:hidden'><h1>Moor</h1>{TEXT * 3}</div></body>"
    )
    assert len(read_html(page).paragraphs) == 4


@pytest.mark.parametrize(
    "markup",
    [
        "<button aria-controls=a>Wie tief?</button><div id=a hidden>{}</div>",
        "<h2><button aria-expanded=false>Wie tief?</button></h2><div hidden>{}</div>",
        "<div role=tabpanel hidden>{}</div>",
        "<details><summary>Wie tief?</summary>{}</details>",
    ],
)
def test_what_a_reader_can_open_is_read(markup):
    answer = "<p>An der tiefsten Stelle sind es gut drei Meter, sagt die Karte vom Amt.</p>"
    assert answer[3:-4] in texts(read(markup.format(answer) + TEXT))


def test_the_text_of_pictures_in_the_article_is_kept():
    article = read("<p><img src=a.jpg width=300 alt='Ein Kranich am Damm'></p>" + TEXT)
    assert left_out(article) == {"Ein Kranich am Damm": "picture"}
