"""Signs, gender forms and initialisms: &, CDU/CSU, Bürger*innen, AfD, quotation marks, dashes."""

from __future__ import annotations

import re
import unicodedata

_DASH = re.compile(
    r"\s+[-–—―]+\s+|\s*[—―]\s*|(?<=\w)--(?=\w)|^\s*[-–—•*]\s+|\s+[-–—](?=[.,;:!?]|$)"
    r"|(?<=[,;])[-–—](?=\s)"
)
_BETWEEN = re.compile(r"(?<=[^\W\d_])–(?=[^\W\d_])")
_FOOTNOTE = re.compile(
    r"\[\d{1,3}\]|\[(?:Anm\.|sic|…|\.\.\.)[^\]]{0,40}\]|[†‡]"
    r"|(?<![^\W\d_][ckdmµ]m)(?<!\W[ckdmµ]m)(?<!\Wm)(?<=[^\W\d]|[.,!?“”\"»)])[¹²³⁴-⁹⁰]+(?!\w)"
)
_GENDER = re.compile(
    r"(?<=[a-zäöüß])(?:[*:_·]|/-?|\(-?)([Ii]nn?(?:en)?)\)?(?![a-zäöüß])"
    r"|(?<=[a-zäöüß])I(nn?(?:en)?)\b"
)
_GENDER_R = re.compile(r"(?<=[a-zäöüß])(?:[*:_]|/-)(r|n|s|e|en|er)\b")
_QUOTES = re.compile(r"[„“”»«‹›\"‟⹂]|(?<!\w)['’‚‘`´]|['‘`´’](?!\w)")
_BRACKETS = re.compile(r"\s*[(\[{]\s*|\s*[)\]}]\s*(?=[\w„\"])|\s*[)\]}]")
_DOTS = re.compile(r"\s*(?:…|\.{2,})(?=\s*$)|\s*(?:…|\.{2,})\s*")
_SAID = (
    (re.compile(r"\s*&\s*"), " und "),
    (re.compile(r"\s*±\s*"), " plus minus "),
    (re.compile(r"(?<=\d|\w)\s*\+\s*(?=\w)|\+"), " plus "),
    (re.compile(r"\s*[×✕]\s*"), " mal "),
    (re.compile(r"\s*÷\s*"), " geteilt durch "),
    (re.compile(r"\s*=\s*"), " gleich "),
    (re.compile(r"\s*≈\s*|(?<!\w)~\s?(?=\w)"), " ungefähr "),
    (re.compile(r"\s*≥\s*"), " mindestens "),
    (re.compile(r"\s*≤\s*"), " höchstens "),
    (re.compile(r"(?<=\w)\s*<\s*(?=\d)|<\s?(?=\d)"), " kleiner als "),
    (re.compile(r"(?<=\w)\s*>\s*(?=\d)|>\s?(?=\d)"), " größer als "),
    (re.compile(r"#\s?(?=\d)"), " Nummer "),
    (re.compile(r"Ø\s?(?=[\dA-ZÄÖÜ])"), "Durchschnitt "),
    (re.compile(r"\s*§\s*"), " Paragraf "),
    (re.compile(r"\s*%"), " Prozent"),
    (re.compile(r"\s*€"), " Euro"),
    (re.compile(r"\s*°"), " Grad"),
    (re.compile(r"@"), " at "),
    (re.compile(r"\s*/\s*"), " "),
    (re.compile(r"(?<=\w)–(?=\w)"), " bis "),
    (re.compile(r"(?<=\w)[_|·•](?=\w)"), " "),
)
_MIXED_CASE = {
    "AfD": "AFD", "GmbH": "GMBH", "gGmbH": "gemeinnützige GMBH", "Pkw": "PKW", "Lkw": "LKW",
    "Kfz": "KFZ", "PKWs": "PKWs", "Pkws": "PKWs", "Lkws": "LKWs", "MdB": "MDB", "MdL": "MDL",
    "MdEP": "MDEP", "DGzRS": "DGZRS", "BSc": "BSC", "eV": "EV", "StGB": "STGB", "StPO": "STPO",
    "StVO": "STVO", "AufenthG": "Aufenthaltsgesetz", "InfSG": "Infektionsschutzgesetz",
    "IfSG": "Infektionsschutzgesetz", "BMWi": "BMWI", "EuGH": "EUGH",
    "BVerfG": "Bundesverfassungsgericht",
    "BAföG": "Bafög", "NaCl": "NACL", "pH": "PH", "GPTs": "GPTs", "BtMG": "Betäubungsmittelgesetz",
    "GmbHs": "GMBHs", "iOS": "IOS", "PhD": "PHD", "VfB": "VFB", "VfL": "VFL", "VfR": "VFR",
    "BuVo": "Bundesvorstand", "StA": "Staatsanwaltschaft",
}  # fmt: skip
_MIXED = re.compile(rf"(?<![\w])({'|'.join(sorted(_MIXED_CASE, key=len, reverse=True))})(?![\w])")
_VOWELS = set("AEIOUÄÖÜY")
_READ = frozenset(
    """
    NATO UNO UNESCO UNICEF OPEC FIFA UEFA NASA ESA OSZE AIDS ASEAN IKEA ADAC-frei BAFIN PISA
    HARTZ ELSTER MINT KITA SARS COVID PEGIDA ADIDAS HARIBO DEKRA DAX MDAX SDAX TECDAX VERDI
    TUI DEFA EDEKA RAF SCHUFA BAMF BAFA DESTATIS CERN ISAF KFOR ECOWAS MERCOSUR NAFTA FRONTEX
    EUROPOL INTERPOL SWIFT STASI GESTAPO TÜV LIDL REWE OBI POLITICO SPIEGEL BILD WELT FOCUS
    STERN ZEIT
    """.split()
)
_INITIALISM = re.compile(r"(?<![\w])([A-ZÄÖÜ]{2,6})(s?)(?![a-zäöüß])(?=\b)")
_NUMBER_PARTS = re.compile(
    r"(?<=[a-zäöü])(?=(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf"
    r"|zwölf|zwanzig|dreißig|"
    r"vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)\w*(?:hundert|tausend))"
    r"|(?<=hundert)(?=[a-zäöü]{4})|(?<=tausend)(?=[a-zäöü]{4})"
)


