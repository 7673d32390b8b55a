"""Text that Pico can be given: what harms it is out, what it would drop is respelled.

Pico executes markup, stops at NUL, drops letters outside Latin-1, and loses whole calls or
hangs on long words, digit runs and runs of one character.
"""

from __future__ import annotations

import re
import unicodedata
from importlib import resources

from anyascii import anyascii

LONGEST_WORD = 39
LONGEST_NUMBER = 12

# As a German would say it; anyascii knows the rest, in English spelling.
_LETTERS = {
    "č": "tsch", "ć": "tsch", "Ç": "Tsch", "š": "sch", "ś": "sch", "ş": "sch", "ș": "sch",
    "ž": "sch", "ź": "s", "ż": "sch", "ğ": "", "ł": "l", "ń": "n", "ň": "n", "ñ": "nj",
    "ř": "rsch", "ę": "en", "ą": "on", "ı": "i", "İ": "I", "ť": "t", "ţ": "z", "ț": "z",
    "đ": "dsch", "ď": "d", "ě": "je", "ů": "u", "ű": "ü", "ő": "ö", "ā": "a", "ē": "e",
    "ī": "i", "ō": "o", "ū": "u", "ă": "a", "ĺ": "l", "ľ": "l", "ŕ": "r", "œ": "ö",
    "ŵ": "w", "ŷ": "i", "ģ": "g", "ķ": "k", "ļ": "l", "ņ": "n", "ẞ": "SS", "ĳ": "ei",
    "х": "ch", "Х": "Ch", "ж": "sch", "Ж": "Sch", "ш": "sch", "Ш": "Sch", "щ": "schtsch",
    "Щ": "Schtsch", "ч": "tsch", "Ч": "Tsch", "ц": "z", "Ц": "Z", "в": "w", "В": "W",
    "я": "ja", "Я": "Ja", "ю": "ju", "Ю": "Ju", "ё": "jo", "Ё": "Jo", "з": "s", "З": "S",
    "ь": "", "ъ": "", "й": "j", "Й": "J", "ы": "y", "Ы": "Y", "і": "i", "ї": "ji",
}  # fmt: skip
_CAPITALS = {
    letter.upper(): spelt.capitalize()
    for letter, spelt in _LETTERS.items()
    if len(letter.upper()) == 1 and letter.upper() not in _LETTERS
}
_MARKS = {
    **dict.fromkeys('<>{}[]|\\~^_`¦¬¯¨´¸"„“”‟»«‹›‚‘‛(){}*', " "),
    **dict.fromkeys("–—―…¡¿", ", "),
    "’": "'",
    "‐": "-",
    "‑": "-",
    "−": " minus ",
    "\u00ad": "",
}
_TABLE = str.maketrans({**_LETTERS, **_CAPITALS, **_MARKS})

_SPOKEN_SIGNS = "&%+=@#$€§°£¢¥±×÷½¼¾²³µ"
_KEPT = re.compile(rf"[A-Za-z0-9À-ÖØ-öø-ÿªº.,;:!?' \-{re.escape(_SPOKEN_SIGNS)}]")
_SPEAKABLE = re.compile(rf"[^\W_]|[{re.escape(_SPOKEN_SIGNS)}]")
_SAME_LETTER = re.compile(r"([^\W\d_])\1{3,}")
_SAME_SIGN = re.compile(r"([^\w\s])(?:\s*\1)+")
_STOPS = re.compile(r"\s*([.,;:!?])(?:[\s'\-]*([.,;:!?]))+")
_BLANK_BEFORE_STOP = re.compile(r"\s+(?=[.,;:!?])")
# Pico swallows leading zeros, and whole calls with long numbers: these are read out as codes.
_CODE = re.compile(rf"(?<!\d)(?<!\d[.,])0\d+|(?<!\d)0\d{{3,}}|\d{{{LONGEST_NUMBER + 1},}}")
_LAST_UE = re.compile(r"[üÜ](?=[.!?]$)")  # there Pico ends in a click
_SOUND = re.compile(r"sch|ch|[^\W_]", re.IGNORECASE)
_JOINTS = tuple(
    re.compile(joint)
    for joint in (r"(?<=tausend)(?=\w{4})", r"(?<=\w)-(?=\w)", r"(?<=hundert)(?=\w{4})")
)
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


def _table() -> dict[str, str]:
    lines = resources.files(__package__).joinpath("pico_words.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines[1:])


_WORDS = _table()
"""English words that Pico reads as if they were German; one with * begins longer words, too."""


def _any_of(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_WORD = re.compile(
    rf"(?<!\w)(?:(?:{_any_of([word for word in _WORDS if word[-1] != '*'])})(?=s?(?!\w))"
    rf"|(?:{_any_of([word[:-1] for word in _WORDS if word[-1] == '*'])})"
    r"(?=s?(?!\w)|in(?:nen)?(?!\w)|[a-zäöüß]{3}))"
)


def clean(text: str) -> str:
    """`text` as Pico can be given it, ending in a stop; "" when nothing in it can be said."""
    spelt = _WORD.sub(_respelt, unicodedata.normalize("NFC", text))
    respelled = spelt.translate(_TABLE)
    known = " ".join("".join(map(_transliterated, respelled)).split())
    known = _SAME_SIGN.sub(r"\1", _SAME_LETTER.sub(r"\1\1\1", known))
    known = _BLANK_BEFORE_STOP.sub("", _STOPS.sub(_one_stop, known))
    short = _LONG_WORD.sub(_split_word, _CODE.sub(_digit_by_digit, known))
    short = " ".join(short.split()).lstrip(".,;:!?-' ")
    return _ended(short) if _SPEAKABLE.search(short) else ""


def sounds(text: str) -> int:
    """How many letters and digits of `text` take time to say; "sch" is one."""
    return len(_SOUND.findall(text))


def _respelt(match: re.Match[str]) -> str:
    return _WORDS.get(match[0]) or _WORDS[f"{match[0]}*"]


def _transliterated(char: str) -> str:
    """The character, or what stands for it in Pico's alphabet."""
    if _KEPT.match(char):
        return char
    if unicodedata.category(char)[0] in "LN":
        return "".join(_KEPT.findall(anyascii(char)))
    return "" if unicodedata.category(char) in ("Mn", "Me", "Cf") else " "


def _ended(text: str) -> str:
    stopped = text if text[-1] in ".!?" else text.rstrip(",;:-' ") + "."
    return _LAST_UE.sub("üh", stopped)


def _one_stop(match: re.Match[str]) -> str:
    """Of several stops the first counts; a full stop before another one was an abbreviation's."""
    return match[2] if match[1] == "." else match[1]


def _digit_by_digit(match: re.Match[str]) -> str:
    return f" {' '.join(match[0])} "


def _split_word(match: re.Match[str]) -> str:
    """In parts that can be said: numbers behind their thousands, compounds at a hyphen.

    Else of about the same length; none is above the longest.
    """
    word = match[0]
    if len(word) <= LONGEST_WORD:
        return word
    for joint in _JOINTS:
        places = [match.span() for match in joint.finditer(word)]
        if places:
            end, start = min(places, key=lambda span: abs(span[0] - len(word) / 2))
            return " ".join(
                _LONG_WORD.sub(_split_word, part) for part in (word[:end], word[start:])
            )
    count = -(-len(word) // LONGEST_WORD)
    size = -(-len(word) // count)
    return " ".join(word[start : start + size] for start in range(0, len(word), size))
