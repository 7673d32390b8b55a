"""Written sentence → spoken sentence: the rules, in their order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from service.domain import Form, Kind, Paragraph, Script, Sentence
from service.pauses import Stretch, stretches
from service.spoken import signs
from service.spoken.abbreviations import say_abbreviations, say_initials
from service.spoken.amounts import say_amounts, say_bare_signs, say_cardinals
from service.spoken.codes import say_codes
from service.spoken.compounds import say_compounds
from service.spoken.dates import say_dates, say_eras, say_years
from service.spoken.edited import say_edited, say_square
from service.spoken.formulas import say_formulas
from service.spoken.fractions import say_fractions
from service.spoken.gender import say_gender
from service.spoken.initialisms import say_capitals, say_mixed, spelled
from service.spoken.law import say_law
from service.spoken.lists import numbered, say_chapter, say_item
from service.spoken.markup import without_markup
from service.spoken.names import BUILT_IN, Lexicon
from service.spoken.numbers import DIGITS
from service.spoken.ordinals import say_ordinals
from service.spoken.romans import say_romans
from service.spoken.sentences import sentences
from service.spoken.swiss import say_swiss
from service.spoken.technical import say_technical
from service.spoken.times import say_times
from service.spoken.web import say_addresses

PLAIN = Form()
_HEADINGS = (Kind.TITLE, Kind.HEADING)

# What is more special comes first: an address before its dots and slashes, a date before its
# ordinals, an amount with its unit before the bare number.
RULES: tuple[Callable[[str], str], ...] = (
    without_markup,
    say_square,
    signs.without_marks,
    say_capitals,
    say_item,
    say_addresses,
    say_swiss,
    say_technical,
    say_formulas,
    say_codes,
    signs.say_per,
    say_gender,
    say_edited,
    say_law,
    say_times,
    say_dates,
    say_fractions,
    say_amounts,
    say_bare_signs,
    say_abbreviations,
    say_romans,
    say_eras,
    say_years,
    say_ordinals,
    say_compounds,
    say_cardinals,
    say_initials,
    signs.say_signs,
    say_mixed,
)

_LEFT_DIGIT = re.compile(r"[\d⁰¹²³⁴-⁹]")
_LEFT_SIGN = re.compile(r"[^\w\s.,;:!?'’-]|_|(?<!\w)['’-]|['’-](?!\w)")
_GLUED_MARK = re.compile(r"(?<=[^\W\d_])[.,;:!?](?=[^\W\d_])")
_MANY_MARKS = re.compile(r"\s*([,;:.!?])(?:[\s,;:]*([.!?:;,]))*")
_FULL_STOP = re.compile(r"\.[\"”“»«’‘')\]\s]*$")
_STARTS_WITH_NUMBER = re.compile(r"\W*(?:[\d½⅓⅔¼¾⅕-⅞⅒§]|[IVX]+\.)")
_HAS_WORD = re.compile(r"[^\W\d_]")


def speakable(text: str, *, lexicon: Lexicon = BUILT_IN, form: Form = PLAIN) -> str:
    """Written text as it is spoken; "" when there is nothing to say.

    Only letters, blanks, hyphens, apostrophes and the marks . , ; : ? ! are left.
    """
    parts = spoken_sentences(text, lexicon=lexicon, form=form)
    return " ".join(part.spoken for part in parts if part.spoken)


def spoken_sentences(
    text: str, *, lexicon: Lexicon = BUILT_IN, form: Form = PLAIN
) -> Iterator[Sentence]:
    """The sentences of a plain text that may have markup, with the pauses that it asks for."""
    for stretch in stretches(text):
        parts = [
            Sentence(part, _sentence(part, lexicon, form))
            for part in sentences(without_markup(stretch.text))
        ]
        yield from _paused(parts, stretch)


def parted(text: str) -> Iterator[str]:
    """The sentences of a text as written, cut at its pauses too, without the marks of these."""
    for stretch in stretches(text):
        yield from sentences(stretch.text)


def script(
    paragraph: Paragraph, *, lexicon: Lexicon = BUILT_IN, form: Form = PLAIN, native: str = "de"
) -> Script:
    """What is spoken for a paragraph, sentence by sentence; a verse's end is a short pause.

    `native` is the voice's language: one that is at home in the paragraph's own gets it as written.
    """
    if _is_native(native, paragraph.language):
        return _as_written(paragraph)
    scripted: list[Sentence] = []
    for stretch in stretches(paragraph.text):
        parts: list[Sentence] = []
        for text in sentences(stretch.text):
            is_first = not any(part.text for part in scripted + parts)
            is_title = paragraph.kind in _HEADINGS and is_first
            titled = say_chapter(text) if is_title else text
            parts.append(Sentence(text, _sentence(titled, lexicon, form)))
        scripted += _paused(parts, stretch)
    first = next((place for place, sentence in enumerate(scripted) if sentence.text), None)
    if first is not None and paragraph.number is not None:
        spoken = numbered(paragraph.number, scripted[first].spoken)
        scripted[first] = replace(scripted[first], spoken=spoken)
    return Script(paragraph.kind, tuple(scripted))


def _is_native(voice: str, text: str | None) -> bool:
    """Whether a voice of another language than German speaks that text's own."""
    return bool(text) and _primary(voice) != "de" and _primary(voice) == _primary(text or "")


