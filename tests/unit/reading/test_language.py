"""Language tags of pages."""

import pytest

from service.reading.language import tag_in


@pytest.mark.parametrize("tag", ["en", "de-CH", "zh-Hant-TW", "gsw", "en_US"])
def test_a_language_tag_is_taken(tag):
    assert tag_in(tag) == tag


@pytest.mark.parametrize(
    "text", [None, "", "-", "eins zwei", "e", "en-" + "x" * 40, "en" + "-ab" * 20]
)
def test_anything_else_is_none(text):
    assert tag_in(text) is None
