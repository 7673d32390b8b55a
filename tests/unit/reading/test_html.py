"""What a page's marks and places mean, one at a time."""

import pytest

from service.domain import Kind
from service.errors import EmptyArticle
from service.reading import read_html

PROSE = (
    "<p>Das Moor liegt still, und der Wind geht über das Gras und die Gräben.</p>"
    "<p>Am Abend kommen die Kraniche, und auf dem Damm stehen die Leute und sehen zu.</p>"
)


def read(body, head=""):
    return read_html(f"<html lang=de><head>{head}</head><body>{body}</body></html>")


def texts(article, kind=None):
    return [one.text for one in article.paragraphs if kind in {None, one.kind}]


def left_out(article):
    return {line.text: line.why for line in article.left_out}


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("Ein Satz, der<br>umbrochen ist.", ["Ein Satz, der\numbrochen ist."]),
        ("Ein Satz.<br>Noch einer.", ["Ein Satz.", "Noch einer."]),
        ("Ein Absatz<br><br>Noch einer", ["Ein Absatz", "Noch einer"]),
        ("Die Preise:<br>- Torf: 3 Euro<br>- Heu: 4 Euro", ["Die Preise:", "Torf: 3 Euro",
                                                            "Heu: 4 Euro"]),
        ("<b>Zum Schluss</b><br>Es regnet.", ["Zum Schluss", "Es regnet."]),
        ("20 m<sup>2</sup>, 10<sup>-3</sup>, CO<sub>2</sub>", ["20 m², 10⁻³, CO2"]),
        ("Er rief <q>Halt</q> und lief.", ["Er rief „Halt“ und lief."]),
        ("Donau&shy;dampfer<wbr>fahrt", ["Donaudampferfahrt"]),
        ("Text<span hidden>verborgen</span> weiter.", ["Text weiter."]),
        ("Wort<sup><a href='#n'>[3]</a></sup>, das", ["Wort, das"]),
        ("Siehe <a href='#a'>Kapitel 3</a>, bitte.", ["Siehe Kapitel 3, bitte."]),
        ("&#150; ein Strich &#x80; 5", ["– ein Strich € 5"]),
    ],
)  # fmt: skip
def test_the_marks_in_a_line_are_understood(markup, lines):
    assert texts(read(f"<h1>T</h1>{PROSE}<p>{markup}</p>{PROSE}"))[3:-2] == lines


def test_a_heading_with_a_break_is_one():
    article = read(f"<h1>Kapitel 1<br>Das Moor</h1>{PROSE}")
    assert article.title == "Kapitel 1 Das Moor"


def test_a_first_sentence_that_names_the_agency_is_no_byline():
    article = read(
        "<article><h1>Feuer im Moor</h1><p><b>Ellern (dpa) – Das Moor brennt seit gestern.</b></p>"
        f"<p>Von dpa</p>{PROSE}</article>",
        '<meta name="author" content="dpa">',
    )
    assert texts(article)[1] == "Ellern (dpa) – Das Moor brennt seit gestern."
    assert left_out(article) == {"Von dpa": "byline"}


@pytest.mark.parametrize(
    "place", ["<div id=header>{}</div>", "<div>{}</div>", "<header>{}</header>"]
)
def test_the_name_of_the_site_in_a_large_heading_is_not_the_headline(place):
    name = place.format("<h1>Gemeinde Süderholm</h1>")
    head = "<title>Rede zur Eröffnung der Bücherei – Gemeinde Süderholm</title>"
    article = read(f"{name}<div><h2>Rede zur Eröffnung der Bücherei</h2>{PROSE}</div>", head)
    assert article.title == "Rede zur Eröffnung der Bücherei"
    assert article.site == "Gemeinde Süderholm"
    assert "Gemeinde Süderholm" in left_out(article)


