"""Amounts: money, millions, percent, measures, fractions and plain cardinals."""

from __future__ import annotations

import re
from importlib import resources

from service.spoken.endings import one
from service.spoken.numbers import NUMBER, cardinal, digits, number, ordinal, value

_N = rf"(?<![\w.,])(?P<sign>[-−–+±])?(?P<n>{NUMBER})"
_BIG = (
    r"(?P<big>Mio\.?|Mrd\.?|Bio\.?|Tsd\.?|Millionen|Milliarden|Billionen|Million|Milliarde|Billion)"
)
_CURRENCIES = {
    "€": ("Euro", "Cent"), "EUR": ("Euro", "Cent"), "Euro": ("Euro", "Cent"),
    "US-$": ("US-Dollar", "Cent"), "US$": ("US-Dollar", "Cent"), "USD": ("US-Dollar", "Cent"),
    "$": ("Dollar", "Cent"), "Dollar": ("Dollar", "Cent"), "US-Dollar": ("US-Dollar", "Cent"),
    "£": ("Pfund", "Pence"), "GBP": ("Pfund", "Pence"), "CHF": ("Franken", "Rappen"),
    "Franken": ("Franken", "Rappen"), "sFr.": ("Franken", "Rappen"), "Fr.": ("Franken", "Rappen"),
    "¥": ("Yen", "Sen"), "JPY": ("Yen", "Sen"), "DM": ("D-Mark", "Pfennig"),
    "D-Mark": ("D-Mark", "Pfennig"), "Mark": ("Mark", "Pfennig"), "₽": ("Rubel", "Kopeken"),
    "₺": ("Lira", "Kuruş"), "zł": ("Zloty", "Groschen"), "Kč": ("Kronen", "Heller"),
    "₿": ("Bitcoin", "Satoshi"), "ct": ("Cent", ""), "Ct.": ("Cent", ""), "¢": ("Cent", ""),
}  # fmt: skip
_CURRENCY = "|".join(re.escape(name) for name in sorted(_CURRENCIES, key=len, reverse=True))
_MONEY = re.compile(
    rf"{_N}(?P<dash>,(?:-|–"
    rf"|—)+)?(?:\s?{_BIG})?[\s-]?(?P<unit>{_CURRENCY})(?![\w])(?P<hyphen>-(?=\w))?"
)
_MONEY_FIRST = re.compile(
    rf"(?<![\w.,])(?P<unit>US-\$|US\$|[€$£¥]|EUR|USD|GBP|CHF)\s?(?P<sign>)(?P<n>{NUMBER})"
    rf"(?P<dash>,(?:-|–|—)+)?(?:\s?{_BIG})?(?P<hyphen>)(?![\w])"
)
_MAGNITUDES = {"Mio": "Million", "Mrd": "Milliarde", "Bio": "Billion", "Tsd": "Tausend"}
_AMOUNT = re.compile(rf"{_N}\s?{_BIG}(?!\w)(?P<hyphen>-(?=\w))?")
_PERCENT = re.compile(rf"{_N}[\s-]?(?P<unit>%|‰|v\. ?H\.)(?P<tail>-?ig\w*|-(?=\w))?")
_FRACTION = re.compile(r"(?<![\w.,/])(?:(\d+)\s)?(\d{1,2})/(\d{1,3})(?![\w/]|,\d)")
_VULGAR = re.compile(r"(\d+)?\s?([½⅓⅔¼¾⅕⅛⅜⅝⅞])")
_VULGARS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5),
    "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
