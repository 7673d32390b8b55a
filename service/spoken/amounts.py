"""Amounts: money, millions, percent, measures, fractions and plain cardinals."""

from __future__ import annotations

import re

from service.spoken.cases import form_of_one
from service.spoken.context import of_numbers
from service.spoken.government import governing
from service.spoken.numbers import NUMBER, cardinal, number, value
from service.spoken.tables import rows
from service.spoken.units import PER, UNIT, UNITS, per, say_bare_units, say_spans

_N = rf"(?<![\w.,])(?P<sign>[-−–+±])?(?P<n>{NUMBER})"
_MAGNITUDES = {
    "Mio": ("Million", "Millionen"), "Mill": ("Million", "Millionen"),
    "Mrd": ("Milliarde", "Milliarden"), "Bio": ("Billion", "Billionen"),
    "Tsd": ("tausend", "tausend"), "Million": ("Million", "Millionen"),
    "Millionen": ("Million", "Millionen"), "Milliarde": ("Milliarde", "Milliarden"),
    "Milliarden": ("Milliarde", "Milliarden"), "Billion": ("Billion", "Billionen"),
    "Billionen": ("Billion", "Billionen"), "Tausend": ("tausend", "tausend"),
}  # fmt: skip
_NO_YEAR = r"(?<!(?<![\d.,])1[1-9]\d\d )(?<!(?<![\d.,])20\d\d )"
_BIG = rf"{_NO_YEAR}(?P<big>(?:Mio|Mill|Mrd|Bio|Tsd)\b\.?|(?:{'|'.join(list(_MAGNITUDES)[5:])})\b)"
_CURRENCIES = {sign: (main, small) for sign, main, small in rows("currencies.tsv")}
_CURRENCY = "|".join(re.escape(name) for name in sorted(_CURRENCIES, key=len, reverse=True))
_MONEY = re.compile(
    rf"{_N}(?P<dash>[.,](?:-|–"
    rf"|—)+)?(?:[\s-]?{_BIG})?[\s-]?(?P<unit>{_CURRENCY})(?!\w)(?:{PER})?"
    r"(?P<hyphen>-(?=\w))?"
)
_COMPARED = re.compile(r"\bvon \d+,\d\d (?:auf|bis) $")  # “von 1,12 auf 0,98 Dollar”
_CENTS = re.compile(r"(?<!\w)[-–—],(?=\d\d\s?(?:€|Euro|EUR)(?!\w))")
_PER_PIECE = re.compile(r"(?<=[€$£])\s/\s(?=[A-ZÄÖÜ][a-z])|(?<=Euro)\s/\s(?=[A-ZÄÖÜ][a-z])")
_THOUSANDS = re.compile(r"(?<=\d)\s?[Tk](?:€|EUR)(?!\w)")
_MONEY_FIRST = re.compile(
    rf"(?<![\w.,])(?P<unit>US-\$|US\$|[€$£¥]|EUR|USD|GBP|CHF)\s?(?P<sign>)(?P<n>{NUMBER})"
    rf"(?P<dash>[.,](?:-|–|—)+)?(?:[\s-]?{_BIG})?(?:{PER})?(?P<hyphen>)(?!\w)"
)
_AMOUNT = re.compile(
    rf"{_N}[\s-]?{_BIG}(?:\s(?P<unit>{UNIT})(?P<gas>\sCO2)?(?:{PER})?(?![\w²³/]))?(?!\w)"
    r"(?P<hyphen>(?(gas)(?!)|-)(?=\w))?"
)
_PERCENT = re.compile(
    rf"{_N}[\s-]?(?P<unit>(?:Vol\.?-?\s?)?%|‰|v\. ?H\.)"
    r"(?P<tail>-?ig\w*|-(?=\w))?"
)
_POINTS = re.compile(r"(?<=\d)\s?%-?[pP]unkt")
_CARDINAL = re.compile(rf"{_N}(?![\w])")
_PERCENTS = {"%": "Prozent", "‰": "Promille"}
_BARE = re.compile(r"US-\$|[%‰€$£¥]")
_BARE_SIGNS = {**_PERCENTS, **{sign: _CURRENCIES[sign][0] for sign in ("US-$", *"€$£¥")}}
_SIGNS = {"-": "minus ", "−": "minus ", "–": "minus ", "+": "plus ", "±": "plus minus ", "": ""}
_RANGE = re.compile(
    rf"(?<![\w.,/-])({NUMBER}|\d+[a-f])(?:\s?(?:[-–]|bis)\s?|—)(?={NUMBER}(?:[a-f]\b)?(?!\w|-\w))"
)


