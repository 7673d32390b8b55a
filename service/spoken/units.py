"""Units of measure and what they are called: km/h, °C, g CO2/km, €/m²."""

from __future__ import annotations

import re

from service.spoken.government import governing
from service.spoken.tables import rows


def _table() -> dict[str, tuple[str, str]]:
    return {sign: (single, many) for sign, single, many in rows("units.tsv")}


UNITS = _table()
"""Sign → name of one, name of many."""
UNIT_NAMES = frozenset(name for names in UNITS.values() for name in names)

UNIT = rf"(?:{'|'.join(re.escape(sign) for sign in sorted(UNITS, key=len, reverse=True))})"
PER = rf"/(?P<hundred>100\s?)?(?P<per>{UNIT}|[A-ZÄÖÜ][a-zäöüß]+)(?![\w/])"
"""What an amount is divided by: “/km”, “/100 g”, “/Monat”."""

_RATIO = re.compile(rf"(?<![\w/.-])(?P<unit>{UNIT}){PER}")
_SIGN = re.compile(
    r"(?<!\w)(?:km²|m²|m³|cm²|cm³|kWh|MWh|GWh|TWh|°C|°F|µm)(?!\w)|\bkm(?=\s\d)"
    r"|(?:(?<=gestr\. )|(?<=gestrichene )|(?<=gehäufte ))[ET]L\b"
    r"|(?:(?<=\bje )|(?<=\bpro ))(?:[ckm]?m|k?g|h?l|ml|ha|t|h|[kM]Wh)(?![\w/²³])"
)
# “Personen/km²”, “Fahrzeuge/h”: a noun by a unit; one letter alone could be anything else
_LONG = sorted((unit for unit in UNITS if len(unit) > 1), key=len, reverse=True)
_NOUN_PER = re.compile(rf"(?<=[a-zäöüß]{{3}})/(h|{'|'.join(map(re.escape, _LONG))})(?![\w/])")
_RAISED = re.compile(rf"(\bhoch (?:minus )?[a-zäöüß]+) ({UNIT})(?![\w/])")  # “zehn hoch acht km”
_PER_COUNT = re.compile(
    r"(?<=[a-zäöüß]{3})/(?=1(?:\.?000|00)(?:\.000)*\s[A-ZÄÖÜ])"
)  # “Fälle/100.000 Einwohner”
_EACH = re.compile(r"\b(?:je|pro|per) $")
_SPAN = re.compile(r"(?<![\w.,])(\d+)\s?(J|Mon|Wo|Tg)\.")
_SPANS = {"J": "Jahr", "Mon": "Monat", "Tg": "Tag"}
_DATIVE = re.compile(rf"\b(?:{governing('dative', 'amount')})(?: \w+){{0,2}}[ –-]$", re.IGNORECASE)


def per(match: re.Match[str]) -> str:
    """“ pro Kilometer”, “ pro hundert Gramm”, or "" when nothing is divided."""
    if not match["per"]:
        return ""
    name = UNITS[match["per"]][0] if match["per"] in UNITS else match["per"]
    return f" pro {'hundert ' if match['hundred'] else ''}{name}"


def say_spans(text: str) -> str:
    """Abbreviated spans of time behind their number: “30 J.” → “30 Jahre”."""
    return _SPAN.sub(_span, text)


def say_bare_units(text: str) -> str:
    """Units without a number in words: “in km/h”."""
    text = _NOUN_PER.sub(lambda m: f" pro {UNITS[m[1]][0]}", _PER_COUNT.sub(" pro ", text))
    text = _RAISED.sub(lambda match: f"{match[1]} {UNITS[match[2]][1]}", text)
    text = _RATIO.sub(lambda match: UNITS[match["unit"]][1] + per(match), text)
    return _SIGN.sub(_bare, text)


def _bare(match: re.Match[str]) -> str:
    """“in Kilowattstunden”, but “je Kilowattstunde”."""
    single, many = UNITS[match[0]]
    return single if _EACH.search(match.string, 0, match.start()) else many


def _span(match: re.Match[str]) -> str:
    if match[2] == "Wo":
        return f"{match[1]} Wochen"
    is_dative = _DATIVE.search(match.string, 0, match.start())
    many = "en" if is_dative else "e"
    return f"{match[1]} {_SPANS[match[2]]}{'' if match[1] == '1' else many}"
