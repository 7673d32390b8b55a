"""Language tags of pages."""

import pytest

from service.errors import UnreadableSource
from service.reading.language import language_of, tag_in


@pytest.mark.parametrize("tag", ["en", "de-CH", "zh-Hant-TW", "gsw", "en_US"])
def test_a_language_tag_is_taken(tag):
    assert tag_in(tag) == tag


@pytest.mark.parametrize(
    "text", [None, "", "-", "eins zwei", "e", "en-" + "x" * 40, "en" + "-ab" * 20]
)
def test_anything_else_is_none(text):
    assert tag_in(text) is None


@pytest.mark.parametrize(
    ("told", "code", "values"),
    [(None, "language-not-german", {}), ("fr", "not-german", {"language": "fr"})],
)
def test_a_language_that_nobody_knows_has_no_name(told, code, values):
    with pytest.raises(UnreadableSource) as caught:
        language_of("le vent passe sur la lande et les marais sont calmes " * 3, declared=told)
    assert (caught.value.code, dict(caught.value.message.params)) == (code, values)


NAMES = "Anna Meier Husum, Kai Roth Emden, Ines Lang Aurich, Olaf Brandt Kiel, Uta Voss Jever. " * 3
PRICES = "Graubrot 500 g 2,80 €; Brötchen Stück 0,35 €; Pflaumenkuchen Blech 14,00 €; " * 4
GOODS = (
    "Müller Weizenmehl Typ 405, Bio Vollmilch Weide, Gouda jung Scheiben, Äpfel Elstar lose; " * 3
)


@pytest.mark.parametrize("text", [NAMES, PRICES, GOODS])
def test_lists_of_names_and_things_are_not_taken_for_another_language(text):
    assert language_of(text, declared=None) == "de"
    assert language_of(text, declared="de-AT") == "de"
    with pytest.raises(UnreadableSource):
        language_of(text, declared="nl")


@pytest.mark.parametrize(
    "text",
    [
        "El viento sopla sobre la tierra y las casas del pueblo quedan en silencio por la noche. ",
        "Wiatr wieje nad bagnem i nikt nie wychodzi z domu, bo noc jest ciemna i zimna. ",
        "Vinden blåser över heden och ingen går ut, för natten är mörk och kall. ",
        "Rüzgar bataklığın üzerinde esiyor ve kimse evinden çıkmıyor, çünkü gece karanlık. ",
        "Ветер дует над болотом, и никто не выходит из дома, потому что ночь темна. ",
        "风吹过沼泽 没有人出门 因为夜晚很黑 很冷 ",
        "The Wind And The Moor Of Their Fathers Was In That Night With All Of Them. ",
    ],
)
def test_prose_in_another_language_is_not_german(text):
    with pytest.raises(UnreadableSource):
        language_of(text * 8, declared=None)
