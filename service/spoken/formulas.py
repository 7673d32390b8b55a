"""Signs between and before numbers: ×, =, <, ±, √, powers, #1, and minus in a sum."""

from __future__ import annotations

import re

from service.spoken.numbers import number

_SIGN = re.compile(
    r"mm ?Hg|′|\d\s?[\"″]|(?:Update|Version|Windows|Android|Release)\s\d"
    r"|½\s?:|:\s?\d+\s?½|[×✕x*·÷=≈≤≥<>±√#Ø~+−]|[-–]\s\d|[⁰¹²³⁴-⁹⁻]"
)
_POWER = re.compile(r"(?<=\d)(⁻?)([⁰¹²³⁴-⁹]+)(?!\w)")
_POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d$")
_TIMES = re.compile(r"(?<![\w.,])(\d+)\s?[x×](?=[\s,.;:!?)]|$)(?!\s\d)")
_SAID = (
    (re.compile(r"(?<=[\d²³])\s?[x×✕*·]\s?(?=\d)"), " mal "),
    (re.compile(r"(?:(?<=\d [ckm]m)|(?<=\d[ckm]m)|(?<=\d m)|(?<=\dm))\s?[x×✕]\s?(?=\d)"), " mal "),
    (re.compile(r"(?<=\d)\s[−]\s(?=\d)"), " minus "),
    (re.compile(r"(?<=\d)\s[-–]\s(?=\d+(?:,\d+)?\s?=)"), " minus "),
    (re.compile(r"(?:\+\s?/\s?[−–-]|±)\s?(?=\d)"), "plus minus "),
    (re.compile(r"(?<=\d)\s?\+\s?(?=\d)"), " plus "),
    (re.compile(r"(?<=\d)/(?=\d{2,3}\s?mm ?Hg)"), " zu "),
    (re.compile(r"\s*÷\s*"), " geteilt durch "),
    (re.compile(r"\s*=\s*"), " gleich "),
    (re.compile(r"\s*≈\s*|(?<!\w)~\s?(?=\w)"), " ungefähr "),
    (re.compile(r"\s*≥\s*"), " mindestens "),
    (re.compile(r"\s*≤\s*"), " höchstens "),
    (re.compile(r"(?<=\d)\s*<\s*(?=\d)"), " kleiner als "),
    (re.compile(r"(?<=\d)\s*>\s*(?=\d)"), " größer als "),
    (re.compile(r"<\s?(?=\d)"), " unter "),
    (re.compile(r">\s?(?=\d)"), " über "),
    (re.compile(r"(?<=\d)\s?′"), " Minuten"),
    (re.compile(r"√\s?(?=\d)"), "Wurzel aus "),
    (re.compile(r"#\s?(?=\d)"), "Nummer "),
    (re.compile(r"(?<=[tT]aste )#|#(?=-[tT]aste)"), "Raute"),
    (re.compile(r"(?<=[tT]aste )\*|(?<!\w)\*(?=-[tT]aste)"), "Stern"),
    (re.compile(r"(?<=½)\s?:\s?(?=\d)|(?<=\d)\s?:\s?(?=\d+\s?½)"), " zu "),
    (re.compile(r"(?<=\b[Ii]m )Ø"), "Durchschnitt"),
    (re.compile(r"(?<=\w )Ø(?= (?:von )?(?:\w+ )?\d)"), "Durchmesser"),
    (re.compile(r"Ø:?\s?(?=\d)"), "durchschnittlich "),
)


_DIVIDED = re.compile(r"(\d)\s?:\s?(\d+)(?=\s?=)")
_VERSION = re.compile(
    r"\b((?:Update|Version|Windows|Android|Release) \d+)\.(\d+)(?![\d.]|\s(?:Uhr|Euro))"
)
_INCHES = re.compile(r"^([^\"„“]*\d)\s?[\"″](?=[^\"]*$)")


def say_formulas(text: str) -> str:
    """The text with mathematical signs in words; the numbers themselves are left."""
    if not _SIGN.search(text):
        return text
    text = _DIVIDED.sub(r"\1 durch \2", text)
    text = _VERSION.sub(r"\1 Punkt \2", text)
    text = _INCHES.sub(r"\1 Zoll", text)
    text = _POWER.sub(_power, text)
    text = _TIMES.sub(lambda match: f"{number(match[1], one='ein')}mal", text)
    for pattern, words in _SAID:
        text = pattern.sub(words, text)
    return text


def _power(match: re.Match[str]) -> str:
    """“hoch zwei”; behind a year it is a footnote."""
    if not match[1] and _YEAR.search(match.string, max(0, match.start() - 5), match.start()):
        return ""
    sign = "minus " if match[1] else ""
    return f" hoch {sign}{number(match[2].translate(_POWERS))}"