def test_a_smaller_heading_right_below_the_headline_is_read():
    article = read(f"<h1>Das Moor</h1><h3>Was ich am Graben über Geduld lernte</h3>{PROSE}")
    assert texts(article, Kind.HEADING) == ["Was ich am Graben über Geduld lernte"]


def test_what_follows_the_heading_of_the_comments_is_theirs():
    comment = "<p>Das habe ich auch so erlebt, und zwar damals mit meiner Großmutter am Damm.</p>"
    article = read(
        f"<div><div><h1>Moor</h1>{PROSE}</div><div><h4>Kommentare</h4>{comment}</div></div>"
    )
    assert len(article.paragraphs) == 3
    assert set(left_out(article).values()) == {"comments"}


@pytest.mark.parametrize(
    ("head", "site"),
    [
        ("<title>Das Moor | Torfpost</title>", "Torfpost"),
        ("<title>Torfpost – Das Moor</title>", "Torfpost"),
        ("<title>Das Moor - Natur - Torfpost</title>", "Torfpost"),
        ("<title>Mitteilung Nr. 4 | Gemeinde</title>", None),
        ('<title>Das Moor | Natur</title><meta property="og:site_name" content="TP">', "TP"),
    ],
)
def test_the_site_is_what_stands_beside_the_headline_in_the_title(head, site):
    assert read(f"<h1>Das Moor</h1>{PROSE}", head).site == site


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("2026-03-12T08:30:00+01:00", "2026-03-12T08:30:00+01:00"),
        ("2026-03-12T08:30:00.123Z", "2026-03-12T08:30:00+00:00"),
        ("2026-03-12T08:30:00+0100", "2026-03-12T08:30:00+01:00"),
        ("2026-03-12 08:30", "2026-03-12"),
        ("2026-03-12", "2026-03-12"),
        ("2026-13-40", None),
        ("gestern", None),
    ],
)
def test_the_date_is_a_day_or_a_moment_with_its_zone(told, moment):
    head = f'<meta property="article:published_time" content="{told}">'
    assert read(f"<h1>Das Moor</h1>{PROSE}", head).published_at == moment


@pytest.mark.parametrize(
    "data",
    [
        "{", "[]", "null", '{"@type": "Article"}', '{"@type": ["Article"], "author": [null, {}]}',
        '{"@type": "Article", "image": [], "headline": 5, "publisher": "x"}', "[" * 3000,
        '{"@graph": [{"@type": ["Article", 7], "headline": {}, "datePublished": 3}]}',
    ],
)  # fmt: skip
def test_whatever_stands_in_the_json_of_a_page_it_is_read(data):
    head = f"<script type='application/ld+json'>{data}</script>"
    assert read(f"<h1>Das Moor</h1>{PROSE}", head).title == "Das Moor"


def test_addresses_that_are_not_of_the_web_are_not_taken_over():
    article = read(
        f"<h1>Das Moor</h1>{PROSE}",
        '<link rel="canonical" href="javascript:alert(1)">'
        '<meta property="og:image" content="data:image/png;base64,AAAA">',
    )
    assert (article.source_url, article.picture) == (None, None)


