"""Swiss spelling of numbers and money: Fr. 12.50, 4.80 Fr., 35.–, 12'000, 1.5 Prozent."""

from __future__ import annotations

import re

from service.spoken.context import of_numbers

_THOUSANDS = re.compile(r"(?<=\d)['’ʼ](?=\d{3}(?!\d))")
_FRANCS = r"(?:CHF|S?[FfS]r\.|SFr\.?|sFr\.?|Franken|Fr\b)"
_OTHERS = r"(?:€|EUR|Euro|\$|US-Dollar|Dollar|£)"
# “Fr. 7.50”, but “Fr. 5. Mai” is a Friday.
_BEFORE = re.compile(
    r"\b(?P<unit>CHF|SFr\.?|sFr\.?|Fr\.)\s?(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)"
    r"(?:[.,](?P<small>\d\d)|(?P<dash>[.,]?[–—-]{1,2}))?(?![\d–-]|[.,]\d|\.\s?[A-ZÄÖÜ]\w*[a-z]|\.\d)"
)
_BEHIND = re.compile(
    rf"(?<![\d.,])(?P<whole>\d{{1,3}}(?:\.\d{{3}})*|\d+)\.(?P<small>\d\d)(?=\s?(?:{_FRANCS}|{_OTHERS}))"
)
_DASH = re.compile(
    r"(?<![\d.,])(?<![€$£])(?<![€$£] )(?<!EUR )(?P<whole>\d[\d.]*)(?P<mark>[.,])[–—-]{1,2}"
    rf"(?![\w-]|\s?\d)(?!\s?(?:{_FRANCS}|{_OTHERS}))"
)
_DECIMAL = re.compile(
    r"(?<![\d.,:])(?P<whole>\d{1,3})\.(?P<part>\d{1,2})(?=\s?(?:[%‰°]|(?:Prozent|Promille|Millionen?"
    r"|Milliarden?|Mio|Mrd|Grad|Kilometer|km|Meter|Liter|Tonnen|Kilogramm|kg|Hektaren?"
    r"|Quadratmeter|Sekunden)\b))"
)


_SIGN_FIRST = re.compile(r"(?<=[£$€])(\s?\d{1,6})\.(\d\d)(?!\d|\.\d)")  # “£1.50”


@of_numbers
def say_swiss(text: str) -> str:
    """The text with Swiss numbers and sums as Germans write them."""
    text = _THOUSANDS.sub(".", text)
    text = _SIGN_FIRST.sub(r"\1,\2", _BEFORE.sub(_before, text))
    text = _BEHIND.sub(r"\g<whole>,\g<small>", text)
    text = _DASH.sub(lambda m: f"{m['whole']} {'Franken' if m['mark'] == '.' else 'Euro'}", text)
    return _DECIMAL.sub(r"\g<whole>,\g<part>", text)


def _before(match: re.Match[str]) -> str:
    return match["whole"] + (f",{match['small']}" if match["small"] else "") + " Franken"