_CARDINAL = re.compile(rf"{_N}(?![\w])")
_SIGNS = {"-": "minus ", "−": "minus ", "–": "minus ", "+": "plus ", "±": "plus minus ", "": ""}
_RANGE = re.compile(rf"(?<![\w.,/-])({NUMBER})\s?(?:[-–—]|bis)\s?(?={NUMBER}(?!\w|-\w))")
_PHONE = re.compile(
    r"(?:(?<=\bTel\. )|(?<=\bTelefon )|(?<=\bTel\.: )|(?<=\bTelefon: )|(?<=\bNummer )"
    r"|(?<=\bunter )|"
    r"(?<=\bFax )|(?<=\bHotline )|(?<=\bTelefonnummer ))(?:\+?\d[\d /()–-]{3,}\d)"
    r"|(?<![\w.,])(?:\+\d{2}[ /(-][\d /()-]{5,}\d|0\d{2,5}[ /-]\d[\d -]{2,}\d)(?![\w,])"
)
_CODE = re.compile(r"(?<![\w.,])(?:0\d+|\d{16,})(?![\w]|[.,:]\d)")


def _units() -> dict[str, tuple[str, str]]:
    lines = resources.files(__package__).joinpath("units.tsv").read_text("utf-8").splitlines()[1:]
    return {sign: (single, many) for sign, single, many in (line.split("\t") for line in lines)}


_UNITS = _units()
_UNIT = "|".join(re.escape(sign) for sign in sorted(_UNITS, key=len, reverse=True))
_MEASURE = re.compile(rf"{_N}(?P<half>)[\s-]?(?P<unit>{_UNIT})(?![\w²³/])(?P<hyphen>-(?=\w))?")
_BARE_UNIT = re.compile(
    r"(?<![\w])(?P<unit>km/h|m/s|km²|m²|m³|cm²|cm³|µg/m³|kWh|MWh|GWh|TWh|Mbit/s"
    r"|Gbit/s|°C|°F|€/m²|µm|%|‰|"
    r"[€$£¥]|US-\$|g/km|ct/kWh)(?![\w])"
)


def say_codes(text: str) -> str:
    """Telephone numbers and other numbers that are read digit by digit."""
    text = _PHONE.sub(_phone, text)
    return _CODE.sub(lambda match: digits(match[0]), text)


def say_amounts(text: str) -> str:
    """Money, millions, percent and measures in words."""
    text = _VULGAR.sub(_vulgar, text)
    text = _to_ranges(text)
    for pattern, say in (
        (_MONEY_FIRST, _money),
        (_MONEY, _money),
        (_MEASURE, _measure),
        (_AMOUNT, _amount),
        (_PERCENT, _percent),
    ):
        text = pattern.sub(say, text)
    return _BARE_UNIT.sub(_bare, text)


def say_cardinals(text: str) -> str:
    """Fractions and whatever numbers are left, in words."""
    text = _FRACTION.sub(_fraction, text)
    return _CARDINAL.sub(_plain, text)


def _to_ranges(text: str) -> str:
    return _RANGE.sub(lambda match: f"{match[1]} bis ", text)


def _phone(match: re.Match[str]) -> str:
    plus = "plus " if match[0].startswith("+") else ""
    return plus + ", ".join(digits(part) for part in re.split(r"[^\d]+", match[0]) if part)


def _sign(match: re.Match[str]) -> str:
    """A minus, unless it is a dash or a hyphen."""
    sign = match["sign"] or ""
    if sign in {"-", "–"} and match.start() and match.string[match.start() - 1] not in " (":
        return sign
    return _SIGNS[sign]


def _money(match: re.Match[str]) -> str:
    main, small = _CURRENCIES[match["unit"]]
    said = f"{_big(match)} {main}" if match["big"] else _coins(match, main, small)
    return _sign(match) + (said.replace(" ", "-") + "-" if match["hyphen"] else said)


def _coins(match: re.Match[str], main: str, small: str) -> str:
    whole, _, cents = match["n"].partition(",")
    amount = int(value(whole))
    if match["hyphen"]:
        return (
            f"{cardinal(amount, one='ein')} {main}" if not cents else f"{number(match['n'])} {main}"
        )
    if len(cents) != 2 and cents:
        return f"{number(match['n'])} {main}"
    if cents and not amount and int(cents):
        return f"{cardinal(int(cents), one='ein')} {small or main}"
    form = one(match.string, match.start(), match.end(), noun=main)
    said = f"{number(whole, one=form)} {main}"
    return f"{said} {cardinal(int(cents))}" if cents and int(cents) else said


