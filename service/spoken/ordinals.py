"""Ordinals and Roman numerals: der 1. FC, Elisabeth II., Kapitel IV, im XIX. Jahrhundert."""

from __future__ import annotations

import re

from service.spoken.endings import noun_after, ordinal_ending, words_before
from service.spoken.nouns import gender
from service.spoken.numbers import cardinal, ordinal, year

_PAIR = re.compile(
    r"(?<![\w.,:/])(\d{1,3})\.(?P<to>\s?[-–/]\s?|,? und |,? oder | bis "
    r"|, )(?=\d{1,3}\.\s?[-A-ZÄÖÜa-zäöü])"
)
_ORDINAL = re.compile(r"(?<![\w.,:/])(\d{1,4})\.(?=\s[\wÄÖÜ„\"(]|-[A-ZÄÖÜ]|,\s|\s?[-–]\s)")
_FINAL = re.compile(r"(?<![\w.,:/])(\d{1,3})\.(?=[\"“”)»]*\s*$)")
_FINAL_LEADS = frozenset(
    """
    am im vom zum beim zur der die das dem den des ein eine einen jeder jede jedes jeden jedem
    """.split()
)
_BECAME = frozenset(["wurde", "wird", "werden", "wurden", "als"])
_RANK = re.compile(
    r"\b((?:wurde|wird|werden|wurden|ist|war|als)(?:\s(?:nur|sogar|erneut|wieder|sie|er))?\s)"
    r"(\d{1,3})\.(?=[,;]|\s(?:und|hinter|vor|beim?|im|in|der|des)\b)"
)
_ANOTHER_RANK = re.compile(r"\b(?:[wW]urde|[wW]ird|als) [A-Z][a-zäöüß]+(?:ter|rster|ster),")
_MARKER = re.compile(r"^(\d{1,2})[.)]\s+(?=[A-ZÄÖÜ„])")

_ROMAN_NUMBER = r"(?=[IVXLC])X{0,3}(?:IX|IV|V?I{0,3})"
_ADJECTIVE = re.compile(rf"(?<![\w.])({_ROMAN_NUMBER})\.(?=\s[A-ZÄÖÜ][a-zäöü])")
_REGNAL = re.compile(
    rf"(?P<name>\b[A-ZÄÖÜ][\w’-]*[a-zäöüß])\s(?P<roman>{_ROMAN_NUMBER})(?P<dot>\.?)(?![\w-])"
)
_BARE = re.compile(rf"(?<![\w.])({_ROMAN_NUMBER})(?P<dot>\.?)(?![\w.])")
_ANY_ROMAN = re.compile(r"\b[IVXLCDM]+\b")
_COUNTED = frozenset(
    """
    kapitel teil band akt buch stufe sekundarstufe klasse phase abschnitt typ gruppe artikel
    hartz liga bundesliga anlage anhang tafel abteilung variante serie version kategorie
    klassen absatz satz titel mark rocky wars rambo staffel szene station bezirk diabetes
    apollo modell generation zone block reihe schicht ebene welle los geschoss eta tier säule
    senat kammer
    """.split()
)
_RULERS = frozenset(
    """
    alexander alfons albert albrecht anna august benedikt bonifatius boris charles christian
    christina clemens coelestin dareios edward elisabeth elizabeth eduard erich erik eugen
    felipe ferdinand franz frederik friedrich georg george gregor gustav hadrian hassan haakon
    harald
    heinrich henri hussein innozenz isabella iwan jakob james johann johannes juan joseph
    josef julius juliana karl carlos kamehameha katharina konrad konstantin leo leopold louis
    ludwig luitpold manuel margarethe margrethe maria maximilian mehmed michael mohammed murad
    napoleon nikolaus olaf olav otto paul peter philipp pius ptolemaios ramses rama richard
    rudolf ruprecht sigismund sixtus stephan sultan theodor thutmosis urban umberto viktor
    vittorio victoria viktoria wilhelm wilhelmina william wladimir xerxes zar adolf amenophis
    gustaf gustavus adolf sigmund sophie
    """.split()
)
_QUEENS = frozenset(
    """
    elisabeth elizabeth katharina margrethe margarethe maria anna christina juliana isabella
    beatrix viktoria victoria wilhelmina sophie
    """.split()
)
_DATIVE = frozenset(
    """
    von mit unter bei nach zu seit aus vor gegenüber zwischen neben
    """.split()
)
_ACCUSATIVE = frozenset(["für", "gegen", "durch", "ohne", "um", "über", "auf", "an"])
_NAME_WORD = re.compile(r"[\w’-]+[,.]?")
_GENITIVE = frozenset(["des", "der", "wegen", "während"])


_WORTH = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_LONG_ROMAN = re.compile(
    r"(?<![\w.-])(?=[IVXLCDM]{4,}\b)(M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?!\w)"
)


def say_ordinals(text: str) -> str:
    """The text with its ordinals in words, by gender and case."""
    text = _MARKER.sub(_marker, text)
    text = _RANK.sub(_rank, text)
    text = _PAIR.sub(_pair, text)
    text = _ORDINAL.sub(_ordinal, text)
    return _FINAL.sub(_final, text)


def say_romans(text: str) -> str:
    """The text with its Roman numerals in words."""
    if not _ANY_ROMAN.search(text):
        return text
    text = _LONG_ROMAN.sub(_long, text)
    text = _ADJECTIVE.sub(_adjective, text)
    text = _REGNAL.sub(_regnal, text)
    return _BARE.sub(_bare, text)


