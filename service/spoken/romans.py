"""Roman numerals: Elisabeth II., Kapitel IV, im XIX. Jahrhundert, der II. Weltkrieg."""

from __future__ import annotations

import re

from service.spoken.cases import is_object
from service.spoken.endings import noun_after, ordinal_ending, words_before
from service.spoken.numbers import cardinal, ordinal, year

_ROMAN_NUMBER = r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_ADJECTIVE = re.compile(rf"(?<![\w.])({_ROMAN_NUMBER})\.(?=\s[A-ZÄÖÜ][a-zäöü])")
_WITH_ARTICLE = re.compile(
    rf"(?<=\b(?:[dD]er|[dD]em|[dD]en|[dD]es|[dD]ie) )(?P<roman>{_ROMAN_NUMBER})\.(?=\s[a-zäöü]|,|$)"
)
_SERIES = re.compile(
    rf"(?<![\w.-])(?P<first>{_ROMAN_NUMBER})(?P<to>\.?(?:\s?[–/-]\s?|, | und | oder | bis ))"
    rf"(?=[IVX]{{2,5}}\b|V\b)"
)
_REGNAL = re.compile(
    rf"(?P<name>\b[A-ZÄÖÜ][\w’-]*[a-zäöüß](?P<owns>['’])?)\s(?P<roman>{_ROMAN_NUMBER})(?P<dot>\.?)(?![\w-])"
)
_BARE = re.compile(rf"(?<![\w.])({_ROMAN_NUMBER})(?P<dot>\.?)(?![\w.])")
_ANY_ROMAN = re.compile(r"\b[IVXLCDM]+\b")
_COUNTED = frozenset(
    """
    kapitel teil band akt buch stufe sekundarstufe klasse phase abschnitt typ gruppe artikel
    hartz liga bundesliga anlage anhang tafel abteilung variante serie version kategorie
        klassen absatz satz titel mark rocky wars episode rambo staffel klassen teile bände
        szenen stufen akte abschnitte bücher szene station bezirk diabetes
    apollo modell zone block reihe schicht ebene welle los geschoss eta tier säule
    senat kammer saal raum halle zimmer münchen
    """.split()
)
_RULERS = frozenset(
    """
    alexander alfons albert albrecht anna august benedikt bonifatius boris charles christian
    christina clemens coelestin dareios edward elisabeth elizabeth eduard erich erik eugen
    felipe ferdinand franz frederik
    friedrich georg george gregor gustav hadrian hassan haakon harald
    heinrich henri hussein innozenz isabella iwan jakob james johann johannes kyrill juan joseph
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
_ACCUSATIVE = frozenset(["den", "für", "gegen", "durch", "ohne", "um", "über", "auf", "an"])
_NAME_WORD = re.compile(r"[\w’-]+[,.]?")
_GENITIVE = frozenset(["des", "der", "wegen", "während"])
_FIRST = re.compile(r"\b[a-zäöü]+(?:st|t|ritt)(e[nrs]?) (?:und|bis|oder) $")
_VERB_AND_TWO = re.compile(r"\b[a-zäöüß]+ der [A-ZÄÖÜ][\w-]+ [A-ZÄÖÜ][\w-]+ $")
_CAPITAL_BEFORE = re.compile(r"[A-ZÄÖÜ][\w’-]* $")


_WORTH = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_LONG_ROMAN = re.compile(
    r"(?<![\w.-])(?=[IVXLCDM]{4,}\b)"
    r"(M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?!\w)"
)


def say_romans(text: str) -> str:
    """The text with its Roman numerals in words."""
    if not _ANY_ROMAN.search(text):
        return text
    text = _SERIES.sub(_series, text)
    text = _LONG_ROMAN.sub(_long, text)
    text = _ADJECTIVE.sub(_adjective, text)
    text = _WITH_ARTICLE.sub(_with_article, text)
    text = _REGNAL.sub(_regnal, text)
    return _BARE.sub(_bare, text)


def roman(written: str) -> int:
    """The worth of a Roman numeral."""
    worth = [_WORTH[letter] for letter in written]
    return sum(-a if a < b else a for a, b in zip(worth, [*worth[1:], 0], strict=True))


def _adjective(match: re.Match[str]) -> str:
    before = re.search(r"([\w’-]+)\s+$", match.string[: match.start()])
    name = before[1] if before else ""
    if name[:1].isupper() and {name.lower(), name.lower().removesuffix("s")} & _RULERS:
        return match[0]
    ending = _ending_of_first(match) or ordinal_ending(match.string, match.start(), match.end())
    said = ordinal(roman(match[1]), ending=ending)
    return said.capitalize() if noun_after(match.string, match.end()) == "Weltkrieg" else said


def _ending_of_first(match: re.Match[str]) -> str:
    """The second of “das neunzehnte und XX. Jahrhundert” takes the form of the first."""
    first = _FIRST.search(match.string, max(0, match.start() - 60), match.start())
    return first[1] if first else ""


def _regnal(match: re.Match[str]) -> str:
    name, written, dot = match["name"], match["roman"], match["dot"]
    bare = name.rstrip("'’")
    low = bare.lower()
    is_end = not match.string[match.end() :].strip('"“”)»] ')
    stop = "." if dot and is_end else ""
    if low in _COUNTED or low.rpartition("-")[2] in _COUNTED:
        return f"{name} {cardinal(roman(written))}{stop}"
    stem = low.removesuffix("s")
    is_ruler = low in _RULERS or stem in _RULERS
    if not is_ruler and not (dot and len(written) > 1):
        return match[0] if len(written) == 1 else f"{name} {cardinal(roman(written))}{stop}"
    return f"{bare} {_case(match, low, stem)}{stop}"


def _case(match: re.Match[str], low: str, stem: str) -> str:
    """“der Zweite”, “dem Zweiten”, “des Vierzehnten”: article and ordinal behind a name."""
    is_queen = stem in _QUEENS or low in _QUEENS
    number = roman(match["roman"])
    weak = ordinal(number, ending="en").capitalize()
    if match["owns"] or (low.endswith("s") and low not in _RULERS and stem in _RULERS):
        return f"{'der' if is_queen else 'des'} {weak}"
    lead = _governor(match)
    if lead == "der" and not is_queen:
        lead = "den" if _is_met_by_another(match) else ""
    if lead in _DATIVE:
        return f"{'der' if is_queen else 'dem'} {weak}"
    if lead in _GENITIVE:
        return f"{'der' if is_queen else 'des'} {weak}"
    plain = ordinal(number).capitalize()
    if lead in _ACCUSATIVE or _is_met(match):
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
    if before and {before[0].rstrip("'’"), before[0].removesuffix("s")} & _RULERS:
        return match[0]
    number = roman(match[1])
    return year(number) if number >= 1000 else cardinal(number)


def _bare(match: re.Match[str]) -> str:
    written = match[1]
    lead = next(iter(words_before(match.string, match.start())), "")
    if len(written) < 2 and lead not in _COUNTED:
        return match[0]
    if written in {"XL", "LI", "LX", "XX"}:
        return match[0]
    dot = "" if match.string[match.end() : match.end() + 1] == "-" else match["dot"]
    return f"{cardinal(roman(written))}{dot}"


def _is_met(match: re.Match[str]) -> bool:
    """Whether the name and its titles follow a verb that has its subject: “Er traf Karl III.”"""
    start = match.start()
    while before := _CAPITAL_BEFORE.search(match.string, max(0, start - 40), start):
        start = before.start()
    return start > 0 and is_object(match.string, start)


def _is_met_by_another(match: re.Match[str]) -> bool:
    """“Dort traf der Kaiser Papst Leo XIII.”: two titles behind a verb are two people."""
    return bool(_VERB_AND_TWO.search(match.string, max(0, match.start() - 60), match.start()))


def _with_article(match: re.Match[str]) -> str:
    ending = ordinal_ending(match.string, match.start(), match.end())
    return ordinal(roman(match["roman"]), ending=ending).capitalize()


def _series(match: re.Match[str]) -> str:
    """The first of “Kapitel I–III”, “XIX. und XX. Jahrhundert”."""
    to = match["to"].strip(" .")
    joint = {"–": " bis ", "-": " bis ", "/": " und ", ",": ", "}.get(to, f" {to} ")
    if not match["to"].startswith("."):
        return cardinal(roman(match["first"])) + joint
    ending = ordinal_ending(match.string, match.start(), match.end())
    return ordinal(roman(match["first"]), ending=ending) + joint
