"""Written sentence → spoken sentence: the rules, in their order."""

from __future__ import annotations

import re
from functools import lru_cache

from service.domain import Form, Paragraph, Script, Sentence
from service.spoken import signs
from service.spoken.abbreviations import say_abbreviations
from service.spoken.amounts import say_amounts, say_cardinals, say_codes
from service.spoken.compounds import say_compounds
from service.spoken.dates import say_dates, say_years
from service.spoken.law import say_law
from service.spoken.names import BUILT_IN, Lexicon
from service.spoken.numbers import DIGITS
from service.spoken.ordinals import say_ordinals, say_romans
from service.spoken.sentences import sentences
from service.spoken.times import say_times
from service.spoken.web import say_addresses

PLAIN = Form()

# What is more special comes first: an address before its dots and slashes, a date before its
# ordinals, an amount with its unit before the bare number.
_RULES = (
    signs.without_marks,
    say_addresses,
    say_codes,
    signs.say_gender,
    say_law,
    say_times,
    say_dates,
    say_amounts,
    say_abbreviations,
    say_romans,
    say_years,
    say_ordinals,
    say_compounds,
    say_cardinals,
    signs.say_signs,
)
_LEFT_DIGIT = re.compile(r"\d")
_LEFT_SIGN = re.compile(r"[^\w\s.,;:!?'’-]|_|(?<!\w)['’-]|['’-](?!\w)")
_MANY_MARKS = re.compile(r"\s*([,;:.!?])(?:[\s,;:]*([.!?:;,]))*")
_HAS_WORD = re.compile(r"[^\W\d_]")


def speakable(text: str, *, lexicon: Lexicon = BUILT_IN, form: Form = PLAIN) -> str:
    """One written sentence as it is spoken; "" when there is nothing to say.

    Only letters, blanks, hyphens, apostrophes and the marks . , ; : ? ! are left.
    """
    text = lexicon.apply(text)
    for rule in _RULES:
        text = rule(text)
    text = _tidy(text)
    if form.spell_letters:
        text = signs.spelled_letters(text)
    return signs.split_numbers(text) if form.split_numbers else text


def script(paragraph: Paragraph, *, lexicon: Lexicon = BUILT_IN, form: Form = PLAIN) -> Script:
    """What is spoken for a paragraph, sentence by sentence."""
    said = (
        Sentence(text, speakable(text, lexicon=lexicon, form=form))
        for text in sentences(paragraph.text)
    )
    return Script(paragraph.kind, tuple(said))


def _tidy(text: str) -> str:
    """No digit or sign left, and one mark where several came together."""
    text = _LEFT_DIGIT.sub(lambda match: f" {_digit_name(match[0])} ", text)
    text = _LEFT_SIGN.sub(" ", text)
    text = _MANY_MARKS.sub(_strongest, text)
    text = " ".join(text.split()).lstrip(",;:.!? ")
    text = re.sub(r"\s+([.,;:!?])", r"\1", text)
    return text if _HAS_WORD.search(text) else ""


def _strongest(match: re.Match[str]) -> str:
    """Of several marks the one that ends most: ? and ! over a full stop over a comma."""
    marks = match[0]
    mark = next((one for one in "?!.:;," if one in marks), ",")
    joined = match.end() < len(match.string) and match.string[match.end()].isalnum()
    return mark + (" " if len(marks.strip()) > 1 and joined else "")


@lru_cache(maxsize=256)
def _digit_name(digit: str) -> str:
    try:
        return DIGITS[int(digit)]
    except ValueError:
        return ""
