"""Signs and initialisms: &, CDU/CSU, AfD, quotation marks, dashes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from service.characters import mended

_DASH = re.compile(
    r"\s+(?:[-–—―]+|[|·•])\s+|\s*[—―]\s*|(?<=\w)--(?=\w)|^\s*[-–—•*]\s+|\s+[-–—](?=[.,;:!?]|$)"
    r"|(?<=[,;])[-–—](?=\s)"
)
_BETWEEN = re.compile(r"(?<=[^\W\d_])–(?=[^\W\d_])")
_FOOTNOTE = re.compile(
    r"\[(?:\d{1,3}(?:[,–-]\s?\d{1,3})*|[a-z])\]|\[(?:Anm\.|sic|…|\.\.\.)[^\]]{0,40}\]|[†‡]"
    r"|(?<=[^\W\d¹²³⁴-⁹⁰]|[.,!?“”\"»)])[¹²³⁴-⁹⁰]+(?![\w⁺⁻])"
)
_RAISED = re.compile(
    r"(?<![A-Za-zÄÖÜäöüß])(?:[A-Za-z]|[ckdmµ]m|mc|[a-z]+/[a-z]+)$|\([^()]*[+−*·/][^()]*\)$"
)  # “x²”, “km²”, “m/s²”
_UNUSUAL = re.compile(r"[^ -)+-Z\\^-~ÄÖÜäöüßé„“”‚‘’–…€§°]|:-|;-|: ?[()]|\+{3}")
_LIFE = re.compile(r"(?<![\w.!?])([*†]|★(?=\s?\d\d?\. ?(?:\d|[A-Z])))\s?(?=\d(\d?\.)?)")
_SMILEY = re.compile(r"(?<!\S)[:;]-?[()DP](?!\w)")
_TICKER = re.compile(r"\s*\+{3,}\s*")
_SPACED_DOTS = re.compile(r"(?:\. ){2,}\.")
_GLUED_ORDINAL = re.compile(
    r"(?<=\d)(?<![.,:/]\d)(?<![.,:/]\d\d)\.(?=[A-ZÄÖÜ][A-Za-zäöü]+(?![\w-]*\.\w))"
)
_STARS = frozenset("★☆⭐")
_HYPHENS = frozenset("‑‐")
_PER_MINUTE = re.compile(r"(?<=\d)/[mM]in\b\.?")
_PER = re.compile(
    r"(?<=\w)/(?=(?:Monat|Jahr|Tag|Woche|Stunde|Kopf|Person|Einwohner|Haushalt|Quartal|Nacht)\b)"
)
_QUOTES = re.compile(r"[„“”»«‹›\"‟⹂]|(?<!\w)['’‚‘`´]|['‘`´’](?!\w)")
_BRACKETS = re.compile(r"\s*[(\[{]\s*|\s*[)\]}]\s*(?=[\w„\"])|\s*[)\]}]")
_DOTS = re.compile(r"\s*(?:…|\.{2,})(?=\s*$)|\s*(?:…|\.{2,})\s*")
_SAID = (
    (re.compile(r"\s*&\s*"), " und "),
    (re.compile(r"\s*±\s*"), " plus minus "),
    (re.compile(r"\s*\+\s*(?=\w)|\+"), " plus "),
    (re.compile(r"\s*[×✕]\s*"), " mal "),
    (re.compile(r"\s*%"), " Prozent"),
    (re.compile(r"\s*°"), " Grad"),
    (re.compile(r"@"), " ät "),
    (re.compile(r"\s*/\s*"), " "),
    (re.compile(r"(?<=\w)–(?=\w)"), " bis "),
    (re.compile(r"(?<=\w)[_|·•](?=\w)"), " "),
)
_SIGN = re.compile(r"[&±+×✕%°@/–_|·•]")
_NUMBER_PARTS = re.compile(
    r"(?<=[a-zäöü])(?=(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf"
    r"|zwölf|zwanzig|dreißig|"
    r"vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)\w*(?:hundert|tausend))"
    r"|(?<=hundert)(?=[a-zäöü]{4})|(?<=tausend)(?=[a-zäöü]{4})"
)


def without_marks(text: str) -> str:
    """No footnote marks, emoji or other pictures; NFC with plain minus signs and blanks."""
    text = mended(unicodedata.normalize("NFC", text))
    if _UNUSUAL.search(text):
        text = _LIFE.sub(_life, text)
        text = _SMILEY.sub(" ", _FOOTNOTE.sub(_footnote, text))
        text = _TICKER.sub(" – ", text)
        text = "".join(_unified(letter) for letter in text)
    text = _SPACED_DOTS.sub("…", _GLUED_ORDINAL.sub(". ", text))
    return " ".join(text.split())


def say_per(text: str) -> str:
    """“brutto/Monat” with “pro”."""
    return _PER.sub(" pro ", _PER_MINUTE.sub(" pro Minute", text))


def say_signs(text: str) -> str:
    """The text with signs in words, and quotation marks, brackets and dashes as pauses."""
    text = _DOTS.sub(lambda match: "." if not match.string[match.end() :].strip() else ", ", text)
    text = _QUOTES.sub("", text)
    text = _BRACKETS.sub(", ", text)
    text = _DASH.sub(", ", text)
    text = _BETWEEN.sub(" ", text)
    if _SIGN.search(text):
        for pattern, words in _SAID:
            text = pattern.sub(words, text)
    return text


def split_numbers(text: str) -> str:
    """Long number words with blanks between hundreds and thousands."""
    return _NUMBER_PARTS.sub(" ", text)


def _footnote(match: re.Match[str]) -> str:
    """Nothing, unless the mark raises a letter or a unit to a power."""
    return match[0] if _RAISED.search(match.string, 0, match.start()) else ""


def _life(match: re.Match[str]) -> str:
    """“* 3.5.1932” is “geboren am dritten”, “* 1932” only “geboren”."""
    spoken = "geboren " if match[1] in "*★" else "gestorben "
    return spoken + ("am " if match[2] else "")


@lru_cache(maxsize=4096)
def _unified(letter: str) -> str:
    """A letter as the rules know it: digits and hyphens of one kind, no pictures."""
    if letter in _HYPHENS:
        return "-"
    if letter == "⁄":
        return "/"
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if unicodedata.category(letter) == "Nl" or "①" <= letter <= "⓿" or "₀" <= letter <= "₉":
        return unicodedata.normalize("NFKC", letter)
    return " " if letter not in _STARS and _is_picture(letter) else letter


def _is_picture(letter: str) -> bool:
    if letter < "\u2000":
        return unicodedata.category(letter) in {"Cc", "Cf", "Cs"}
    return (
        unicodedata.category(letter) in {"So", "Cf", "Cs", "Co", "Cn", "Sk"}
        or "\ufe00" <= letter <= "\ufe0f"
    )
