"""Page furniture is left out with a reason; prose that talks of it is not."""

import pytest

from service.reading import read_text
from service.reading.furniture import reason, without_site
from tests.articles import article, seed

PROSE = [
    "Drücken Sie in dieser Lage keinen Knopf, sagte der Techniker den Reportern.",
    "Die Polizei riet dem Mann, Anzeige zu erstatten.",
    "Anzeigen schalten die Verlage inzwischen lieber im Netz.",
    "Er wollte keinen Kommentar dazu abgeben, wie teuer der Umbau wird.",
    "Kommentare unter dem Beitrag wurden gelöscht, nachdem es zu Drohungen gekommen war.",
    "Newsletter sind für viele Redaktionen das wichtigste Produkt geworden.",
    "Der Verlag bietet einen Newsletter an, den 40.000 Menschen lesen.",
    "Cookies sollen nach dem Willen der Kommission seltener abgefragt werden.",
    "Wir verwandeln Wissen in Handeln, lautete sein Wahlspruch.",
    "Teilen ist das Gebot der Stunde, sagte die Pfarrerin.",
    "Bilder aus dem Krisengebiet zeigen zerstörte Häuser.",
    "Fotografieren ist in dem Museum seit Montag verboten.",
    "Werbung für Tabak bleibt in fast allen Medien untersagt.",
    "Lesen Sie die Packungsbeilage, rät die Apothekerin ihren Kunden immer wieder.",
    "Über die Autorin des Romans weiß man wenig.",
    "Auch interessant fand der Minister den Vorschlag nicht, er nannte ihn abwegig.",
    "Von Anna Meier hat man seither nichts mehr gehört.",
    "Menüs für Kinder kosten künftig weniger.",
    "Play-offs beginnen am Freitag.",
    "Keine Nachricht aus dem Tal erreichte sie in diesen Wochen.",
    "Hier geht es zum Hafen, und dort geht es zur Stadt.",
    "Sie erhalten diese Woche Besuch aus Kiel.",
    "Dieser Beitrag enthält Gift für das Klima, sagte sie.",
    "Hinweise nimmt die Polizei unter Telefon 0431 0000 oder wache@polizei.example entgegen.",
    "Verantwortlich für den Text zeichnete ein Unbekannter.",
    "Geschrieben am 3. Mai 1945, wurde der Brief nie abgeschickt.",
    "Letzte Änderung am Entwurf: Das Dach wird flach.",
    "Hast du gekocht? Dann iss auch, sagte die Großmutter.",
    "Pressekontakte hatte der Verein bis dahin keine.",
]


@pytest.mark.parametrize("line", PROSE)
def test_prose_that_talks_of_furniture_is_read(line):
    assert reason(line) is None


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Drücken Sie Play, um diesen Artikel anzuhören", "play prompt"),
        ("Artikel anhören", "play prompt"),
        ("Gesprochen von künstlicher Intelligenz.", "AI voice note"),
        ("Dieser Text wurde automatisch vorgelesen.", "AI voice note"),
        ("Schreibe einen Kommentar", "comment form"),
        ("Deine E-Mail-Adresse wird nicht veröffentlicht.", "comment form"),
        ("3 Kommentare", "comment form"),
        ("Facebook Twitter WhatsApp E-Mail", "share prompt"),
        ("Artikel teilen", "share prompt"),
        ("Jetzt Newsletter abonnieren", "newsletter prompt"),
        ("Melden Sie sich für unseren Newsletter an", "newsletter prompt"),
        ("Lesen Sie auch: Was die Wahl bedeutet", "link to other articles"),
        ("Mehr zum Thema", "link to other articles"),
        ("Foto: dpa/Müller", "photo credit"),
        ("© 2026 Beispielverlag", "photo credit"),
        ("Wir verwenden Cookies, um unsere Seite zu verbessern.", "cookie notice"),
        ("– Anzeige –", "advertising"),
        ("Lesezeit: 4 Minuten", "reading time"),
        ("* * *", "separator"),
        ("Jetzt weiterlesen mit NORD+", "subscription prompt"),
        ("+++ Keine Nachricht verpassen: unser WhatsApp-Kanal +++", "newsletter prompt"),
        ("Hier geht’s zum kostenlosen WhatsApp-Kanal", "newsletter prompt"),
        ("Sie erhalten diese E-Mail, weil Sie angemeldet sind.", "newsletter prompt"),
        ("Dieser Beitrag enthält Werbelinks.", "advertising"),
        ("Hast du das Rezept ausprobiert? Markiere @kueche auf Instagram!", "share prompt"),
        ("Verantwortlich für diesen Pressetext:", "contact"),
        ("A. B. | Telefon 0431 000-12 | Telefax 0431 000-13 | E-Mail: p@k.example", "contact"),
        ("Letzte Änderung: 03.10.2004 zurück", "date line"),
        ("beantwortet am 20. Jan. um 7:51 heini 8.940 Punkte", "date line"),
        ("Nach oben", "navigation"),
        ("Aktualisiert am 12. März 2026, 14:30 Uhr", "date line"),
    ],
)
def test_furniture_is_known_with_its_reason(line, why):
    found = reason(line)
    assert found is not None
    assert found.phrase == why


@pytest.mark.parametrize(
    ("headline", "title", "site"),
    [
        ("Was vom Sommer bleibt – POLITICO", "Was vom Sommer bleibt", "POLITICO"),
        ("Was vom Sommer bleibt | Nordpost", "Was vom Sommer bleibt", "Nordpost"),
        ("Was vom Sommer bleibt - tagesschau.de", "Was vom Sommer bleibt", "tagesschau.de"),
        ("Haushalt 2026: Streit mit der SPD", "Haushalt 2026: Streit mit der SPD", None),
        ("Ein Wort gibt das andere – CDU", "Ein Wort gibt das andere – CDU", None),
        ("Berlin – eine Stadt im Umbruch", "Berlin – eine Stadt im Umbruch", None),
    ],
)
def test_the_name_of_the_site_is_cut_from_the_headline(headline, title, site):
    assert without_site(headline) == (title, site)


def test_the_seed_article_is_its_headline_and_ten_paragraphs():
    found = read_text(seed())
    assert found.title == "EU, Russland und die USA führten Tage vor dem Bergkarabach-Blitz"
    assert found.site == "POLITICO"
    assert len(found.paragraphs) == 11
    assert [line.why for line in found.left_out] == [
        "play prompt",
        "AI voice note",
        "author box",
        "author box",
        "comment form",
        "comment form",
    ]


def test_our_article_of_the_same_shape_is_read_alike():
    found = read_text(article("nachricht"))
    assert (
        found.title
        == "Hafen, Bahn und Land verhandeln seit Wochen über die Rettung der Küstenlinie"
    )
    assert found.site == "NORDPOST"
    assert len(found.paragraphs) == 11
    assert len(found.left_out) == 6


def test_a_byline_below_the_headline_is_the_author():
    found = read_text("Der Titel\n\nVon Anna Meier\n\nDer Text geht los.")
    assert found.byline == "Anna Meier"
    assert [line.why for line in found.left_out] == ["byline"]


def test_a_text_of_nothing_but_furniture_is_read_all_the_same():
    assert read_text("Teilen").title == "Teilen"


def test_a_name_at_the_end_of_prose_is_read():
    found = read_text("Der Titel\n\nEin Absatz.\n\nNoch ein Absatz.\n\nAnna Meier")
    assert found.left_out == ()
