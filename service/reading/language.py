"""Which language a text is in: German by its commonest words, else as it says of itself."""

from __future__ import annotations

import re

from service.errors import UnreadableSource

_GERMAN = frozenset(
    "der die das und ist nicht mit den von auf für ein eine im dem zu sich auch als wie".split()
)
_ENGLISH = frozenset("the and of to in is that for with on was are this have be at by".split())
_TAG = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*")
_ENOUGH = 20  # words; a shorter text is believed what it says of itself
_PROSE = 0.4  # of the words of any prose begin small, and more
_LAST_LATIN = "\u024f"  # of the letters of Latin script
_SHARE = 0.06  # of German words in German; hardly any prose has less than twice as many


def language_of(text: str, *, declared: str | None, asked: str | None = None) -> str:
    """The language tag of a source: what was asked for, else German.

    Raises UnreadableSource for a text that is not German, unless its language is asked for.
    """
    wanted = asked or "de"
    if is_german_tag(wanted) and not _is_german(text, declared):
        if declared and not is_german_tag(declared):
            raise UnreadableSource("not-german", language=declared)
        raise UnreadableSource("language-not-german")
    return wanted


def tag_in(given: str | None) -> str | None:
    """What a page gives as a language, if it is a tag (BCP 47) and not longer than 35 letters."""
    return given if given and len(given) <= 35 and _TAG.fullmatch(given) else None


def is_german_tag(tag: str) -> bool:
    """Whether a language tag (BCP 47) stands for German or one of its dialects."""
    return primary(tag) in {"de", "deu", "ger", "gsw", "nds", "bar"}


def primary(tag: str) -> str:
    """The language of a tag, without region and script."""
    return tag.lower().replace("_", "-").partition("-")[0]


def _is_german(text: str, declared: str | None) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    small = [word.lower() for word in words]
    german, english = (sum(word in known for word in small) for known in (_GERMAN, _ENGLISH))
    is_told = not declared or is_german_tag(declared)
    if len(words) < _ENOUGH:
        return english <= german or is_told
    if german >= english and german >= _SHARE * len(words):
        return True
    return english <= german and is_told and _is_list(words)


def _is_list(words: list[str]) -> bool:
    """Whether the words are names and things, as in tables and price lists, which any language has.

    They say little of the language: most begin with a capital, as hardly any prose's do.
    """
    is_latin = all(max(word) <= _LAST_LATIN for word in words)
    return is_latin and sum(word[0].islower() for word in words) < _PROSE * len(words)
