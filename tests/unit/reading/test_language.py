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
        language_of("le vent passe sur la lande et les marais sont calmes " * 3, told=told)
    assert (caught.value.code, dict(caught.value.message.params)) == (code, values)
