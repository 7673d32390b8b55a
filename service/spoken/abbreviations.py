"""Abbreviations in full, in the number and case that their context asks for."""

from __future__ import annotations

import re

from service.spoken.adjectives import ARTICLES, say_adjectives
from service.spoken.context import ended, lead
from service.spoken.dates import MONTHS
from service.spoken.endings import ordinal_ending
from service.spoken.government import government
from service.spoken.numbers import NUMBER
from service.spoken.short_forms import ADJECTIVES, SHORT_FORMS, of_kind

_GENITIVE = frozenset(["des", "eines", "dieses", "jenes"])
_PLAIN = ("", "law", "title", "day", "month")


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for row in SHORT_FORMS:
        if row.kind in _PLAIN and row.spoken:
            table.setdefault(row.written.replace(" ", ""), row.spoken)
    capitals = {w[0].upper() + w[1:]: spoken[0].upper() + spoken[1:] for w, spoken in table.items()}
    return capitals | table


_TABLE = _table()
_UNSURE = frozenset(row.written for row in SHORT_FORMS if "unsure" in row.dot)
ABBREVIATIONS = frozenset(_TABLE) | {f"{written}." for written in (*ADJECTIVES, *of_kind("person"))}
_KNOWN = re.compile(
    r"(?<![\w.])(?=[\w/-]{1,14}\.)(?![ou]\. ?g\.)(?:"  # quick to see
    + "|".join(
        re.sub(r"\\\.(?=.)", r"\\.\\s?", re.escape(written))
        for written in sorted(_TABLE, key=len, reverse=True)
    )
    + r")(?!\w)"
)
_PERSONS = of_kind("person")
_PERSON = re.compile(rf"(?<![\w.-])({'|'.join(_PERSONS)})\.(?!\w)")
_STRONG_LEADS = frozenset(["", "ein", "kein", "sein", "ihr", "mein", "als", "und", "unser"])
_SUFFIXES = of_kind("tail")
_SUFFIX = re.compile(
    rf"(?<=[a-zäöüß])(?<!\bge)(?P<low>{'|'.join(_SUFFIXES)})\.(?=\s|,|$)"
    rf"|(?<=[a-zäöüß]-)(?P<high>{'|'.join(map(str.capitalize, _SUFFIXES))})\.(?=\s|,|$)"
)
_SIDES = {f"{written}.".replace(" ", ""): spoken for written, spoken in of_kind("side").items()}
_SIDE = re.compile(r"(?<=\()(?:li?|re?|[Mm]|v\. ?[lr]|v\. ?l\. ?n\. ?r|o|u|h|v)\.(?=\)|, )")
_WINDS = of_kind("wind")
_WIND = re.compile(rf"(?<=\b[Ww]ind aus )(?:{'|'.join(_WINDS)})(?!\w)")
_COUNTRIES = of_kind("country")
_COUNTRY = re.compile(rf"(?<=[,(/] )(?:{'|'.join(_COUNTRIES)})(?=(?:/\w+)* (?:19|20)\d\d\b)")
_COUNTED_ONE = {row.written: row.singular for row in SHORT_FORMS if row.singular}
_BEHIND_ORDINAL = re.compile(rf"(?<=\d\. )(?:{'|'.join(map(re.escape, _COUNTED_ONE))})(?!\w)")
_ONE_BEFORE = re.compile(r"(?<![\w.,])(?:1|[eE]ine?[nr]?) $")
_INITIALS = re.compile(r"(?<![\w.])(?:[A-ZÄÖÜ]\.){2,}(?!\w)")
_INITIAL = re.compile(r"(?<![\w.])([A-ZÄÖÜ])\.(?=\s(?:[A-ZÄÖÜ]|[a-zäöü]{3,}|(?:de|zu)\s))")
_SINGLE_BIG = re.compile(r"\b((?:[ksKS]?[eE]ine|halbe|einer|halben|pro|jede) )(Mio|Mrd)\.")
_SAINT = re.compile(r"\bSt\.(?:(-)|\s?)(?=[A-ZÄÖÜ])")
_SEE = re.compile(r"(?<![\w.])s\. (?=(?:S|Abb|Kap|Tab|Anm)\.|Seiten?\b|Kasten\b|Grafik\b|Foto\b)")
_SEXES = {"m": "männlich", "w": "weiblich", "d": "divers", "x": "divers"}
_ANYONE = re.compile(r"(?<![\w/|])[mwdx](?:[/|][mwdx]){2}(?![\w/|])")
_PAGES = re.compile(rf"\b([dD]en |[dD]ie )S\.\s?(?={NUMBER})")
_PAGES_BEHIND = re.compile(r"(?<=\d )S\.(?!\s?[\dA-ZÄÖÜ])")
_PAGE = re.compile(rf"\bS\.\s?(?={NUMBER})")
_FOLLOWING = re.compile(r"(?<=\d)\s?(ff?)\.(?!\w)|(?<=\d[a-z])\s(ff?)\.(?!\w)")
_NUMBERED = of_kind("numbered")
_BEFORE_NUMBER = re.compile(rf"(?<![\w.])({'|'.join(_NUMBERED)})\.\s?(?=\d|null |[CTF][ -])")
_BEFORE_NAME = of_kind("name")
_OF_A_NAME = re.compile(
    rf"(?<![\w.])(?:{'|'.join(map(re.escape, _BEFORE_NAME))})\.(?=\s(?!Mag\.|Dr\.)[A-ZÄÖÜ])"
)
_NAMED_BEFORE = re.compile(
    r"(?:\d|[A-ZÄÖÜ][\w-]*|\bi\.) ?$"
)  # “5 Min. Pause”, “Adams Sr.”, “i. Br.”
_OWNERS = {written.replace(" ", ""): spoken for written, spoken in of_kind("owner").items()}
_OWNER = re.compile(
    rf"(?<=[a-zäöüß.)] )d\. ?(?P<who>{'|'.join(owner[2:] for owner in _OWNERS)})\b\.?"
)
_OF = re.compile(r"(?<=[a-zäöüß] )d\. (?=[A-ZÄÖÜ]\w{2,}[a-zäöüß](?P<his>s?)\b)")
_SMALL = re.compile(r"(?<![\w.])([bfimuv])\.(?=\s?\d|\s(?!Chr)[A-ZÄÖÜ„]|\s[a-zäöü]+ten\s)")
_SMALL_WORDS = {"b": "bei", "f": "für", "i": "im", "m": "mit", "u": "und", "v": "von"}
_OF_THE_YEAR = frozenset("Anfang Ende Frühjahr Herbst Jahreswechsel Mitte Sommer Winter".split())
_GENERATION = re.compile(r"\b(?P<name>[A-ZÄÖÜ][a-zäöüß]+),? d\. ?(?P<which>[JÄ])\.(?!\w)")
_LEAD_OF_A_NAME = re.compile(r"\b([a-zäöü]+) (?:[A-ZÄÖÜ][\w-]+ )*$")
_CENTURY = re.compile(r"\bJh(?:d?t?|s)?\.")
_CONCERNING = re.compile(r"\b([gG])eb\.(?=\s(?:am|im|in|um|\d))")
_SEVERAL_DAYS = re.compile(r"\b(?:(?:Mo|Di|Mi|Do|Fr|Sa|So)\.?/){2,}(?:Mo|Di|Mi|Do|Fr|Sa|So)\b\.?")
_SINGLE_DAY = re.compile(r"\b(?:Mo|Di|Mi|Do|Fr|Sa|So)\.?\s?[-–/]\s?(?:Mo|Di|Mi|Do|Fr|Sa|So)\b\.?")
_DAY = "(?:Mo|Di|Mi|Do|Fr|Sa|So)"
_HOURS = r"\d{1,2}(?:\.|:\d| Uhr|\s?[-–]\s?\d)|\w+ter \w|\w+ (?:bis \w+ )?Uhr"
_DAY_FOLLOWED = re.compile(rf"\b({_DAY})\.?(,)? (?={_HOURS})")
# “Do bis 21 Uhr, So geschlossen”: “So” is a day only beside another one
_OPENING = re.compile(
    rf"(?<![\w.])(?P<day>{_DAY})\.?(?P<mark>:?,?) "
    r"(?=(?:ab|bis|von) [\w ]{2,40}Uhr|\w+ bis \w+(?:[,;.]|$)|geschl|Ruhetag|zu\b)"
)
_ANOTHER_DAY = re.compile(rf"\b(?:{_DAY}(?!\w)|[A-Z]\w+(?:tag|woch))")
_ENDS_A_LIST = re.compile(r"[\"“”»]?\)|\W*$")  # “Roth, Lang u. a.”
_BEFORE_DAY = re.compile(
    r"\b(?:[aA]m|[jJ]eden|[bB]is|[vV]om|[zZ]um|(?:Mo|Di|Mi|Do|Fr|Sa|ag|och)\.?(?: und|,|/)) $"
)
_DAYS = of_kind("day")
_NO_DAYS = {"Di.": ["lady", "princess"], "Do.": ["to"]}  # other words with their full stop


