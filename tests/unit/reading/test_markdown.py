"""Markdown as people write it: in notes, wikis and static sites."""

import pytest

from service.domain import Kind
from service.reading import read_markdown


def read(text):
    return read_markdown(f"# Moor\n\n{text}\n")


def texts(text):
    return [one.text for one in read(text).paragraphs[1:]]


def left_out(text):
    return [(one.text, one.why) for one in read(text).left_out]


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ("Es ist ~~nass~~ trocken.", ["Es ist trocken."]),
        ("Es ist ==sehr== still.", ["Es ist sehr still."]),
        ("Siehe [[Notiz|die Notiz]] und [[Damm#Bau]].", ["Siehe die Notiz und Damm."]),
        ("H~2~O und x^2^.", ["H2O und x²."]),
        ("Es gilt $E = mc^2$ immer.", ["Es gilt E = mc² immer."]),
        ("$$\nE = mc^2\n$$", ["E = mc²"]),
        ("Es kostet $5 oder $6.", ["Es kostet $5 oder $6."]),
        ("- [ ] Torf\n- [x] Heu", ["Torf", "Heu"]),
        ("> [!NOTE]\n> Es ist still.", ["Es ist still."]),
        ("> [!tip]- Leise\n> Es ist still.", ["Leise Es ist still."]),
        ("Torf\n: Was bleibt.", ["Torf: Was bleibt."]),
        ("Vor {{< bild src=a >}} nach.", ["Vor nach."]),
        ("{% note %}\n\nEs ist still.\n\n{% endnote %}", ["Es ist still."]),
        (":::note\n\nEs ist still.\n\n:::", ["Es ist still."]),
        ("## Der Damm {#damm .gross}\n\nEr hält.", ["Der Damm", "Er hält."]),
        ("Still.^[Fast immer.]", ["Still."]),
        ("Nutze `==x== ~~y~~ $z$` dafür.", ["Nutze ==x== ~~y~~ $z$ dafür."]),
        (
            "<details><summary>Mehr</summary>\n\nEs ist tief.\n\n</details>",
            ["Mehr", "Es ist tief."],
        ),
        ("Zeile eins  \nZeile zwei", ["Zeile eins\nZeile zwei"]),
        ("Zeile eins\nZeile zwei", ["Zeile eins Zeile zwei"]),
        ("Still. %% nur für mich %%", ["Still."]),
    ],
)
def test_what_people_write_beyond_commonmark_is_read_as_it_is_meant(written, lines):
    assert texts(written) == lines


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("Ja ~~nein~~.", ("nein", "struck out")),
        ("Ja ![[plan.png]].", ("![[plan.png]]", "picture")),
        ("Ja ![Der Plan](plan.png).", ("Der Plan", "picture")),
        ("Ja {{< bild >}}.", ("{{< bild >}}", "shortcode")),
        ("> [!NOTE]\n> Ja.", ("[!NOTE]", "markup")),
        ("Ja <!-- nein -->.", ("<!-- nein -->", "markup")),
        ("Ja.^[Nein.]", ("Nein.", "footnote")),
        ("Ja.\n\n```\nx = 1\n```", ("x = 1", "code")),
        ("Ja.\n\n<p hidden>nein</p>", ("nein", "hidden on the page")),
    ],
)
def test_what_is_not_read_is_named(written, named):
    assert named in left_out(written)
    assert texts(written)[0].startswith("Ja")


@pytest.mark.parametrize(
    "front",
    [
        '---\ntitle: "Das Moor"\nauthor: Ina Holt\ndate: 2026-03-01\n---\n',
        '+++\ntitle = "Das Moor"\nauthor = "Ina Holt"\ndate = 2026-03-01\n+++\n',
        "---\ntitle: Das Moor\nauthor: [Ina Holt]\ndate: 2026-03-01\n...\n",
    ],
)
def test_front_matter_tells_of_the_article(front):
    article = read_markdown(front + "\nEs ist still.\n")
    assert (article.title, article.byline, article.published_at) == (
        "Das Moor",
        "Ina Holt",
        "2026-03-01",
    )
    assert {one.why for one in article.left_out} == {"front matter"}


def test_a_numbered_list_keeps_the_numbers_of_its_author():
    found = read("3. Torf\n4. Heu").paragraphs[1:]
    assert [(one.kind, one.number) for one in found] == [(Kind.LIST_ITEM, 3), (Kind.LIST_ITEM, 4)]
