"""A book becomes its chapters, in the order of its spine, and nothing of it is lost silently."""

import pytest

from service.domain import Kind
from service.errors import UnreadableSource
from service.reading import as_one, read_file
from tests.books import epub, nav, ncx, page

PROSE = "<p>Das Moor liegt still, und der Wind geht über das Gras und die Gräben. {}</p>"
COVER = page('<img src="c.jpg" alt=""/><p>Das Moorbuch</p>', more='epub:type="cover"')
IMPRINT = page(
    "<p>© 2024 Verlag am Siel</p><p>ISBN 978-3-00-000000-0. Alle Rechte vorbehalten.</p>"
)
ONE = page("<h1>1</h1><h2>Der Graben</h2>" + PROSE.format("Eins."), title="Eins")
TWO = page("<h2>Das Feuer</h2>" + PROSE.format("Zwei&nbsp;Tage &amp; mehr."))
LINKS = ('<a href="one.xhtml">1. Der Graben</a>', '<a href="two.xhtml">Das Feuer</a>')


def read(raw, **how):
    return read_file("buch.epub", raw, **how)


def texts(article):
    return [paragraph.text for paragraph in article.paragraphs]


def left_out(article):
    return {line.text: line.why for line in article.left_out}


def test_a_book_is_an_article_for_every_chapter_with_what_it_tells_of_itself():
    one, two = read(epub({"one.xhtml": ONE, "two.xhtml": TWO}, contents=nav(*LINKS)))
    assert texts(one) == [
        "1. Der Graben",
        "Das Moor liegt still, und der Wind geht über das Gras und die Gräben. Eins.",
    ]
    assert texts(two)[0] == "Das Feuer"
    assert texts(two)[1].endswith("Zwei Tage & mehr.")
    for chapter in (one, two):
        assert chapter.site == "Das Moorbuch"
        assert chapter.byline == "Geesche Onnen, Tamme Ulfers"
        assert (chapter.language, chapter.published_at) == ("de", "2024-09-30")
        assert chapter.paragraphs[0].kind is Kind.TITLE


def test_the_order_is_the_spines_and_titles_of_old_books_are_the_charts():
    chart = ncx(("Das Feuer", "two.xhtml"), ("Der Graben", "one.xhtml"))
    found = read(epub({"two.xhtml": TWO, "one.xhtml": ONE}, chart=chart))
    assert [chapter.title for chapter in found] == ["Das Feuer", "1. Der Graben"]


def test_without_contents_chapters_begin_at_pages_with_headings():
    more = page(PROSE.format("Es geht weiter."))
    found = read(epub({"one.xhtml": ONE, "more.xhtml": more, "two.xhtml": TWO}))
    assert [chapter.title for chapter in found] == ["1. Der Graben", "Das Feuer"]
    assert texts(found[0])[-1].endswith("Es geht weiter.")


@pytest.mark.parametrize("head", ["Zweites Kapitel", "Kapitel II", "2. Teil", "Der Sturm kommt"])
def test_without_contents_and_headings_a_page_begins_a_chapter_by_its_first_line(head):
    new = page(f"<div>{head}</div>" + PROSE.format("Und die Vögel ziehen in langen Ketten davon."))
    found = read(epub({"one.xhtml": ONE, "new.xhtml": new}))
    assert [chapter.title for chapter in found] == ["1. Der Graben", head]


@pytest.mark.parametrize(
    "stanza",
    [
        "<div class='stanza'>\n <p class='v'>Die Boote ziehn</p>\n <p>der Wind ruht</p></div>",
        "<div class='line-block'><div>Die Boote ziehn</div><div>der Wind ruht</div></div>",
        "<div epub:type='z3998:poem'><p>Die Boote ziehn</p><p>der Wind ruht</p></div>",
        "<p>Die Boote ziehn<br/>der Wind ruht</p>",
    ],
)
def test_the_lines_of_a_stanza_are_one_paragraph(stanza):
    song = page(f"<h1>Lied</h1>{PROSE.format('So klang es.')}{stanza}{PROSE.format('Dann nicht.')}")
    [found] = read(epub({"one.xhtml": song}))
    assert texts(found)[2] == "Die Boote ziehn\nder Wind ruht"
    assert len(found.paragraphs) == 4