TABLE = "<table>{}</table>"


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (
            "<tr><th>Ort<th>Pegel<tr><td>Husum<td>4 m<tr><td>Brake<td>",
            ["Ort: Husum; Pegel: 4 m", "Brake"],
        ),
        ("<tr><th>Lage<td>Holstein<tr><th>Tiefe:<td>3 m", ["Lage: Holstein", "Tiefe: 3 m"]),
        ("<tr><td>eins<td>zwei<tr><td>drei<td>vier", ["eins; zwei", "drei; vier"]),
        (
            "<tr><th rowspan=2>Ort<th colspan=2>Pegel<tr><th>2024<th>2025<tr><td>Husum<td>4<td>5",
            ["Ort: Husum; Pegel 2024: 4; Pegel 2025: 5"],
        ),
        (
            "<tr><th>Tag<th>Zeit<tr><td rowspan=2>Montag<td>9 Uhr<tr><td>15 Uhr",
            ["Tag: Montag; Zeit: 9 Uhr", "Tag: Montag; Zeit: 15 Uhr"],
        ),
        (
            "<tr><th>Ort<th>Pegel<tr><th colspan=2>Nordsee<tr><td>Husum<td>4 m",
            ["Nordsee", "Ort: Husum; Pegel: 4 m"],
        ),
        (
            "<tr><th colspan=2>Pegel<tr><th>Ort<th>Höhe<tr><td>Husum<td>4 m",
            ["Pegel", "Ort: Husum; Höhe: 4 m"],
        ),
    ],
)
def test_a_table_is_read_row_by_row_with_its_heads(rows, lines):
    article = read(f"<h1>Das Moor</h1>{PROSE}{TABLE.format(rows)}{PROSE}")
    assert texts(article, Kind.LIST_ITEM) == lines


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("<tr><th>a<th>b" + "<tr><td>1<td>2" * 20, "table of 21 rows and 2 columns"),
        ("<tr>" + "<th>a" * 9 + "<tr>" + "<td>1" * 9, "table of 2 rows and 9 columns"),
        ("<tr><td colspan=9999 rowspan=9999>1<td>2", "table of 1 rows and 51 columns"),
    ],
)
def test_a_large_table_is_left_out_with_its_size(rows, why):
    article = read(f"<h1>Das Moor</h1>{PROSE}{TABLE.format(rows)}{PROSE}")
    assert len(article.paragraphs) == 5
    assert set(left_out(article).values()) == {why}


def test_a_table_for_layout_is_read_as_what_stands_in_it():
    article = read(f"<table><tr><td><h1>Das Moor</h1>{PROSE}<td>Rand</table>")
    assert len(texts(article)) >= 3
    assert texts(article, Kind.LIST_ITEM) == []


@pytest.mark.parametrize(
    "mark", ["<sup>[2]</sup><sup>[3]</sup>", "<a class='footnote-anchor' href='#f1'>1</a>"]
)
def test_footnote_marks_are_cut_out_whatever_they_are_made_of(mark):
    article = read(f"<h1>Das Moor</h1>{PROSE}<p>Torf wurde hier gestochen{mark}, viele Jahre.</p>")
    assert texts(article)[-1] == "Torf wurde hier gestochen, viele Jahre."


def test_a_page_that_a_script_puts_together_is_read_from_what_it_tells_to_machines():
    told = (
        '<script type="application/ld+json">{"@type": "Article", "headline": "Das Moor", '
        '"articleBody": "Das Moor liegt still.\\n\\nAm Abend kommen die Kraniche."}</script>'
    )
    article = read("<div id=root></div><script src=app.js></script>", head=told)
    assert texts(article) == ["Das Moor", "Das Moor liegt still.", "Am Abend kommen die Kraniche."]


def test_a_contact_at_the_end_is_left_out_and_prose_below_such_a_heading_is_not():
    contact = (
        "<h2>Pressekontakt</h2><p>Anna Meier<br>Telefon: 0511 555-0<br>a.meier@amt.example</p>"
    )
    article = read(f"<main><h1>Das Moor</h1>{PROSE}{contact}</main>")
    assert len(texts(article)) == 3
    assert "contact" in left_out(article).values()
    prose = (
        "<h2>Kontakt</h2><p>Der Kontakt zwischen den beiden Dörfern war jahrelang abgerissen, "
        "weil niemand mehr über den Damm ging und die Brücke gesperrt war.</p>"
    )
    article = read(f"<main><h1>Das Moor</h1>{PROSE}{prose}</main>")
    assert texts(article)[-2] == "Kontakt"
    assert "abgerissen" in texts(article)[-1]