def say_abbreviations(text: str) -> str:
    """The text with its abbreviations in full; a dot that also ends the sentence stays."""
    text = _BEFORE_NUMBER.sub(lambda match: f"{_NUMBERED[match[1]]} ", text)
    text = _SEVERAL_DAYS.sub(_each_day, text)
    text = _SINGLE_DAY.sub(_weekdays, text)
    text = _DAY_FOLLOWED.sub(lambda match: f"{_DAYS[match[1]]}{match[2] or ''} ", text)
    text = _OPENING.sub(_opening, text)
    text = _SIDE.sub(lambda match: _SIDES[match[0].replace(" ", "")], text)
    text = _WIND.sub(lambda match: _WINDS[match[0]], text)
    text = _COUNTRY.sub(lambda match: _COUNTRIES[match[0]], text)
    text = _SUFFIX.sub(_suffix, text)
    text = _BEHIND_ORDINAL.sub(lambda match: ended(match, _COUNTED_ONE[match[0]]), text)
    text = _SAINT.sub(lambda match: f"Sankt{match[1] or ' '}", text)
    text = _SEE.sub("siehe ", text)
    text = _ANYONE.sub(lambda match: ", ".join(_SEXES[sex] for sex in match[0][::2]), text)
    text = _PAGES.sub(r"\1Seiten ", text)
    text = _PAGE.sub("Seite ", text)
    text = _PAGES_BEHIND.sub(lambda match: ended(match, "Seiten"), text)
    text = _GENERATION.sub(_generation, text)
    text = _OWNER.sub(lambda match: ended(match, _OWNERS[f"d.{match['who']}"]), text)
    text = _OF.sub(lambda match: "des " if match["his"] else "der ", text)
    text = _CENTURY.sub(_century, text)
    text = _OF_A_NAME.sub(_before_name, text)
    text = _PERSON.sub(_person, text)
    text = _CONCERNING.sub(r"\1eboren", text)
    text = _SINGLE_BIG.sub(lambda m: m[1] + ("Million" if m[2] == "Mio" else "Milliarde"), text)
    text = say_adjectives(_KNOWN.sub(_known, text))
    text = _FOLLOWING.sub(_following, text)
    return _SMALL.sub(_small, text)


