"""Markdown and web pages become the same articles as plain text."""

import pytest

from service.domain import Kind
from service.errors import EmptyArticle, UnreadableSource
from service.reading import read_file, read_html, read_markdown
from tests.articles import FOLDER

PAGE = """<!doctype html><html lang="de"><head><meta charset="utf-8">
<title>Der Deich hält – Nordpost</title>
<meta property="og:site_name" content="Nordpost"><meta name="author" content="Anna Meier">
<link rel="canonical" href="https://nordpost.example/a/1"></head><body>
<nav><ul><li>Startseite</li><li>Politik</li></ul></nav>
<article><h1>Der Deich hält</h1>
<p>Nach dem Sturm vom 3. Mai atmen die Menschen an der Küste auf, denn der neue Deich
hat gehalten.</p>
<p>Der Bürgermeister sprach von <b>großem Glück</b> und von einer <a href="/x">guten Planung</a>,
die sich nach zwölf Jahren endlich ausgezahlt habe.</p>
<h2>Was noch zu tun ist</h2>
<ul><li>Die Tore müssen erneuert werden.</li><li>Die Straße wird höher gelegt.</li></ul>
<blockquote><p>„Wir haben diesmal Glück gehabt.“</p></blockquote>
<figure><img src="a.jpg"><figcaption>Der Deich am Morgen. Foto: Petersen</figcaption></figure>
<table><tr><th>Ort</th><th>Pegel</th></tr><tr><td>Husum</td><td>4 Meter</td></tr></table>
<p>Am Freitag berät der Kreistag über die Kosten, die auf 27 Millionen Euro geschätzt werden.</p>
<p>Schreiben Sie einen Kommentar</p></article>
<footer><p>Impressum und Datenschutz der Nordpost</p></footer></body></html>"""

MARKDOWN = """---
title: "Aus dem Kopf"
author: niemand
---
Ein *erster* Absatz mit [Link](https://x.example) und
Umbruch. ![Ein Bild](b.png)

## Zwischen den Zeilen

- eins
- zwei

> „Ein Zitat.“

```
code = 1
```

<div>markup</div>
"""


def kinds(article):
    return [paragraph.kind for paragraph in article.paragraphs]


def test_a_page_is_its_article_with_its_metadata_and_nothing_is_lost_silently():
    found = read_html(PAGE)
    assert [paragraph.text for paragraph in found.paragraphs] == [
        "Der Deich hält",
        "Nach dem Sturm vom 3. Mai atmen die Menschen an der Küste auf, denn der neue Deich "
        + "hat gehalten.",
        "Der Bürgermeister sprach von großem Glück und von einer guten Planung, die sich nach "
        + "zwölf Jahren endlich ausgezahlt habe.",
        "Was noch zu tun ist",
        "Die Tore müssen erneuert werden.",
        "Die Straße wird höher gelegt.",
        "„Wir haben diesmal Glück gehabt.“",
        "Ort: Husum; Pegel: 4 Meter",
        "Am Freitag berät der Kreistag über die Kosten, die auf 27 Millionen Euro geschätzt "
        + "werden.",
    ]
    assert (found.byline, found.site) == ("Anna Meier", "Nordpost")
    assert found.source_url == "https://nordpost.example/a/1"
    left_out = {line.text: line.why for line in found.left_out}
    assert left_out["Schreiben Sie einen Kommentar"] == "comment form"
    assert left_out["Impressum und Datenschutz der Nordpost"] == "page footer"
    assert left_out["Politik"] == "navigation"
    assert "Der Deich am Morgen. Foto: Petersen" in left_out


@pytest.mark.parametrize("page", ["", "  ", "<html><body><div id='app'></div></body></html>"])
def test_a_page_without_an_article_is_a_clear_error(page):
    with pytest.raises(EmptyArticle):
        read_html(page)


def test_a_page_in_english_is_refused():
    text = "The quick brown fox jumps over the lazy dog, and that is what the story is about. " * 5
    with pytest.raises(UnreadableSource, match="not in German"):
        read_html(f"<html lang='en'><body><article><h1>A story</h1><p>{text}</p></article></body>")


def test_broken_markup_is_read_as_far_as_it_goes():
    broken = PAGE.replace("</p>", "").replace("</ul>", "").replace("</html>", "")
    assert "Der Bürgermeister" in " ".join(p.text for p in read_html(broken).paragraphs)


def test_markdown_has_its_title_headings_lists_and_quotes():
    found = read_markdown(MARKDOWN)
    assert [paragraph.text for paragraph in found.paragraphs] == [
        "Aus dem Kopf",
        "Ein erster Absatz mit Link und Umbruch.",
        "Zwischen den Zeilen",
        "eins",
        "zwei",
        "„Ein Zitat.“",
        "markup",
    ]
    assert kinds(found)[2:6] == [Kind.HEADING, Kind.LIST_ITEM, Kind.LIST_ITEM, Kind.QUOTE]
    assert {line.why for line in found.left_out} == {"front matter", "code", "picture"}


def test_markdown_tables_are_read_by_their_heads_and_footnotes_are_left_out():
    text = (
        "---\ntitle: Das Moor\nauthor: Geesche Onnen\ndate: 2026-05-01\n---\n"
        "Es liegt still[^1], seit 1962.[^zwei]\n\n"
        "| Jahr | Pegel |\n|---|---|\n| 1962 | **5,2** m |\n\n"
        "[^1]: Fast immer.\n[^zwei]: Nach dem\n    Kirchenbuch.\n"
    )
    found = read_markdown(text)
    assert [paragraph.text for paragraph in found.paragraphs] == [
        "Das Moor",
        "Es liegt still, seit 1962.",
        "Jahr: 1962; Pegel: 5,2 m",
    ]
    assert (found.byline, found.published_at) == ("Geesche Onnen", "2026-05-01")
    assert [(line.text, line.why) for line in found.left_out][3:] == [
        ("Fast immer.", "footnote"),
        ("Nach dem Kirchenbuch.", "footnote"),
        ("[^1] [^zwei]", "footnote mark"),
    ]


def test_our_report_is_the_same_in_markdown_as_in_plain_text():
    plain, marked = (
        read_file(name, (FOLDER / name).read_bytes())[0] for name in ("bericht.txt", "bericht.md")
    )
    assert plain.paragraphs == marked.paragraphs


def test_a_page_in_windows_1252_is_decoded_by_its_meta_tag():
    raw = PAGE.replace('charset="utf-8"', 'charset="windows-1252"').encode("cp1252")
    assert read_file("seite.html", raw)[0].paragraphs == read_html(PAGE).paragraphs
