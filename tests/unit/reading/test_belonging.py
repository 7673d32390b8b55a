"""What stands on a newspaper's page in and below its article: what belongs to it, and what not."""

import json
import re

import pytest

from service.reading import read_html
from tests.pages import fill

IMAGE = '<img src="/b.jpg" alt="Am Kai" width="800" height="450">'
LINKS = (
    '<div class="more"><h2>Weitere Artikel</h2><div><a href="/1"><h3>Regen bleibt</h3></a><p>Das '
    "Tief über der Küste zieht nicht ab, sagen die Meteorologen. Bis Freitag fällt mehr Regen."
    "</p></div></div>"
)
HEADER = "<header><h1>«T»</h1>{}<p class=lead>«L»</p></header>"
TEXT = ["«T»", "«L»", "«1»", "«2»", "«H»", "«3»", "«4»"]


def read(*, middle="", end="", header=None, author="Birte Hansen"):
    data = {"@type": "NewsArticle", "headline": fill("«T»")}
    data |= {"author": {"@type": "Person", "name": author}} if author else {}
    return read_html(
        fill(
            "<html lang=de><head><title>«T» | Küstenblatt</title>"
            f"<script type='application/ld+json'>{json.dumps(data)}</script></head>"
            "<body><nav><a href=/>Start</a></nav>"
            f"{header or '<main><article>' + HEADER.format('')}<div><p>«1»</p>{middle}<p>«2»</p>"
            f"<h3>«H»</h3><p>«3»</p><p>«4»</p>{end}</div></article></main>{LINKS}</body></html>"
        )
    )


def lines(article):
    return [paragraph.text for paragraph in article.paragraphs]


APART = {
    "a caption in a box that is named": "<div class=ImageBlock>{i}<p>Ein Kutter am Kai.</p></div>",
    "a caption in the picture's paragraph": "<p>{i}<br><em>Am Kai liegt ein Kutter</em></p>",
    "a credit below another picture": "<div><amp-img src=a></amp-img><p>Foto: Wulff</p></div>",
    "the text of a figure": "<figure><iframe src=x></iframe><div>So fährt die Fähre</div></figure>",
    "captions of a gallery": "<ul class=gallery><li>{i}<p>Kutter am Kai</p></li></ul>",
    "a caption in a layout": "<table class=bild><tr><td>{i}<tr><td>Kutter am Kai</table>",
    "a caption in a list of terms": "<dl class=wp-caption><dt>{i}</dt><dd>Kutter am Kai</dd></dl>",
    "a caption with its credit": "<p>Ein Kutter am Kai, dahinter die Mole. Foto: Wulff</p>",
    "a label and its link": "<div><strong>Mehr dazu</strong><a href=/1>Die Mole</a></div>",
    "a link in bold": "<p><strong><a href=/x>Kommentar: Warum die Fähre bleibt</a></strong></p>",
    "a list of links": "<ul><li><a href=/1>Die Mole wird lang</a><li><a href=/2>Der Hafen</a></ul>",
    "a list of links with its label": "<p>Zum Hafen</p><ul><li><a href=/1>Die Mole</a></ul>",
    "a card": "<section><h4>Auch interessant</h4><a href=/1>{i}<p>Die Mole</p></a></section>",
    "an article in the article": "<article><a href=/1><h4>Die Mole</h4></a><p>Achtzig Meter Stein "
    "gegen die See. Im Mai soll sie fertig sein.</p></article>",
    "an arrow": "<p>» <a href=/n>Alle Nachrichten aus Norderhaven</a></p>",
    "a dossier": "<p>Alle Texte finden Sie in unserem Dossier <a href=/d>Hafen</a>.</p>",
    "an app": "<div><h3>Nichts verpassen</h3><p>Mit unserer App erhalten Sie die Nachrichten der "
    "Küste sofort.</p><a href=/app>Jetzt laden</a></div>",
    "a newsletter": "<p><b>Unser Newsletter „Post“ kommt freitags.</b> <a href=/n>Hier</a></p>",
    "a subscription": "<div class=PlusTeaser__root><p>Mit dem Digitalabo haben Sie Zugriff auf "
    "alle Texte.</p><a href=/abo>Zum Abo</a></div>",
    "a channel": "<p>Jetzt den WhatsApp-Kanal des Küstenblatts abonnieren!</p>",
    "a podcast": "<div class=podcast-box><h3>Moin</h3><p>Wir sprechen über die Mole.</p></div>",
    "consent to a film": "<div><p>Wir benötigen Ihre Zustimmung, um den Film zu laden.</p><p>Der "
    "Dienst eines Dritten kann Daten sammeln.</p><button>Akzeptieren</button></div>",
    "consent to a map": "<div><h4>Karte</h4><p>Um die Karte zu sehen, erlauben Sie bitte die "
    "Übertragung von Daten.</p><button>Karte laden</button></div>",
    "a poll": "<div><p>Brauchen wir eine Mole?</p><form><input type=radio>Ja<input type=radio>Nein"
    "<button>Los</button></form></div>",
    "a label that tells of no section": "<h4>Neuer Abschnitt</h4>",
}