def _generation(match: re.Match[str]) -> str:
    """“Holbein d. J.” is the younger, “von Holbein d. Ä.” the elder; “3. März d. J.” this year."""
    name, word = match["name"], {"J": "Jünger", "Ä": "Älter"}[match["which"]]
    if name in MONTHS or name in _OF_THE_YEAR:
        return match[0]
    governor = _LEAD_OF_A_NAME.search(match.string, max(0, match.start() - 60), match.start())
    if governor and (governor[1] == "dem" or government(governor[1].lower(), "name") == "dative"):
        return ended(match, f"{name} dem {word}en")
    if name.endswith("s") and name[-2] not in "aeioun" and not governor:
        return ended(match, f"{name} des {word}en")
    return ended(match, f"{name} der {word}e")


def _following(match: re.Match[str]) -> str:
    return ended(match, " folgende" if "ff" not in match[0] else " fortfolgende")


def _small(match: re.Match[str]) -> str:
    """“v. 3. Mai” is “vom”, “v. Mises” is “von”."""
    is_date = match[1] == "v" and not match.string[match.end() + 1 : match.end() + 2].isupper()
    return "vom" if is_date else _SMALL_WORDS[match[1]]


def say_initials(text: str) -> str:
    """Initials without their dots, which a voice would make a pause of: “F.A.Z.”, “J. P. Hebel”."""
    text = _INITIALS.sub(lambda match: ended(match, match[0].replace(".", "")), text)
    return _INITIAL.sub(r"\1", text)