def without_marks(text: str) -> str:
    """No footnote marks, emoji or other pictures; NFC with plain minus signs and blanks."""
    text = unicodedata.normalize("NFC", text).replace("−", "-").replace("‑", "-").replace("‐", "-")
    text = _FOOTNOTE.sub("", text)
    shown = (" " if _is_picture(letter) else letter for letter in text)
    return " ".join("".join(shown).split())


def say_gender(text: str) -> str:
    """“Bürger*innen” as public broadcasters say it: with a small break, “Bürger-innen”."""
    text = _GENDER.sub(lambda match: f"-{(match[1] or 'i' + match[2]).lower()}", text)
    return _GENDER_R.sub(lambda match: match[1] if match[1] != "e" else "e", text)


def say_signs(text: str) -> str:
    """The text with signs in words, and quotation marks, brackets and dashes as pauses."""
    text = _DOTS.sub(lambda match: "." if not match.string[match.end() :].strip() else ", ", text)
    text = _QUOTES.sub("", text)
    text = _BRACKETS.sub(", ", text)
    text = _DASH.sub(", ", text)
    text = _BETWEEN.sub(" ", text)
    for pattern, words in _SAID:
        text = pattern.sub(words, text)
    return _MIXED.sub(lambda match: _MIXED_CASE[match[1]], text)


def spelled_letters(text: str) -> str:
    """Initialisms as single letters, for engines that would read them as words."""

    def spell(match: re.Match[str]) -> str:
        word, plural = match.groups()
        is_word = word in _READ or (len(word) > 4 and set(word) & _VOWELS)
        return match[0] if is_word else " ".join(word) + plural

    return _INITIALISM.sub(spell, text)


def split_numbers(text: str) -> str:
    """Long number words with blanks between hundreds and thousands."""
    return _NUMBER_PARTS.sub(" ", text)


def _is_picture(letter: str) -> bool:
    if letter < "\u2000":
        return unicodedata.category(letter) in {"Cc", "Cf", "Cs"}
    return (
        unicodedata.category(letter) in {"So", "Cf", "Cs", "Co", "Cn", "Sk"}
        or "\ufe00" <= letter <= "\ufe0f"
    )