def _big(match: re.Match[str]) -> str:
    """“drei Komma fünf Millionen”, “eine Milliarde”."""
    written = match["big"].rstrip(".")
    name = _MAGNITUDES.get(written, written.removesuffix("en").removesuffix("n"))
    name = "Milliarde" if name == "Milliard" else name
    if name == "Tausend":
        return f"{number(match['n'], one='ein')} Tausend"
    if value(match["n"]) == 1 and "," not in match["n"]:
        return f"{one(match.string, match.start(), match.end(), noun=name)} {name}"
    return f"{number(match['n'])} {name}{'en' if name[-1] == 'n' else 'n'}"


def _amount(match: re.Match[str]) -> str:
    said = _sign(match) + _big(match)
    return said.replace(" ", "-") + "-" if match["hyphen"] else said


def _percent(match: re.Match[str]) -> str:
    word = {"%": "Prozent", "‰": "Promille"}.get(match["unit"], "vom Hundert")
    said = number(match["n"], one="ein")
    tail = match["tail"] or ""
    if "ig" in tail:
        return f"{_sign(match)}{said}{word.lower()}{tail.lstrip('-')}"
    return _sign(match) + (f"{said}-{word}-" if tail else f"{said} {word}")


def _measure(match: re.Match[str]) -> str:
    single, many = _UNITS[match["unit"]]
    is_one = match["n"] == "1"
    if match["hyphen"]:
        return f"{_sign(match)}{number(match['n'], one='ein')}-{single}-"
    form = one(match.string, match.start(), match.end(), noun=single) if is_one else "eins"
    return f"{_sign(match)}{number(match['n'], one=form)} {single if is_one else many}"


def _bare(match: re.Match[str]) -> str:
    unit = match["unit"]
    if unit in {"%", "‰"}:
        return {"%": "Prozent", "‰": "Promille"}[unit]
    if unit in _CURRENCIES:
        return _CURRENCIES[unit][0]
    return _UNITS[unit][1]


def _fraction(match: re.Match[str]) -> str:
    whole, upper, lower = match[1], int(match[2]), int(match[3])
    if upper >= lower or (upper, lower) == (24, 7) or lower == 1:
        joint = " " if (upper, lower) == (24, 7) else " zu "
        said = f"{cardinal(upper)}{joint}{cardinal(lower)}"
        return f"{whole} {said}" if whole else said
    return fraction(int(whole) if whole else 0, upper, lower)


def fraction(whole: int, upper: int, lower: int) -> str:
    """“zweieinhalb”, “drei Viertel”, “ein Drittel”."""
    if (upper, lower) == (1, 2):
        return f"{cardinal(whole, one='ein')}einhalb" if whole else "ein halb"
    stem = ordinal(lower).removesuffix("te").removesuffix("s")
    part = {3: "Drittel", 7: "Siebtel"}.get(
        lower
    ) or f"{stem}{'s' if lower > 19 else ''}tel".capitalize()
    said = f"{cardinal(upper, one='ein')} {part}"
    return f"{cardinal(whole)} {said}" if whole else said


def _vulgar(match: re.Match[str]) -> str:
    return fraction(int(match[1] or 0), *_VULGARS[match[2]])


def _plain(match: re.Match[str]) -> str:
    form = one(match.string, match.start(), match.end()) if match["n"] == "1" else "eins"
    if match["n"][-2:] == "01" and re.match(r"\s[A-ZÄÖÜ]", match.string[match.end() :]):
        form = "ein"
    return _sign(match) + number(match["n"], one=form)