_DATIVE = re.compile(
    rf"(?:\b(?<!bis )(?<!\d )(?:halb von|{governing('dative', 'amount')})|^auf)"
    r"(?: (?:rund|etwa|ca\.|circa|rd\.|knapp|gut|fast|nur|über|mehr als|bis zu|je|jeweils|bereits"
    r"|mindestens|maximal|insgesamt|ungefähr|nur noch|weniger als|höchstens"
    r"|[\d.,]+ (?:bis|und|oder|mal)))* $",
    re.IGNORECASE,
)
_WITH_N = ("eter", "iter", "lieder", "wohner", "entner", "Punkte")
_NOUN_BEHIND = re.compile(
    r"\s[A-ZÄÖÜ]|\s(?:lang|hoch|breit|tief|weit|groß|schwer|dick|entfernt|alt)|-"
)
_SCORES = re.compile(r"(?<![\d.,/-])(\d{1,3})-(\d{1,3})(?!\d|[.,]\d|\s?[%€°]|-)")
_SCORE = re.compile(rf"\d{{1,3}}(?!\d|[.,]\d|\s?[%€°]|\s[A-ZÄÖÜ]|\s?{UNIT}(?!\w))")
_MEASURE = re.compile(
    rf"{_N}[\s-]?(?P<unit>{UNIT})(?P<gas>\sCO2)?(?:{PER})?(?![\w²³]|/(?!\d))(?P<hyphen>(?(gas)(?!)|-)(?=\w))?"
)


@of_numbers
def say_amounts(text: str) -> str:
    """Money, millions, percent and measures in words."""
    text = _PER_PIECE.sub("/", _THOUSANDS.sub(" Tsd. €", _CENTS.sub("0,", text)))
    text = _RANGE.sub(_to, say_spans(_POINTS.sub(" Prozentpunkt", text)))
    for pattern, say in (
        (_MONEY_FIRST, _money),
        (_MONEY, _money),
        (_MEASURE, _measure),
        (_AMOUNT, _amount),
        (_PERCENT, _percent),
    ):
        text = pattern.sub(say, text)
    return text


def say_bare_signs(text: str) -> str:
    """Units, percent and currencies without a number: “in km/h”, “der $-Kurs”."""
    return _BARE.sub(lambda match: _BARE_SIGNS[match[0]], say_bare_units(text))


@of_numbers
def say_cardinals(text: str) -> str:
    """Whatever numbers are left, in words."""
    return _CARDINAL.sub(_bare_cardinal, text)


def _to(match: re.Match[str]) -> str:
    """“5–10 km” is “bis”; what does not rise is a score: “78-75”."""
    second = _SCORE.match(match.string, match.end())
    if not (second and match[1].isdecimal() and match[0].endswith("-")):
        return f"{match[1]} bis "
    pairs = [(int(a), int(b)) for a, b in _SCORES.findall(match.string)]
    is_score = any(b <= a < 200 for a, b in pairs) and max(map(max, pairs)) < 200
    return f"{match[1]} {'zu' if is_score else 'bis'} "


def _sign(match: re.Match[str]) -> str:
    """A minus, unless it is a dash or a hyphen."""
    sign = match["sign"] or ""
    if sign in {"-", "–"} and match.start() and match.string[match.start() - 1] not in " (":
        return sign
    return _SIGNS[sign]


def _money(match: re.Match[str]) -> str:
    main, small = _CURRENCIES[match["unit"]]
    amount = f"{_big(match)} {main}" if match["big"] else _coins(match, main, small)
    return _sign(match) + _hyphened(match, amount + per(match))


