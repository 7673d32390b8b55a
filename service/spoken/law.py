"""Citations of laws: § 5 Abs. 2 Satz 1 BGB, §§ 3–5, Art. 50 DSGVO."""

from __future__ import annotations

import re

from service.spoken.numbers import cardinal
from service.spoken.romans import roman
from service.spoken.short_forms import of_kind

_WORDS = of_kind("law")
_SHORT = "|".join(_WORDS)
_SIGN = re.compile(
    r"(?:\b(?P<weak>[dD]es|[dD]em|[dD]en|[iI]m|[vV]om|[zZ]um|[bB]eim|i\. ?S\. ?d\.) )?"
    r"(?P<sign>§{1,2})\s?"
)
_PART = re.compile(rf"\b({_SHORT})\.\s?(?=\d|[IVX]+\b)")
_SENTENCE = re.compile(r"(?<=\d)\s+S\.\s?(?=\d)")
_ROMAN_PART = re.compile(r"(\b(?:Paragraf(?:en)?|Artikel) \d{1,4}[a-z]? )([IVX]{1,4})(?=\W)")
_CITES = re.compile(rf"§|\b(?:{_SHORT})\.|\d\s+S\.")
_CITED_TO = re.compile(
    r"(\b(?:Paragrafen|Artikel) \d{1,4}\s?[a-z]?(?:\s?[-–]\s?| bis | und |, )(?:\d{1,4}, )*)"
    r"(\d{1,4})\s?([a-z])\b"
)
_CITED = re.compile(
    r"\b(Paragraf(?:en)?|Artikel|Absatz|Nummer|Satz|Randnummer) (\d{1,4})\s?([a-z])\b"
)


def say_law(text: str) -> str:
    """The text with its citations in words; plain numbers are left to the cardinals."""
    if not _CITES.search(text):
        return text
    text = _SENTENCE.sub(" Satz ", text)
    text = _PART.sub(lambda match: f"{_WORDS[match[1]]} ", text)
    text = _SIGN.sub(_paragraph, text)
    text = _ROMAN_PART.sub(lambda match: f"{match[1]}Absatz {cardinal(roman(match[2]))}", text)
    return _CITED.sub(_lettered, _CITED_TO.sub(_lettered, text))


def _lettered(match: re.Match[str]) -> str:
    """“Paragraf fünfhundertsechsundfünfzig d”: a letter behind the number is no unit."""
    return f"{match[1]} {cardinal(int(match[2]))} {match[3]}"


def _paragraph(match: re.Match[str]) -> str:
    """“Paragraf”, in the plural and behind “des”, “dem”, “den” “Paragrafen”."""
    lead = f"{match['weak']} " if match["weak"] else ""
    return f"{lead}Paragraf{'en' if lead or match['sign'] == '§§' else ''} "