def roman(written: str) -> int:
    """The worth of a Roman numeral."""
    worth = [_WORTH[letter] for letter in written]
    return sum(-a if a < b else a for a, b in zip(worth, [*worth[1:], 0], strict=True))


def _marker(match: re.Match[str]) -> str:
    """A list's “1.” stays an ordinal where a noun follows that is counted, else “erstens”."""
    word = re.match(r"[\w-]+", match.string[match.end() :])
    if word and (gender(word[0]) or word[0].isupper()):
        return match[0]
    return f"{ordinal(int(match[1]), ending='e')}ns, "


def _pair(match: re.Match[str]) -> str:
    to = match["to"].strip(" ,")
    joint = {"und": " und ", "oder": " oder ", "": ", ", "/": " und "}.get(to, " bis ")
    return _said(match) + joint


def _ordinal(match: re.Match[str]) -> str:
    text, start = match.string, match.start()
    before = words_before(text, start)
    is_second = len(before) > 1 and before[0] in {"und", "bis", "oder"}
    if is_second and (ended := re.search(r"(?:st|t|ritt|rst)(e[nrsm]?)$", before[1])):
        return ordinal(int(match[1]), ending=ended[1])
    return _said(match)


def _said(match: re.Match[str]) -> str:
    ending = ordinal_ending(match.string, match.start(), match.end())
    return ordinal(int(match[1]), ending=ending)


def _final(match: re.Match[str]) -> str:
    """“… wurde 3.” is an ordinal as a noun; “… sind es 12.” ends with a cardinal."""
    text, number = match.string, int(match[1])
    lead = next(iter(words_before(text, match.start())), "")
    if lead in _BECAME or _ANOTHER_RANK.search(text, 0, match.start()):
        return ordinal(number, ending="er").capitalize() + "."
    if lead in _FINAL_LEADS and (number < 100 or lead not in {"die", "der", "das"}):
        return f"{_said(match)}."
    return f"{cardinal(number)}."


def _rank(match: re.Match[str]) -> str:
    if match[1].lower().rstrip().endswith(" sie"):
        return f"{match[1]}{ordinal(int(match[2])).capitalize()}"
    return f"{match[1]}{ordinal(int(match[2]), ending='er').capitalize()}"


def _adjective(match: re.Match[str]) -> str:
    before = re.search(r"([\w’-]+)\s+$", match.string[: match.start()])
    name = before[1] if before else ""
    if name[:1].isupper() and {name.lower(), name.lower().removesuffix("s")} & _RULERS:
        return match[0]
    ending = ordinal_ending(match.string, match.start(), match.end())
    said = ordinal(roman(match[1]), ending=ending)
    return said.capitalize() if noun_after(match.string, match.end()) == "Weltkrieg" else said


def _regnal(match: re.Match[str]) -> str:
    name, written, dot = match["name"], match["roman"], match["dot"]
    low = name.lower()
    is_end = not match.string[match.end() :].strip('"“”)»] ')
    stop = "." if dot and is_end else ""
    if low in _COUNTED or low.rpartition("-")[2] in _COUNTED:
        return f"{name} {cardinal(roman(written))}{stop}"
    stem = low.removesuffix("s")
    is_ruler = low in _RULERS or stem in _RULERS
    if not is_ruler and not (dot and len(written) > 1):
        return match[0] if len(written) == 1 else f"{name} {cardinal(roman(written))}{stop}"
    return f"{name} {_case(match, low, stem)}{stop}"


def _case(match: re.Match[str], low: str, stem: str) -> str:
    """“der Zweite”, “dem Zweiten”, “des Vierzehnten”: article and ordinal behind a name."""
    is_queen = stem in _QUEENS or low in _QUEENS
    number = roman(match["roman"])
    weak = ordinal(number, ending="en").capitalize()
    if low.endswith("s") and low not in _RULERS:
        return f"{'der' if is_queen else 'des'} {weak}"
    lead = _governor(match)
    if lead in _DATIVE:
        return f"{'der' if is_queen else 'dem'} {weak}"
    if lead in _GENITIVE:
        return f"{'der' if is_queen else 'des'} {weak}"
    plain = ordinal(number).capitalize()
    if lead in _ACCUSATIVE:
        return f"die {plain}" if is_queen else f"den {weak}"
    return f"{'die' if is_queen else 'der'} {plain}"


def _governor(match: re.Match[str]) -> str:
    """The word before the whole name and its titles, in small letters; or one that starts."""
    for word in reversed(
        _NAME_WORD.findall(match.string[max(0, match.start() - 80) : match.start()])[-5:]
    ):
        low = str(word).lower()
        if word[-1] in ",.":
            return ""
        if word[0].islower() or low in _DATIVE | _ACCUSATIVE | _GENITIVE:
            return low
    return ""


def _long(match: re.Match[str]) -> str:
    """Four letters and more: an inscription's year, else a count; rulers are left to others."""
    before = words_before(match.string, match.start())
    if before and before[0].removesuffix("s") in _RULERS:
        return match[0]
    number = roman(match[1])
    return year(number) if number >= 1000 else cardinal(number)


def _bare(match: re.Match[str]) -> str:
    written = match[1]
    lead = next(iter(words_before(match.string, match.start())), "")
    if len(written) < 2 and lead not in _COUNTED:
        return match[0]
    if written in {"XL", "CC", "LI", "CI"}:
        return match[0]
    return f"{cardinal(roman(written))}{match['dot']}"
