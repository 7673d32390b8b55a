"""What stands beside the text: read on request, where it stands, and introduced."""

from dataclasses import replace

from service import spoken
from service.codes import Reason
from service.domain import Article, Extra, Kind, LeftOut, Paragraph
from service.narration.articles import Change
from service.narration.extras import in_full
from service.narration.writing import LONGEST_PARAGRAPH, Manner, asked, write
from tests.fakes import VOICE, opened

PARAGRAPHS = (
    Paragraph(Kind.TITLE, "Der Damm"),
    Paragraph(Kind.TEXT, "Er hält noch."),
    Paragraph(Kind.LIST_ITEM, "Das Siel.", number=3),
)
SIZE = (("rows", 30), ("columns", 2))
PICTURE = LeftOut("Der Damm bei Flut", Reason.PICTURE, behind=1)
CAPTION = LeftOut("Sturm im März", Reason.CAPTION, behind=1)
BOX = [LeftOut(text, Reason.BESIDE, behind=2) for text in ("In Zahlen", "4 km lang")]
NOTE = LeftOut("Laut Amt", Reason.FOOTNOTE, behind=2)
TABLE = [LeftOut(f"Jahr: {n}", Reason.LARGE_TABLE, SIZE, behind=3) for n in (1, 2)]
FULL = Manner(extras=(Extra.FOOTNOTES,))
ELSEWHERE = LeftOut("Werbung", Reason.PICTURE)
ARTICLE = Article(PARAGRAPHS, (PICTURE, CAPTION, *BOX, NOTE, *TABLE, ELSEWHERE))
OLD_KEY = "d659798db94fcd1fd519c8c7b397d8043a20ac9d77f81112debdd1e824c2d293"
OLD_QUICK_KEY = "11c802a6b6364b907c1dd4ea11574da7a2efb19ab1063fb4e8471968358c4bc3"


def texts(article, *extras):
    return [one.text for one in in_full(article, extras)]


def test_without_extras_the_text_alone_is_read():
    assert in_full(ARTICLE, ()) == PARAGRAPHS


def test_everything_is_read_where_it_stands_and_introduced():
    assert texts(ARTICLE, *Extra) == [
        "Der Damm",
        "Bild: Der Damm bei Flut",
        "Bildunterschrift: Sturm im März",
        "Er hält noch.",
        "Fußnote: Laut Amt",
        "Kasten: In Zahlen",
        "4 km lang",
        "Das Siel.",
        "Tabelle: Jahr: 1",
        "Jahr: 2",
    ]


def test_only_what_is_asked_for_is_read():
    assert texts(ARTICLE, Extra.ALT)[1:] == [
        "Bild: Der Damm bei Flut",
        "Er hält noch.",
        "Das Siel.",
    ]


def test_what_a_picture_shows_is_not_heard_twice():
    same = replace(CAPTION, text="Der Damm bei Flut. Foto: Wulff")
    article = replace(ARTICLE, left_out=(PICTURE, same))
    assert texts(article, Extra.ALT, Extra.CAPTIONS)[1] == f"Bildunterschrift: {same.text}"
    assert texts(article, Extra.ALT)[1] == "Bild: Der Damm bei Flut"


def test_what_stands_above_the_title_follows_it():
    article = replace(ARTICLE, left_out=(replace(PICTURE, behind=0),))
    assert texts(article, Extra.ALT)[:2] == ["Der Damm", "Bild: Der Damm bei Flut"]


def test_what_articles_were_known_by_before_there_were_extras_they_are_still():
    assert asked(ARTICLE, "pico:de-DE").key == OLD_KEY
    assert asked(ARTICLE, "pico:de-DE", rate=1.5).key == OLD_QUICK_KEY


def test_extras_belong_to_what_an_article_is_in_any_order_and_each_once():
    plain, one = asked(ARTICLE, "v"), asked(ARTICLE, "v", extras=[Extra.ALT])
    both = asked(ARTICLE, "v", extras=[Extra.TABLES, Extra.ALT, Extra.TABLES])
    assert both.extras == (Extra.ALT, Extra.TABLES)
    assert both.key == asked(ARTICLE, "v", extras=[Extra.ALT, Extra.TABLES]).key
    assert len({plain.key, one.key, both.key}) == 3
    other = replace(ARTICLE, left_out=(replace(PICTURE, text="Anders"),))
    assert asked(other, "v", extras=[Extra.ALT]).key != one.key
    assert asked(other, "v").key == plain.key


def test_a_paragraph_that_is_broken_moves_what_stands_behind_it():
    long = replace(PARAGRAPHS[1], text="Ein Satz. " * (LONGEST_PARAGRAPH // 5))
    article = replace(ARTICLE, paragraphs=(PARAGRAPHS[0], long, PARAGRAPHS[2]))
    said = write(article, VOICE, lexicon=spoken.BUILT_IN, manner=FULL).segments
    assert [one.text for one in said][-2:] == ["Fußnote: Laut Amt", "Das Siel."]


async def test_extras_are_changed_without_the_source_and_make_an_edition():
    house = opened()
    plain, _ = await house.articles.post(ARTICLE)
    full = await house.articles.edit(plain.id, Change(extras=[Extra.ALT]))
    assert (full.edition, full.spec.extras) == (2, (Extra.ALT,))
    assert full.segments[1].text == "Bild: Der Damm bei Flut"
    assert PICTURE not in full.spec.left_out
    assert CAPTION in full.spec.left_out
    assert full.article.paragraphs == PARAGRAPHS
    retitled = await house.articles.edit(plain.id, Change(title="Der Deich"))
    assert [one.text for one in retitled.segments][:2] == ["Der Deich", "Bild: Der Damm bei Flut"]
    back = await house.articles.edit(plain.id, Change(title="Der Damm", extras=[]))
    assert (back.spec.key, back.spec.extras) == (plain.spec.key, ())


async def test_the_same_text_with_other_extras_is_another_article():
    house = opened()
    plain, _ = await house.articles.post(ARTICLE)
    full, is_new = await house.articles.post(ARTICLE, manner=Manner(extras=(Extra.ALT,)))
    assert is_new
    assert full.id != plain.id