def _suffix(match: re.Match[str]) -> str:
    spoken = _SUFFIXES[match[0][:-1].lower()]
    return ended(match, spoken.capitalize() if match["high"] else spoken)


def _known(match: re.Match[str]) -> str:
    written = re.sub(r"\s", "", match[0])
    if written in _UNSURE and not _is_abbreviated(match):
        return match[0]
    if written in _NO_DAYS and lead(match) in _NO_DAYS[written]:
        return match[0]
    if written == "Fr." and not re.match(r"\s(?:[A-ZÄÖÜ]|Dr)", match.string[match.end() :]):
        return "Freitag"
    if written == "u.a." and _ENDS_A_LIST.match(match.string, match.end()):
        return ended(match, "und andere")
    is_one = written in _COUNTED_ONE and _ONE_BEFORE.search(match.string, 0, match.start())
    return ended(match, _COUNTED_ONE[written] if is_one else _TABLE[written])


def _is_abbreviated(match: re.Match[str]) -> bool:
    """“So.” at the end of a sentence is a word; before a comma, a date or a time it is a day."""
    rest = match.string[match.end() : match.end() + 20]
    if _BEFORE_DAY.search(match.string, max(0, match.start() - 20), match.start()):
        return True
    if match[0] in {"Max.", "Mag.", "Min."}:
        return bool(re.match(r"\s[\w(]", rest))
    if match[0] == "Fr." and re.match(r"\s(?:[A-ZÄÖÜ]|Dr)", rest):
        return True
    return bool(re.match(r",|\s?\d|\s?[-–]|\s(?:und|oder|bis|ab|von|sowie|um)\b", rest))


def _century(match: re.Match[str]) -> str:
    before = re.search(r"\b(\w+)\s+\S+\s*$", match.string[: match.start()])
    is_genitive = match[0] == "Jhs." or (before and before[1].lower() in _GENITIVE)
    return ended(match, "Jahrhunderts" if is_genitive else "Jahrhundert")


def _before_name(match: re.Match[str]) -> str:
    """“Schwester Maria”, unless a name or a count goes before: “Adams Sr.”, “5 Min.”."""
    if _NAMED_BEFORE.search(match.string, max(0, match.start() - 30), match.start()):
        return match[0]
    return _BEFORE_NAME[match[0][:-1]]


def _person(match: re.Match[str]) -> str:
    """“der stellvertretende Vorsitzende”, “dem Vorsitzenden”, “Vorsitzender Müller”."""
    before = lead(match)
    if before in _STRONG_LEADS or (before.endswith(("er", "em")) and before not in ARTICLES):
        ending = "er" if before[-2:] != "em" else "en"
    else:
        ending = ordinal_ending(match.string, match.start(), match.end())
        ending = "en" if before.endswith("en") or ending == "en" else "e"
    return ended(match, _PERSONS[match[1]] + ending)


def _each_day(match: re.Match[str]) -> str:
    """“Mo/Mi/Fr”"""
    *days, last = (_DAYS[day.rstrip(".")] for day in match[0].split("/"))
    return f"{', '.join(days)} und {last}"


def _opening(match: re.Match[str]) -> str:
    day, start = match["day"], match.start()
    others = match.string[:start] + match.string[match.end() :]
    if day in {"So", "Do", "Di"} and not _ANOTHER_DAY.search(others):
        return match[0]
    return f"{_DAYS[day]}{match['mark']} "


def _weekdays(match: re.Match[str]) -> str:
    first, second = re.findall(r"[A-Z][a-z]", match[0])
    joint = " und " if "/" in match[0] else " bis "
    return _DAYS[first] + joint + _DAYS[second]