@pytest.mark.parametrize("kind", APART)
def test_what_does_not_belong_to_the_text_is_left_out(kind):
    article = read(middle=APART[kind].format(i=IMAGE))
    assert lines(article) == [fill(line) for line in TEXT]


BELONGING = [
    "<p>Der Verein verschickt einen Newsletter, den jeder abonnieren kann.</p>",
    "<p>„Mit unserer App können Sie die Fähre sehen“, sagt der Betriebsleiter.</p>",
    "<p>Ihm folgen zwanzigtausend Menschen auf Instagram, dort zeigt er die Insel.</p>",
    "<p>Melden Sie sich an der Pforte, und nehmen Sie einen Ausweis mit.</p>",
    "<p>Wer zustimmt, muss der Einwilligung ein Datum geben, so will es der Datenschutz.</p>",
    "<h3>Weitere Folgen des Sturms</h3><p>Auch die Post kam drei Tage lang nicht an.</p>",
    "<h3>Zurück zur Natur</h3><p>Auf der Mole brüten wieder Vögel, mehr als je zuvor.</p>",
    "<h3>Abstimmung</h3><p>Im Rat stimmten neun dafür und drei dagegen, bei einer Enthaltung.</p>",
    f"<div class=row><div>{IMAGE}</div><div><p>Die Mole steht noch, wie lange, weiß niemand."
    + "</p></div></div>",
    f"<p>{IMAGE}Die Mole steht seit hundert Jahren im Wasser und bröckelt.</p>",
    "<p>Ein Bericht über <a href=/m>die Mole und ihre Steine, Teil eins</a>, erschien im Mai.</p>",
    "<ul><li>Die Mole: achtzig Meter</li><li>Der Kai: vierzig Meter</li></ul>",
    "<h3><a href=//a.example>Die Mole</a></h3><p>Sie steht seit hundert Jahren im Wasser.</p>",
    "<blockquote><p>„Die See holt sich alles, was man ihr lässt.“</p></blockquote>",
    "<h3>Zur Person</h3><p>Heike Lorenzen, 58, führt die Bäckerei in vierter Generation.</p>",
    "<div class='text ad-after'>Die Mole steht seit hundert Jahren im Wasser und bröckelt.</div>",
    "<p>Quelle allen Übels sei die Mole, sagt der Kapitän, und er meint es ernst.</p>",
    "<p aria-hidden=true>Die Mole steht seit hundert Jahren im Wasser und bröckelt an der See.</p>",
]


@pytest.mark.parametrize("markup", BELONGING)
def test_what_only_looks_like_it_is_read(markup):
    article = read(middle=markup)
    shown = [line for line in re.split(r"<[^>]+>", markup) if any(map(str.isalpha, line))]
    said = " ".join(lines(article))
    assert [line for line in shown if line.strip() not in said] == []


CLOSING = """
bha, mit dpa|© dpa-infocom GmbH|(dpa/lno)|Von dpa|red|Agenturen/bha|(APA/red)|SDA/bha|mit afp
Dieser Beitrag erschien zuerst am 1. März in der gedruckten Ausgabe.|Stand: 2. März 2026
© 2026 Küstenblatt|Im Radio: Küstenfunk, 2. März, 10 Uhr|Autorin: Birte Hansen|KNA/epd/bha
Küstenblatt, 02.03.2026|Mit Material der dpa|Redaktion: Jan Petersen|Mitarbeit: Uta Ohm
Quellen: Reederei Norderhaven, eigene Recherche|Kontakt: b.hansen@kuestenblatt.example
Sie haben einen Fehler entdeckt? Schreiben Sie uns.|Zurück zur Übersicht|Artikel-ID: 4711
Küstenfunk aktuell (bha)|Diese Nachricht wurde am 02.03.2026 im Programm Küstenfunk gesendet.
"""


@pytest.mark.parametrize("line", CLOSING.strip().replace("\n", "|").split("|"))
def test_who_made_an_article_is_not_read_below_it(line):
    assert lines(read(end=f"<p>{line}</p>")) == [fill(one) for one in TEXT]


@pytest.mark.parametrize(
    "line",
    [
        "So ist es.",
        "Der Bericht wurde am Dienstag dem Rat vorgelegt.",
        "Anmeldung bei Rike Holm, Telefon 0431 000-77 oder rike@windig.example.",
        "Das Gespräch führte Konrad Ahlers.",
    ],
)
def test_a_last_line_of_the_text_is_read(line):
    assert lines(read(end=f"<p>{line}</p>"))[-1] == line


