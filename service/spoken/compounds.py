"""Numbers grown together with words: 24-Stunden-Frist, 35-jährige, 5G-Netz, A4, Covid-19."""

from __future__ import annotations

import re

from service.spoken.context import of_numbers
from service.spoken.numbers import MOST_DIGITS, NUMBER, cardinal, digits, number

_GLUED = (
    r"jährig|köpfig|prozentig|stündig|minütig|sekündig|tägig|wöchig|monatig|stöckig"
    r"|teilig|seitig|stellig|"
    r"malig|fach|mal(?!\w)|monatlich|stündlich|jährlich|tägig|zeilig|sitzig|türig|gleisig|spurig|"
    r"bändig|strophig|achsig|motorig|zylindrig|zimmrig|geschossig|gängig|armig|flüglig|wöchentlich|"
    r"minütlich|täglich|semestrig|karätig|metrig|klassig|polig|silbig|stufig|tausend|tel(?!\w)"
)
_ADJECTIVE = re.compile(
    rf"(?<![\w.,])({NUMBER})(?:-?((?:{_GLUED})\w*)|-((?-i:[a-zäöüß]+ige?[nrsm]?)(?!\w)))",
    re.IGNORECASE,
)
_FORMATION = re.compile(r"(?<![\w.,/-])(\d)-(\d)-(\d)(?:-(\d))?(?![\w,/]|-\d)")
_HYPHENED = re.compile(rf"(?<![\w.,:-])({NUMBER})-(?=[A-Za-zÄÖÜäöü])")
_FROM_TO = re.compile(
    r"(?<![\w.,/-])(\d{1,3})[-–](?=\d{1,3}-?(?:mal|fach|köpfig|tägig|jährig|stündig))"
)
_FIRST_OF_TWO = re.compile(r"(?<![\w.,])1-(?= (?:bis|und|oder) \d)")
_BEHIND = re.compile(r"(?<=[A-Za-zÄÖÜäöüß])-(\d{1,6})(?![\d,])")
_ER = re.compile(rf"(?<![\w.,])({NUMBER})er(n|s|in|innen)?\b")
_CODE = re.compile(r"(?<![\w.,])([A-ZÄÖÜ][A-Za-z]{0,4})(\d{1,4})([A-Za-z]{0,2})(?!\w)")
_TURNED = re.compile(r"(?<![\w.,])(\d{1,4})([A-Za-z]{1,3})(?!\w)")
_PARTS = re.compile(r"(?<![\d.,])\d+(?:\.\d{1,2})+(?!\d|,\d)")
_LETTER = re.compile(r"(?<=[A-Z])\.(?=\d)")
_MIXED = re.compile(r"\b(?=\w*\d)(?=\w*[^\W\d])\w+\b")
_PLANE = re.compile(r"\b(Boeing|Airbus A|A)\s?([37]\d\d)\b(?!\s?(?:Euro|Menschen|Passagiere))")


@of_numbers
def say_compounds(text: str) -> str:
    """The text with numbers in compounds and codes in words."""
    text = _FROM_TO.sub(lambda m: f"{number(m[1], one='ein')}- bis ", text)
    text = _FIRST_OF_TWO.sub("ein-", _LETTER.sub(" ", text))
    text = _PARTS.sub(_pointed, text)
    text = _FORMATION.sub(lambda m: "-".join(digits(m[0]).split()), text)
    text = _ADJECTIVE.sub(_adjective, text)
    text = _PLANE.sub(_plane, text)
    text = _HYPHENED.sub(_hyphened, text)
    text = _BEHIND.sub(lambda m: f" {_code_number(m[1])}", text)
    text = _ER.sub(lambda m: f"{number(m[1], one='ein')}er{m[2] or ''}", text)
    text = _CODE.sub(_code, text)
    text = _TURNED.sub(lambda m: f"{number(m[1], one='ein')} {m[2]}", text)
    return _MIXED.sub(_mixed, text)


def _pointed(match: re.Match[str]) -> str:
    """“802.11ax” → “achthundertzwei Punkt elf ax”."""
    spoken = " Punkt ".join(map(_code_number, match[0].split(".")))
    return f"{spoken} " if match.string[match.end() : match.end() + 1].isalpha() else spoken


def _adjective(match: re.Match[str]) -> str:
    spoken = number(match[1], one="ein")
    tail = match[2] or match[3]
    joint = " " if "," in match[1] else ""
    before = match.string[: match.start()].rstrip()
    is_start = not before or before[-1] in ".!?„"
    word = f"{spoken}{joint}{tail[0].lower()}{tail[1:]}"
    return word[0].upper() + word[1:] if tail[0].isupper() or is_start else word


def _plane(match: re.Match[str]) -> str:
    head, tail = match[2][0], match[2][1:]
    name = {"A": "A", "Airbus A": "Airbus A"}.get(match[1], match[1])
    if match[1] == "Boeing":
        return f"{name} {digits(match[2])}"
    rest = cardinal(int(tail)) if tail != "00" else "hundert"
    return f"{name} {cardinal(int(head))}{'' if tail == '00' else ' '}{rest}"


def _hyphened(match: re.Match[str]) -> str:
    count = number(match[1], one="ein").replace(" ", "-")
    return f"{count[0].upper()}{count[1:]}-"


def _code_number(written: str) -> str:
    is_code = (written[0] == "0" and len(written) > 1) or len(written) > MOST_DIGITS
    return digits(written) if is_code else cardinal(int(written))


def _code(match: re.Match[str]) -> str:
    head, middle, tail = match.groups()
    if middle[0] == "0" and len(middle) > 1:
        spoken = digits(middle)
    elif len(middle) == 4 and int(middle) % 100:
        spoken = f"{cardinal(int(middle[:2]))} {cardinal(int(middle[2:]))}"
    else:
        spoken = cardinal(int(middle))
    return " ".join(part for part in (head, spoken, tail) if part)


def _mixed(match: re.Match[str]) -> str:
    """Letters and digits in any order: each run by itself."""
    parts = re.findall(r"\d+|[^\W\d]+|_", match[0])
    spoken = [
        _code_number(part) if len(part) < 5 else digits(part) for part in parts if part.isdecimal()
    ]
    numbers = iter(spoken)
    return " ".join(next(numbers) if part.isdecimal() else part for part in parts)
