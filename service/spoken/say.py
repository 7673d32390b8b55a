"""Written sentence → spoken sentence: the rules, in their order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from service.domain import Form, Paragraph, Script, Sentence
from service.spoken import signs
from service.spoken.abbreviations import say_abbreviations, say_initials
from service.spoken.amounts import say_amounts, say_cardinals
from service.spoken.codes import say_codes
from service.spoken.compounds import say_compounds
from service.spoken.dates import say_dates, say_years
from service.spoken.formulas import say_formulas
from service.spoken.fractions import say_fractions
from service.spoken.gender import say_gender
from service.spoken.law import say_law
from service.spoken.names import BUILT_IN, Lexicon
from service.spoken.numbers import DIGITS, ordinal
from service.spoken.ordinals import say_ordinals
from service.spoken.romans import say_romans
from service.spoken.sentences import sentences
from service.spoken.times import say_times
from service.spoken.web import say_addresses

PLAIN = Form()

# What is more special comes first: an address before its dots and slashes, a date before its
# ordinals, an amount with its unit before the bare number.
_ALWAYS = re.compile("")
_DIGIT = re.compile(r"[\d½⅓⅔¼¾⅕-⅞⅒]")
_SMALL = re.compile(r"[\d%‰€$£¥°²³]|km/|m/|W/|g/|Wh\b")
_SLASH = re.compile("/")
_DOT = re.compile(
    r"\w\.|-\d\d-|\b(?:Mo|Di|Mi|Do|Fr|Sa|So)\b|\w\s?[-–/]\s?[A-Z]|\b[A-Z]{1,2} [12]|aus [NSOW]"
)
_RULES: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (_ALWAYS, signs.without_marks),
    (_ALWAYS, say_addresses),
    (_ALWAYS, say_formulas),
    (_DIGIT, say_codes),
    (_SLASH, signs.say_per),
    (_ALWAYS, say_gender),
    (_ALWAYS, say_law),
    (_DIGIT, say_times),
    (_DOT, say_dates),
    (_DIGIT, say_fractions),
    (_SMALL, say_amounts),
    (_DOT, say_abbreviations),
    (_ALWAYS, say_romans),
    (_DIGIT, say_years),
    (_DIGIT, say_ordinals),
    (_DIGIT, say_compounds),
    (_DIGIT, say_cardinals),
    (_DOT, say_initials),
    (_ALWAYS, signs.say_signs),
)
"""What a text must hold for a rule to have anything to do, and the rule."""

_LEFT_DIGIT = re.compile(r"\d")
_LEFT_SIGN = re.compile(r"[^\w\s.,;:!?'’-]|_|(?<!\w)['’-]|['’-](?!\w)")
_MANY_MARKS = re.compile(r"\s*([,;:.!?])(?:[\s,;:]*([.!?:;,]))*")
_FULL_STOP = re.compile(r"\.[\"”“»«’‘')\]\s]*$")
_STARTS_WITH_NUMBER = re.compile(r"\W*[\d½⅓⅔¼¾⅕-⅞⅒§]")
_LINE_END = re.compile(r"(?<=[^\W_])[ \t]*\n(?=\S)")  # of a verse or address; a mark says it itself
_HAS_WORD = re.compile(r"[^\W\d_]")


def speakable(text: str, *, lexicon: Lexicon = BUILT_IN, form: Form = PLAIN) -> str:
    """Written text as it is spoken; "" when there is nothing to say.

    Only letters, blanks, hyphens, apostrophes and the marks . , ; : ? ! are left.
    """
    said = (_sentence(part, lexicon, form) for part in sentences(text))
    return " ".join(part for part in said if part)


def script(paragraph: Paragraph, *, lexicon: Lexicon = BUILT_IN, form: Form = PLAIN) -> Script:
    """What is spoken for a paragraph, sentence by sentence."""
    written = sentences(paragraph.text)
    said = [Sentence(text, _sentence(text, lexicon, form)) for text in written]
    if said and paragraph.number is not None:
        said[0] = replace(said[0], spoken=_numbered(paragraph.number, said[0].spoken))
    return Script(paragraph.kind, tuple(said))


def _numbered(number: int, spoken: str) -> str:
    """The first sentence of an item with the number that its author gave it: “Erstens: …”."""
    return f"{ordinal(number).capitalize()}ns: {spoken[:1].upper()}{spoken[1:]}" if spoken else ""


def _sentence(text: str, lexicon: Lexicon, form: Form) -> str:
    text = _LINE_END.sub(", ", text)
    is_full, is_number = _FULL_STOP.search(text), _STARTS_WITH_NUMBER.match(text)
    text = lexicon.apply(text)
    for holds, rule in _RULES:
        if holds.search(text):
            text = rule(text)
    text = _tidy(text)
    if is_number:
        text = text[:1].upper() + text[1:]
    if is_full and text and text[-1].isalpha():
        text += "."
    if form.spell_letters:
        text = signs.spelled_letters(text)
    return signs.split_numbers(text) if form.split_numbers else text


def _tidy(text: str) -> str:
    """No digit or sign left, and one mark where several came together."""
    text = _LEFT_DIGIT.sub(lambda match: f" {_digit_name(match[0])} ", text)
    text = _LEFT_SIGN.sub(" ", text)
    text = _MANY_MARKS.sub(_strongest, text)
    text = " ".join(text.split()).lstrip(",;:.!? ")
    text = re.sub(r"\s+([.,;:!?])", r"\1", text)
    return text if _HAS_WORD.search(text) else ""


def _strongest(match: re.Match[str]) -> str:
    """Of several marks a question or exclamation mark, else the last: “C.,” is no stop."""
    marks = "".join(match[0].split())
    mark = next((one for one in "?!" if one in marks), marks[-1])
    joined = match.end() < len(match.string) and match.string[match.end()].isalnum()
    return mark + (" " if len(marks) > 1 and joined else "")


@lru_cache(maxsize=256)
def _digit_name(digit: str) -> str:
    try:
        return DIGITS[int(digit)]
    except ValueError:
        return ""