def _hyphened(match: re.Match[str], amount: str) -> str:
    """In a compound all parts are joined by hyphens: “Fünf-Euro-Schein”."""
    if not match["hyphen"]:
        return amount
    return f"{amount[0].upper()}{amount[1:]}-".replace(" ", "-")


def _coins(match: re.Match[str], main: str, small: str) -> str:
    whole, _, cents = match["n"].partition(",")
    is_compared = _COMPARED.search(match.string, 0, match.start())
    if match["hyphen"] or is_compared or len(cents) not in {0, 2} or not small:
        return f"{number(match['n'], one='ein')} {main}"
    if int(cents or 0) and not value(whole):
        return f"{cardinal(int(cents), one='ein')} {small}"
    form = _form_of_final_one(match, whole, noun=main)
    amount = f"{number(whole, one=form)} {main}"
    return f"{amount} {cardinal(int(cents))}" if int(cents or 0) else amount


def _form_of_final_one(match: re.Match[str], count: str, *, noun: str = "") -> str:
    """How a final one of the count is spoken: in the form that the noun asks for, if it is 1."""
    if count != "1":
        return "eins"
    return form_of_one(match.string, match.start(), match.end(), noun=noun)


def _big(match: re.Match[str]) -> str:
    """“drei Komma fünf Millionen”, “eine Milliarde”, “fünftausend”."""
    single, many = _MAGNITUDES[match["big"].rstrip(".")]
    if single == "tausend":
        return _thousands(match)
    if match["n"] == "1":
        return f"{_form_of_final_one(match, '1', noun=single)} {single}"
    return f"{number(match['n'])} {many}"


def _thousands(match: re.Match[str]) -> str:
    worth = value(match["n"]) * 1000
    is_whole = worth.is_integer() and worth < 10**9
    return cardinal(int(worth)) if is_whole else f"{number(match['n'])} tausend"


def _amount(match: re.Match[str]) -> str:
    unit = f" {UNITS[match['unit']][1]}{_gas(match)}{per(match)}" if match["unit"] else ""
    return _sign(match) + _hyphened(match, _big(match) + unit)


def _percent(match: re.Match[str]) -> str:
    word = _PERCENTS.get(match["unit"][-1], "vom Hundert")
    word = "Volumenprozent" if match["unit"].startswith("Vol") else word
    tail = match["tail"] or ""
    if tail:
        count = number(match["n"], one="ein")
        joined = f"-{word}-" if tail == "-" else f"{word.lower()}{tail.lstrip('-')}"
        return f"{_sign(match)}{count}{joined}"
    form = _form_of_final_one(match, match["n"], noun=word)
    return f"{_sign(match)}{number(match['n'], one=form)} {word}"


def _measure(match: re.Match[str]) -> str:
    single, many = UNITS[match["unit"]]
    gas = _gas(match)
    if match["hyphen"]:
        name = many if single.endswith("e") else single
        return _sign(match) + _hyphened(match, f"{number(match['n'], one='ein')} {name}{gas}")
    is_one = match["n"] == "1"
    form = _form_of_final_one(match, match["n"], noun=single)
    name = single if is_one else _inflected(match, many)
    return f"{_sign(match)}{number(match['n'], one=form)} {name}{gas}{per(match)}"


def _inflected(match: re.Match[str], many: str) -> str:
    """“mit 75 Quadratmetern”, but “mit 75 Meter Abstand”."""
    first, _, rest = many.partition(" ")
    is_bare = not _NOUN_BEHIND.match(match.string, match.end())
    is_dative = first.endswith(_WITH_N) and _DATIVE.search(
        match.string, max(0, match.start() - 60), match.start()
    )
    return f"{first}n {rest}".rstrip() if is_dative and is_bare else many


def _gas(match: re.Match[str]) -> str:
    return " CO zwei" if match["gas"] else ""


def _bare_cardinal(match: re.Match[str]) -> str:
    return _sign(match) + number(match["n"], one=_form_of_final_one(match, match["n"]))