HEADERS = {
    "a heading by its role": "<div role=heading aria-level=1>«T»</div><p>«L»</p>",
    "no heading at all": "<div class=headline>«T»</div><div class=subline>«L»</div>",
    "one for the ear and one for the eye": "<h1 class=sr-only>«T»</h1><h2>«T»</h2><p>«L»</p>",
    "one for each kind of screen": "<h1 class=mobile>«T»</h1><h1>«T»</h1><p>«L»</p>",
    "a kicker of its own": "<p>Handel</p><h1>«T»</h1><p>«L»</p>",
    "a kicker in small letters": "<h1><small>Handel</small><br>«T»</h1><div>«L»</div>",
    "a kicker glued to it": "<h2><span>Handel am Wasser</span><span>«T»</span></h2><p>«L»</p>",
    "the site's logo": "<h1 class=logo><a href=/>Küstenblatt</a></h1><h2>«T»</h2><p>«L»</p>",
    "a line that shares it": "<h1>«T»</h1><p>«L»</p><div><span>Teilen: «T»</span></div>",
    "a trail that ends with it": "<p><a href=/>Start</a> / <b>«T»</b></p><h1>«T»</h1><p>«L»</p>",
}


@pytest.mark.parametrize("kind", HEADERS)
def test_the_headline_is_heard_once_and_the_lead_below_it(kind):
    article = read(header=f"<main><article><header>{HEADERS[kind]}</header>")
    assert lines(article) == [fill(line) for line in TEXT]


@pytest.mark.parametrize(
    ("line", "told", "byline"),
    [
        ("Text: Birte Hansen; Fotos: Henning Wulff", None, "Birte Hansen"),
        ("Von unserer Reporterin Birte Hansen", None, "Birte Hansen"),
        ("VON BIRTE HANSEN", None, "Birte Hansen"),
        ("VON BIRTE HANSEN", "Birte Hansen", "Birte Hansen"),
        ("Von Birte Hansen, Studio Norderhaven", None, "Birte Hansen"),
        ("Von Jo Ahn, Jan Lee und Dr. Uta von Ohm", None, "Jo Ahn, Jan Lee, Dr. Uta von Ohm"),
        ("Von Birte Hansen und Jan Petersen", "Birte Hansen", "Birte Hansen, Jan Petersen"),
        ("Birte Hansen und Jan Petersen", None, "Birte Hansen, Jan Petersen"),
        ("Von Birte Hansen", "Küstenblatt", "Birte Hansen"),
        ("2. März 2026", "dpa", "dpa"),
    ],
)  # fmt: skip
def test_the_byline_is_what_the_page_shows_and_its_data_tell(line, told, byline):
    article = read(header="<main><article>" + HEADER.format(f"<p>{line}</p>"), author=told)
    assert article.byline == byline
    assert line not in lines(article)


WHOLE = {
    "divisions": "<div><h1>«T»</h1><div>«L»</div><div>«1»</div><h2>«H»</h2><div>«3»</div></div>",
    "breaks": "<div><h1>«T»</h1><b>«L»</b><br><br>«1»<br><br><b>«H»</b><br>«3»</div>",
    "portraits": (
        f"<main><h1>«T»</h1><p>«L»</p><p>«1»</p><div>{IMAGE}<h3>«H»</h3><p>«3»</p></div></main>"
    ),
    "pictures in sections": (
        f"<main><h1>«T»</h1><section>{IMAGE}<p>«L»</p></section><section>{IMAGE}<p>«1»</p>"
        "</section><section><h2>«H»</h2><p>«3»</p></section></main>"
    ),
    "a ticker": (
        "<main><article><h1>«T»</h1><p>«L»</p><article><p>«1»</p><a href=/1>Teilen</a></article>"
        "<article><h3>«H»</h3><p>«3»</p><a href=/2>Teilen</a></article></article></main>"
    ),
    "an opinion": (
        "<main><div class=kommentar><h1>«T»</h1><div class=kommentar-text><p>«L»</p><p>«1»</p>"
        "<h2>«H»</h2><p>«3»</p></div></div></main>"
    ),
    "names that tell of others": (
        "<main><div class='podcast has-newsletter'><h1>«T»</h1><p>«L»</p><p>«1»</p><h2>«H»</h2>"
        "<div class='content promo-section'><p>«3»</p></div></div></main>"
    ),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_no_line_of_an_article_is_lost_that_is_made_of(kind):
    article = read_html(fill(f"<html lang=de><title>«T»</title><body>{WHOLE[kind]}</body></html>"))
    assert lines(article) == [fill(line) for line in ["«T»", "«L»", "«1»", "«H»", "«3»"]]
