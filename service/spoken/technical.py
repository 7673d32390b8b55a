"""Versions, models and addresses of machines: v1.8, HDMI 2.1, i7-13700K, 192.168.0.1, 8K."""

from __future__ import annotations

import re

from service.spoken.context import of_numbers
from service.spoken.numbers import cardinal, digits
from service.spoken.tables import words
from service.spoken.units import UNITS

_PARTS = r"\d{1,4}(?:\.\d{1,4}){1,3}"
_END = r"(?!\w|[.,]\d|-\d)"
_MACHINE = re.compile(
    rf"(?<![\w.,])(?!\d+(?:\.\d{{3}}){{3}})\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?::\d{{2,5}})?{_END}"
)
_VERSION = re.compile(
    r"(?<![\w.,])(?:[vV]ersion )?"
    rf"(?:v(?P<small>\d{{1,4}}(?:\.\d{{1,4}}){{0,3}})|V(?P<big>{_PARTS})){_END}"
)
# ISO 8601 behind its date; the zone is silent
_ISO_TIME = re.compile(r"(?<=\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?(?!\w)")
_PRODUCTS = "|".join(sorted(words("products.tsv"), key=len, reverse=True))
# Behind any initialism only what is no time, sum or date: “NFC 2.0”, not “ARD 20.15”, “DAX 18.000”
_PRODUCT = re.compile(
    rf"(?P<name>\b(?:{_PRODUCTS})[ -])(?!\d{{1,3}}(?:\.\d{{3}})+(?!\d))(?P<number>{_PARTS})"
    rf"(?P<plus>[a-z]{{0,2}}){_END}(?!\s?(?:Uhr|Euro|Mio|Mrd|Prozent|%|€))"
    rf"|(?P<short>\b[A-Z]{{3,6}} )(?P<version>\d{{1,2}}\.\d(?:\.\d)?)(?P<more>[a-z]?){_END}"
    r"(?!\.|\s?(?:Uhr|Euro|Mio|Mrd|Prozent|%|€))"
)
_VARIANT = re.compile(
    r"(?<![\w.])(?:([A-Z]{1,3})\.(\d{1,3}(?:\.\d{1,3})+)|(BA|BQ|JN|KP|LB|XBB)\.(\d{1,2}))(?!\w|[.,]\d)"
)  # of a virus: B.1.1.7, BA.5
_RELEASE = re.compile(r"(?<![\w.,])\d{1,3}\.\d{1,3}\.\d(?:\.\d{1,3})?(?![\w,.-]|\.\d)")
# “F-22A”, “i5-12600K”, “UH-60M”: letters and digits that no unit is in.
_MODEL = re.compile(
    r"(?<![\w.,/-])(?P<head>[A-ZÄÖÜ]{1,4}\d?|[A-Z][a-z]{1,2}[A-Z]?|[a-z]\d{1,2})-(?P<number>\d{1,5})"
    r"(?P<tail>[A-Z]{1,3}|[a-z]{1,2})(?![\w/]|-\d)"
)
_CORE = re.compile(r"(?<![\w.,/-])([a-z])(\d{1,2})-(\d{3,5})(?![\w/-])")
_SHARP = re.compile(r"(?<![\w.,–-])(?P<n>\d{1,2})K(?:(?P<hyphen>-)(?=[A-Za-z])|(?!\w))")
_UNIT_LETTERS = "".join(unit for unit in UNITS if unit.isupper() and len(unit) == 1)
_GLUED = re.compile(rf"(?<=\d,\d)(?=[A-Z](?!\w))(?![{_UNIT_LETTERS}])")  # “0,5C”


@of_numbers
def say_technical(text: str) -> str:
    """The text with versions, models and the like in words."""
    text = _ISO_TIME.sub(r", \1 Uhr", text)
    text = _MACHINE.sub(lambda match: _pointed(match[0]), text)
    text = _VERSION.sub(lambda match: f"Version {_pointed(match['small'] or match['big'])}", text)
    text = _PRODUCT.sub(_product, text)
    text = _VARIANT.sub(lambda m: f"{m[1] or m[3]} {_pointed(m[2] or m[4])}", text)
    text = _RELEASE.sub(lambda match: _pointed(match[0]), text)
    text = _MODEL.sub(_model, text)
    text = _CORE.sub(lambda m: f"{m[1]} {cardinal(int(m[2]))} {cardinal(int(m[3]))}", text)
    text = _SHARP.sub(_sharp, text)
    return _GLUED.sub(" ", text)


def _product(match: re.Match[str]) -> str:
    name, version = match["name"] or match["short"], _pointed(match["number"] or match["version"])
    return f"{name}{version} {match['plus'] or match['more'] or ''}".rstrip()


def _pointed(written: str) -> str:
    """“eins Punkt acht”; a colon before a port is silent."""
    return " ".join(
        {".": "Punkt", ":": "Port"}.get(part) or _number(part)
        for part in re.findall(r"\d+|[.:]", written)
    )


def _number(written: str) -> str:
    return digits(written) if written[0] == "0" else cardinal(int(written))


def _model(match: re.Match[str]) -> str:
    head = re.sub(r"(?<=\D)(?=\d)", " ", match["head"])
    head = " ".join(_number(part) if part.isdecimal() else part for part in head.split())
    return f"{head} {_number(match['number'])} {match['tail']}"


def _sharp(match: re.Match[str]) -> str:
    """“8K” and “10K” are no Kelvin: “acht K”, “Zehn-K-Lauf”."""
    count = cardinal(int(match["n"]), one="ein")
    return f"{count.capitalize()}-K-" if match["hyphen"] else f"{count} K"