def test_a_table_with_headed_texts_in_its_cells_is_a_layout():
    rows = f"<tr><td><img src=a.png><td><h2>Das Gleis</h2>{PROSE}"
    assert texts(read(f"<h1>Brief</h1>{PROSE}{TABLE.format(rows)}"), Kind.HEADING) == ["Das Gleis"]


def test_a_link_in_a_sentence_is_read_however_long_it_is():
    points = "<ul><li>Ein Bericht über <a href=/x>die letzte Telefonzelle von Gera</a>.</li></ul>"
    article = read(f"<h1>Das Moor</h1>{PROSE}{points}{PROSE}")
    assert "Ein Bericht über die letzte Telefonzelle von Gera." in texts(article)
    linked = "<ul><li><a href=/x>Die letzte Telefonzelle von Gera steht im Museum.</a></li></ul>"
    article = read(f"<h1>Das Moor</h1>{PROSE}{linked}{PROSE}")
    assert "link to other articles" in left_out(article).values()


@pytest.mark.parametrize("target", ["#footnote-1", "#fn:1", "#_ftn1", "#sdfootnote1sym", "#note-1"])
def test_a_number_that_leads_to_a_note_is_its_mark(target):
    article = read(f"<h1>Moor</h1>{PROSE}<p>Es ist tief.<a href='{target}'>1</a> Sehr.</p>{PROSE}")
    assert "Es ist tief. Sehr." in texts(article)


def test_a_number_that_leads_to_a_chapter_is_read():
    article = read(f"<h1>Moor</h1>{PROSE}<p>Siehe Teil <a href='#teil-1'>1</a> dazu.</p>{PROSE}")
    assert "Siehe Teil 1 dazu." in texts(article)


def test_a_summary_above_the_text_is_read_with_its_heading():
    summary = (
        "<div><h2>Kurz gesagt</h2><ul><li>Der Pegel steht bei sechs Metern</li>"
        "<li>Drei Schulen bleiben bis Mittwoch zu</li></ul></div>"
    )
    links = "<div><h2>Themen</h2><ul><li><a href=/1>Moor</a></li><li><a href=/2>Gras</a></li></ul>"
    body = f"<div><h1>Flut</h1>{{}}<div class=text>{PROSE}{PROSE}{PROSE}</div></div>"
    assert "Drei Schulen bleiben bis Mittwoch zu" in texts(read(body.format(summary)))
    assert texts(read(body.format(summary)), Kind.HEADING) == ["Kurz gesagt"]
    assert texts(read(body.format(links)), Kind.HEADING) == []


BOX = "<div><div>Torfpost am Morgen</div><div>Das Beste, jeden Freitag im Postfach.</div>{}</div>"


def test_a_box_that_asks_for_an_address_is_not_read():
    long = PROSE * 3
    asking = BOX.format("<input type=email><button>Los</button>")
    article = read(f"<div><h1>Moor</h1>{long}{asking}{long}</div>")
    assert left_out(article)["Das Beste, jeden Freitag im Postfach."] == "newsletter prompt"
    article = read(f"<div><h1>Moor</h1>{long}{BOX.format('')}{long}</div>")
    assert "Das Beste, jeden Freitag im Postfach." in texts(article)


def test_an_article_that_asks_for_an_address_below_it_is_read():
    article = read(f"<div><h1>Moor</h1>{PROSE}<form><input type=email></form></div>")
    assert len(article.paragraphs) == 3


def test_a_headline_that_is_no_heading_is_known_by_the_page_s_title():
    head = "<title>Heimatverein - Die alte Ziegelei</title>"
    article = read(f"<p><font size=5><b>Die alte Ziegelei</b></font><p>{PROSE}", head)
    assert (article.title, article.site) == ("Die alte Ziegelei", "Heimatverein")
    assert len(article.paragraphs) == 3