def test_front_matter_is_left_out_with_its_reason():
    pages = {"cover.xhtml": COVER, "imp.xhtml": IMPRINT, "nav.xhtml": nav(*LINKS)}
    raw = epub(pages | {"one.xhtml": ONE, "two.xhtml": TWO}, contents=nav(*LINKS))
    found = read(raw)
    assert len(found) == 2
    assert left_out(found[0]) == {
        "Das Moorbuch": "cover",
        "© 2024 Verlag am Siel": "imprint",
        "ISBN 978-3-00-000000-0. Alle Rechte vorbehalten.": "imprint",
        "Inhalt": "table of contents",
        "1. Der Graben": "table of contents",
        "Das Feuer": "table of contents",
    }


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('<section epub:type="titlepage"><p>Das Moorbuch</p></section>', "title page"),
        ("<h1>Impressum</h1><p>Gesetzt aus der Aller.</p>", "imprint"),
        ("<h1>Personenregister</h1><p>Onnen, 12</p>", "index"),
        ("<p>Das Moorbuch</p><p>Roman</p><p>Verlag am Siel</p>", "title page"),
        (
            "<p><a href='one.xhtml'>Eins</a></p>" * 3,
            "table of contents",
        ),
    ],
)
def test_pages_that_are_no_text_are_known_by_type_title_or_looks(body, why):
    found = read(epub({"x.xhtml": page(body), "one.xhtml": ONE, "two.xhtml": TWO}))
    assert set(left_out(found[0]).values()) == {why}
    assert len(found) == 2


def test_old_guides_and_pages_outside_the_order_are_obeyed():
    guide = '<guide><reference type="copyright-page" href="a.xhtml"/></guide>'
    pages = {"a.xhtml": page("<p>Gesetzt in Leer.</p>"), "b.xhtml": page("<p>Beilage</p>")}
    raw = epub(pages | {"one.xhtml": ONE}, guide=guide, linear={"b.xhtml": "no"})
    assert left_out(read(raw)[0]) == {
        "Gesetzt in Leer.": "imprint",
        "Beilage": "outside the reading order",
    }


def test_several_chapters_in_one_file_are_cut_at_their_marks():
    body = (
        '<h2><a id="k1"/>Eins</h2>' + PROSE.format("A.") + '<section id="k2"><h2>Zwei</h2>'
        + PROSE.format("B.") + "</section>" + PROSE.format("Danach.")
    )  # fmt: skip
    links = ('<a href="all.xhtml#k1">Eins</a>', '<a href="all.xhtml#k2">Zwei</a>')
    one, two = read(epub({"all.xhtml": page(body)}, contents=nav(*links)))
    assert texts(one)[-1].endswith("A.")
    assert [text[-8:] for text in texts(two)] == ["Zwei", "äben. B.", " Danach."]


def test_a_parts_title_page_and_a_dedication_stand_before_the_next_chapter():
    links = (
        '<a href="part.xhtml">Erster Teil</a><ol><li><a href="one.xhtml">Der Graben</a></li></ol>',
        LINKS[1],
    )
    pages = {
        "for.xhtml": page("<p>Für Ocka</p>"),
        "part.xhtml": page("<h1>Erster Teil</h1>"),
        "one.xhtml": ONE,
        "two.xhtml": TWO,
    }
    one, two = read(epub(pages, contents=nav(*links)))
    assert texts(one)[:2] == ["Erster Teil. 1. Der Graben", "Für Ocka"]
    assert texts(two)[0] == "Das Feuer"