def _primary(tag: str) -> str:
    return tag.lower().partition("-")[0]


def _as_written(paragraph: Paragraph) -> Script:
    """A script without German in it."""
    written: list[Sentence] = []
    for stretch in stretches(paragraph.text):
        parts = [Sentence(text, _unchanged(text)) for text in sentences(stretch.text)]
        written += _paused(parts, stretch)
    return Script(paragraph.kind, tuple(written))


def _unchanged(text: str) -> str:
    return " ".join(text.split()) if any(map(str.isalnum, text)) else ""


def _paused(parts: list[Sentence], stretch: Stretch) -> list[Sentence]:
    """The sentences of a stretch; the last has its pause, and what is shown between it and more."""
    if stretch.pause_ms is None:
        return parts
    *before, last = parts or [Sentence("", "")]
    return [*before, replace(last, text=last.text + stretch.gap, pause_ms=stretch.pause_ms)]


def _sentence(text: str, lexicon: Lexicon, form: Form) -> str:
    is_full, is_number = _FULL_STOP.search(text), _STARTS_WITH_NUMBER.match(text)
    text = lexicon.apply(text)
    for rule in RULES:
        text = rule(text)
    text = _tidy(text)
    if is_number:
        text = text[:1].upper() + text[1:]
    if is_full and text and text[-1].isalpha():
        text += "."
    if form.spell_letters:
        text = spelled(text, shortest=form.shortest_spelled)
    return signs.split_numbers(text) if form.split_numbers else text


def _tidy(text: str) -> str:
    """No digit or sign left, and one mark where several came together."""
    text = _LEFT_DIGIT.sub(lambda match: f" {_digit_name(match[0])} ", text)
    text = _LEFT_SIGN.sub(" ", text)
    text = _GLUED_MARK.sub(_apart, text)
    text = _MANY_MARKS.sub(_strongest, text)
    text = " ".join(text.split()).lstrip(",;:.!? ")
    text = re.sub(r"\s+([.,;:!?])", r"\1", text)
    text = _GLUED_MARK.sub(r"\g<0> ", text)
    return text if _HAS_WORD.search(text) else ""


def _apart(match: re.Match[str]) -> str:
    """“t.co” is “t Punkt co”, “Ende.Dann” two sentences."""
    is_address = match[0] == "." and match.string[match.end()].islower()
    return " Punkt " if is_address else f"{match[0]} "


def _strongest(match: re.Match[str]) -> str:
    """Of several marks a question or exclamation mark, else the last: “C.,” is no stop."""
    marks = "".join(match[0].split())
    mark = next((stop for stop in "?!" if stop in marks), marks[-1])
    joined = match.end() < len(match.string) and match.string[match.end()].isalnum()
    return mark + (" " if len(marks) > 1 and joined else "")


@lru_cache(maxsize=256)
def _digit_name(digit: str) -> str:
    try:
        return DIGITS[unicodedata.digit(digit)]
    except ValueError:
        return ""