@pytest.mark.parametrize(
    ("markup", "author"),
    [
        ("<p itemprop=author>Text: <span itemprop=name>Bernd Schütz</span></p>", "Bernd Schütz"),
        ("<a class='p-author h-card'><b class=p-name>Luise Rabe</b> @l</a>", "Luise Rabe"),
    ],
)
def test_the_author_is_told_by_microdata_and_microformats(markup, author):
    assert read(f"<h1>Moor</h1>{markup}{PROSE}").byline == author


@pytest.mark.parametrize(
    ("line", "is_read"),
    [
        ("20. Feb. 2026 Luise Rabe @luise", False),
        ("20. Feb. 2026, 19:22 · Web · 41 geteilt", False),
        ("20. Februar 2026", True),
        ("Luise Rabe kam am 20. Februar 2026 an", True),
        ("20. Februar 2026 · Ein Tag, an dem es taute.", True),
    ],
)
def test_a_line_between_the_texts_that_is_only_author_and_date_is_left_out(line, is_read):
    head = '<meta name="author" content="Luise Rabe">'
    article = read(f"<h1>Moor</h1>{PROSE * 5}<div>{line}</div>{PROSE}", head)
    assert (line in texts(article)) is is_read


def test_what_a_button_opens_is_read_below_the_button_s_words():
    panel = (
        "<div role=button aria-controls=a>Wie tief ist es?</div><div id=a style='display:none'>"
        "<p>An der tiefsten Stelle sind es gut drei Meter, sagt die Karte.</p></div>"
    )
    menu = "<div role=button aria-controls=m>Menü</div><div id=m><a href=/>Start</a></div>"
    found = texts(read(f"{menu}<div><h1>Moor</h1>{PROSE}{panel}{PROSE}</div>"))
    assert found[3:5] == [
        "Wie tief ist es?",
        "An der tiefsten Stelle sind es gut drei Meter, sagt die Karte.",
    ]
    assert "Menü" not in found


def test_a_greeting_right_above_the_text_is_read():
    article = read(f"<h1>Brief</h1><div>Liebe Leute,<br><br>{'es ist wahr. ' * 20}</div>{PROSE}")
    assert texts(article)[1] == "Liebe Leute,"


def test_what_a_section_s_heading_says_counts_for_lines_that_look_like_the_article():
    offer = "<p>Vier Wochen lang alles lesen, danach für wenig Geld im Monat.</p>"
    wall = f"<div class=paywall><h2>Weiterlesen mit TP+</h2>{offer}</div>"
    article = read(f"<article><h1>Moor</h1>{PROSE}{PROSE}{wall}</article>")
    assert len(article.paragraphs) == 5


def test_the_dates_of_a_diary_are_its_headings_and_a_single_one_is_its_date():
    days = [f"<h2>{day}. Juli 2026</h2>{PROSE}" for day in (3, 4)]
    article = read(f"<article><h1>Logbuch</h1><p>Von Rike Holm</p>{''.join(days)}</article>")
    assert texts(article, Kind.HEADING) == ["3. Juli 2026", "4. Juli 2026"]
    assert left_out(read(f"<article><h1>Moor</h1>{days[0]}</article>")) == {
        "3. Juli 2026": "date line"
    }


def test_a_question_right_above_its_answer_is_read():
    answers = "".join(
        f"<details><summary>Ist Frage {number} klar?</summary>{PROSE}</details>" for number in "12"
    )
    article = read(f"<main><h1>Fragen</h1><p class=teaser>Wir sagen alles.</p>{answers}</main>")
    assert {"Ist Frage 1 klar?", "Ist Frage 2 klar?"} <= set(texts(article))


def test_a_page_that_only_links_to_articles_has_none():
    card = "<article><h2><a href=/1>{0}</a></h2><p><a href=/1>{0}, sagt man dort.</a></p></article>"
    page = "".join(card.format(name) for name in ("Der Brunnen läuft", "Der Chor sucht Bässe"))
    with pytest.raises(EmptyArticle, match="list of links"):
        read(f"<main><h1>Lokales</h1>{page}</main>")