def test_a_title_that_is_no_heading_in_its_file_is_said_once():
    body = "<p class='calibre1'><b>Der Graben</b></p>" + PROSE.format("Eins.")
    one, _ = read(epub({"one.xhtml": page(body), "two.xhtml": TWO}, contents=nav(*LINKS)))
    assert texts(one)[0] == "1. Der Graben"
    assert len(texts(one)) == 2


def test_sections_in_a_chapters_own_file_are_its_headings():
    links = ('<a href="one.xhtml">Eins</a><ol><li><a href="one.xhtml#s">Abend</a></li></ol>',)
    body = "<h1>Eins</h1>" + PROSE + "<h2 id='s'>Abend</h2>" + PROSE
    [one, _] = read(
        epub({"one.xhtml": page(body), "two.xhtml": TWO}, contents=nav(*links, LINKS[1]))
    )
    assert [paragraph.kind.value for paragraph in one.paragraphs] == [
        "title", "text", "heading", "text",
    ]  # fmt: skip


def test_notes_captions_and_ornaments_are_left_out_and_foreign_words_keep_their_language():
    body = (
        "<h1>Eins</h1><p>Ein Satz<a epub:type='noteref' href='#n'>1</a> zum Lesen und Hören.</p>"
        "<p>* * *</p><blockquote xml:lang='en'><p>All quiet on the moor.</p></blockquote>"
        "<figure><img src='x.png' alt=''/><figcaption>Der Graben</figcaption></figure>"
        "<aside epub:type='footnote' id='n'><p>Oder zum Schweigen.</p></aside>"
        "<span epub:type='pagebreak' id='p7'>7</span>" + PROSE
    )
    [one] = read(epub({"one.xhtml": page(body)}))
    assert texts(one)[1:3] == ["Ein Satz zum Lesen und Hören.", "All quiet on the moor."]
    assert one.paragraphs[2].language == "en"
    assert left_out(one) == {
        "1": "footnote mark",
        "* * *": "separator",
        "Der Graben": "caption",
        "Oder zum Schweigen.": "footnote",
        "7": "page number",
    }


def test_a_page_that_is_missing_is_named():
    [one] = read(epub({"one.xhtml": ONE, "two.xhtml": TWO}, without="OEBPS/two.xhtml"))
    assert left_out(one) == {"OEBPS/two.xhtml": "missing from the book"}


def test_a_book_in_another_language_is_read_only_when_asked_for():
    english = "<p>The wind was on the moor and it was all that they had for the night.</p>" * 3
    raw = epub({"one.xhtml": page(f"<h1>The Moor</h1>{english}")}, language="en")
    with pytest.raises(UnreadableSource, match="not in German"):
        read(raw)
    assert read(raw, language="en")[0].language == "en"


def test_a_book_as_one_article_has_its_chapters_for_headings():
    whole = as_one(read(epub({"one.xhtml": ONE, "two.xhtml": TWO}, contents=nav(*LINKS))))
    assert [
        (one.kind.value, one.text) for one in whole.paragraphs if one.kind is not Kind.TEXT
    ] == [
        ("title", "Das Moorbuch"),
        ("heading", "1. Der Graben"),
        ("heading", "Das Feuer"),
    ]


def test_a_title_that_is_given_is_the_books():
    found = read(epub({"one.xhtml": ONE, "two.xhtml": TWO}), title="Moor")
    assert {chapter.site for chapter in found} == {"Moor"}


def test_a_book_that_names_no_title_has_its_files_name_for_it():
    pages = {
        f"{name}.xhtml": page(f"<h1>{name}</h1><p>Der Wind geht über das Moor und die Gräben.</p>")
        for name in ("Torf", "Gras")
    }
    found = read_file("Das_Moorbuch.epub", epub(pages, title=""))
    assert {one.site for one in found} == {"Das Moorbuch"}
    assert [one.title for one in found] == ["Torf", "Gras"]
