"""Dates and years: 17.9.2023, 9./10. November, 2019–2022, 1990er-Jahre, v. Chr."""

from __future__ import annotations

import re

from service.spoken.context import ended, is_last, lead, of_numbers, words_before
from service.spoken.endings import ordinal_ending
from service.spoken.government import government
from service.spoken.nouns import is_plural
from service.spoken.numbers import cardinal, ordinal, year
from service.spoken.short_forms import of_kind

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
_SHORT = {short.lower(): month for short, month in of_kind("month").items()}
_MONTH = rf"(?:{'|'.join(MONTHS)}|Jänner)s?\b|(?:{'|'.join(_SHORT)})\b\.?"
_TO = r"(?:\s?(?:[-–]|/|bis)\s?|—)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"

_ISO = re.compile(r"\b((?:1\d|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\b")
_NUMERIC = re.compile(
    rf"(?<![\d.,:/])({_DAY})\.\s?(0?[1-9]|1[0-2])\."
    r"(?:(?P<gap>\s?)(?P<year>(?:1\d|20)\d\d|\d\d)\b)?(?!\d|,\d)"
)
_COUNTS = re.compile(r"\s?[€%$°]|\s(?:Uhr|Mio|Mrd|Tsd)\b|:\d|\.\d")
_ISO_MONTH = re.compile(r"(?<![\w.,/-])(20\d\d|19\d\d)-(0[1-9]|1[0-2])(?![\w/-]|[.,]\d)")
_NUMERIC_RANGE = re.compile(
    rf"(?<![\d.,:/])({_DAY})\.(?:(0?[1-9]|1[0-2])\.)?\s?[-–—]\s?(?={_DAY}\.\s?(?:0?[1-9]|1[0-2])\.)"
)
_AND = r"(?:\s?[-–—/]\s?|, | und | u\. | bis | oder )"
_DAYS = re.compile(
    rf"(?<![\d.,:])(?P<days>(?:{_DAY}\.?{_AND}){{1,6}})"
    rf"(?=(?P<last>{_DAY})\.\s?(?:{_MONTH}))",
    re.IGNORECASE,
)
_EACH_DAY = re.compile(rf"({_DAY})\.?({_AND})")
_DATE = re.compile(rf"(?<![\d.,:])({_DAY})\.\s?(?P<month>{_MONTH})", re.IGNORECASE)
_SHORT_MONTH = re.compile(
    rf"\b({'|'.join(_SHORT)})\.(?=\s?(?:\d{{4}}|’\d\d|[-–/]))|(?<=[-–/])({'|'.join(_SHORT)})\b\.?|"
    rf"(?<=[a-zäöü] )\b({'|'.join(name.capitalize() for name in _SHORT)})\.(?=\s|$)"
)
_THE_DAY = re.compile(r"(?<=[.,a-z] )d\. (?=\d{1,2}\.)")
_IN_DATIVE = re.compile(r"\b(?:[aA]m|[vV]om|[zZ]um|[sS]eit|[aA]b|[bB]eim) [^;:!?]{1,24}$")
_BORN = re.compile(r"\b(geb|gest)\.\s(?=\d{1,2}\.)")
_NAMES = (
    rf"(?:{'|'.join(MONTHS)}|Jänner|(?:{'|'.join(_SHORT)})\.?|Mittwochs?"
    r"|(?:Diens|Donners|Frei|Mon|Sams|Sonn)tags?)"
)
_SPAN_OF_NAMES = re.compile(
    rf"\b(?=[^\W\d_]{{2,10}}\.?\s?[-–/])({_NAMES})\s?([-–/])\s?(?={_NAMES}(?![\w-]))", re.IGNORECASE
)
_ANY = re.compile(rf"\d\.|-\d\d|\b(?i:{'|'.join(_SHORT)})\.")
_DATE_BEFORE = re.compile(
    r"(?<![\d.])(\d{1,2})\.(?:\s?\d{1,2}\.(?:\s?\d{4}|\d\d)?)?(?:,| und| u\.| oder|,? bis| sowie) $"
)
_JOINTS = {",": ", ", "u.": " und ", "/": " und ", "-": " bis ", "–": " bis ", "—": " bis "}
_WEEKDAY = re.compile(
    r"\b(?:am|vom|von|v\.|zum|bis|ab|seit|dem|den|diesem|diesen|Uhr,? und)\s"
    r"(?:\w+(?:tag|woch|abend|morgen|nacht|mittag)s?|(?:Mo|Di|Mi|Do|Fr|Sa|So)\.?)"
    r"(?:\s?\([^)]{1,12}\))?,\s$",
    re.IGNORECASE,
)
_SEASON = re.compile(r"\b((?:1[1-9]|20)\d\d)/(\d{2}|\d{4})\b(?![/\d])")
_YEARS = re.compile(
    rf"(?<![\d.,/])((?:1[1-9]|20)\d\d){_TO}((?:1[1-9]|20)\d\d|\d\d)(?![\d.,/]|\s?(?:€|%|Euro))"
)
_DECADE = re.compile(r"(?<![\d.,])((?:1\d|20)\d0|[1-9]0)-?er\b(?:[- ](?=Jahr))?")
_SHORT_YEAR = re.compile(r"(?<![\w’'])[’'‘](\d\d)\b")
_ERA = re.compile(r"\b(v|n)\. ?(Chr|u\. ?Z)\.")
_YEAR = re.compile(r"(?<![\w.,:/-])(1[1-9]\d\d|20\d\d)(?![\d.,:/]\d|\d|[-–]\w|\s?(?:%|€|°|\$))")
_NO_DATE = frozenset(
    """
    android bluetooth büro halle ios kapitel nummer raum saal usb usb-c version wlan zimmer ziffer
    """.split()
)
_OF_A_YEAR = frozenset(
    """
    jahr jahre jahres jahren anno seit ab bis von um anfang ende mitte sommer herbst winter
    frühjahr frühling januar februar märz april mai juni juli august september oktober
    november dezember silvester ostern pfingsten weihnachten war wurde wird wm em saison
    baujahr jahrgang geboren gestorben und vor im
    """.split()
)
_COUNTED = re.compile(
    r"\s(?:(?!(?:[ksm]?eine[nr]?|ihre[nr]?|die|de[rn]|alle|oder|wie|wieder|über|unter|hier|aber|gegen"
    r"|zwischen|neben|sie|(?:gab|kam|ging|starb|zog|fiel|lag|nahm|schrieb|lief|blieb|stand|war)en)\s)"
    r"(?![a-zäöüß]+(?:te|ten|rde|rden)\s)[a-zäöüß]+(?:e|en|er)\s)?"
    r"((?!Million|Milliard)[A-ZÄÖÜ][a-zäöüß-]+(?:en|er|e|s|n)|Euro|Dollar|Meter|Kilometer|Prozent|Grad|Gramm|Kilo"
    r"|Liter|Hektar|Mark|Franken|Tonnen|Mann|Pfund|Stück|Punkt)\b"
)
# “1948 verstorbene Dichter”: a participle between a year and what it tells of.
_EVENT = re.compile(
    r"\s(?:(?P<what>(?:ein|ur|an|aus|auf)?(?:ge(?:boren|storben|fallen|gründet|baut|dreht|weiht)|verstorben"
    r"|er(?:baut|richtet|schienen|öffnet|lassen|schaffen)|entstanden|hingerichtet|veröffentlicht"
    r"|uraufgeführt|eingeführt|verabschiedet|unterzeichnet))|[a-zäöüß]*(?:t|en|ieb|ieben))(?P<ending>e[nrs]?)\s(?:[a-zäöüß-]+\s)?(?P<noun>[A-ZÄÖÜ][\w-]+)"
)
_SINGULAR = frozenset(
    """
    beim dem des dessen deren ein eine einem einen einer eines ihr ihrem im jenem sein seinem vom
    zum zur
    """.split()
)


def is_month(word: str) -> bool:
    """Whether a word is a month's name, in full or short."""
    return word in MONTHS or word == "Jänner" or word.lower().rstrip(".") in _SHORT


def say_dates(text: str) -> str:
    """The text with its dates in words, in the case that their context asks for."""
    text = _SPAN_OF_NAMES.sub(lambda m: m[1] + (" und " if m[2] == "/" else " bis "), text)
    if not _ANY.search(text):
        return text
    text = _THE_DAY.sub(lambda match: "dem " if _is_dative(match) else "den ", text)
    text = _BORN.sub(lambda m: f"{'geboren' if m[1] == 'geb' else 'gestorben'} am ", text)
    text = _ISO.sub(lambda m: f"{int(m[3])}. {MONTHS[int(m[2]) - 1]} {m[1]}", text)
    text = _ISO_MONTH.sub(_iso_month, text)
    text = _NUMERIC_RANGE.sub(_numeric_from, text)
    text = _NUMERIC.sub(_numeric, text)
    text = _DAYS.sub(_days, text)
    text = _DATE.sub(_date, text)
    return _SHORT_MONTH.sub(lambda m: _SHORT[(m[1] or m[2] or m[3]).lower()], text)


def say_eras(text: str) -> str:
    """The text with “v. Chr.” and “n. u. Z.” in full."""
    return _ERA.sub(_era, text)


@of_numbers
def say_years(text: str) -> str:
    """The text with its years and decades in words."""
    text = _SEASON.sub(_season, text)
    text = _YEARS.sub(_span, text)
    text = _DECADE.sub(_decade, text)
    text = _SHORT_YEAR.sub(lambda m: cardinal(int(m[1])), text)
    return _YEAR.sub(_year, text)


def _is_dative(match: re.Match[str]) -> bool:
    """“am So., d. 3. Mai”, “aus d. 18. Jahrhundert”, but “Wien, d. 3. Mai”."""
    is_governed = (
        government(lead(match), "rank") == "dative" and match.string[match.start() - 2] != ","
    )
    return bool(is_governed or _IN_DATIVE.search(match.string, 0, match.start()))


def _iso_month(match: re.Match[str]) -> str:
    """“2023-03” is a month; “2008-09” could be two years, and is."""
    if int(match[2]) > int(match[1]) % 100:
        return match[0]
    return f"{MONTHS[int(match[2]) - 1]} {match[1]}"


def _numeric_from(match: re.Match[str]) -> str:
    month = f" {MONTHS[int(match[2]) - 1]}" if match[2] else ""
    return f"{_day(match, int(match[1]))}{month} bis "


def _numeric(match: re.Match[str]) -> str:
    if lead(match) in _NO_DATE:
        return match[0]
    day = f"{_day(match, int(match[1]))} {MONTHS[int(match[2]) - 1]}"
    years = match["year"]
    if not years:
        return day + "." * is_last(match)
    if not _is_year(match):
        return f"{day} {years}"
    full = int(years) if len(years) == 4 else int(years) + (2000 if int(years) < 50 else 1900)
    return f"{day} {year(full)}"


def _is_year(match: re.Match[str]) -> bool:
    """Whether a number behind a day is its year: “3.5.24”, “3. 5. 1924”, not “3.5. 10 €”."""
    if not match["gap"]:
        return True
    end = match.end()
    is_spaced = len(match["year"]) == 4 or ". " in match[0][: -len(match["year"]) - 2]
    is_counted = _COUNTS.match(match.string, end) or _COUNTED.match(match.string, end)
    return is_spaced and not is_counted


def _days(match: re.Match[str]) -> str:
    """Every day but the last of “24., 25. und 31. Dezember”, in the form of the first."""
    first = re.match(r"\d+", match["days"])
    ending = _ending(match.string, match.start(), match.start() + len(first[0]) if first else 0)
    is_night = "nacht" in match.string[max(0, match.start() - 30) : match.start()].lower()
    days = []
    for day, to in _EACH_DAY.findall(match["days"]):
        joint = _JOINTS.get(to.strip(), f" {to.strip()} ")
        joint = " auf den " if is_night and to.strip() == "/" else joint
        days.append(ordinal(int(day), ending=ending) + joint)
    return "".join(days)


def _date(match: re.Match[str]) -> str:
    written = match["month"].rstrip(".")
    month = _SHORT.get(written.lower(), written)
    return f"{_day(match, int(match[1]))} {month}"


def _day(match: re.Match[str], number: int) -> str:
    day = ordinal(number, ending=_ending(match.string, match.start(), match.end(1)))
    weekday = _WEEKDAY.search(match.string, max(0, match.start() - 40), match.start())
    is_apposition = weekday and weekday[0][:3].lower() in {
        "am ",
        "vom",
        "von",
        "v. ",
        "zum",
        "sei",
        "ab ",
    }
    return f"dem {day}" if is_apposition else day


def _ending(text: str, start: int, end: int) -> str:
    """The form that a day's lead asks for; a second day takes that of the first."""
    before = words_before(text, start)
    if before and before[0] in {"und", "bis", "oder"} and _is_ordinal(before[1:]):
        return "en" if before[1].endswith("en") else "er"
    if first := _of_first_date(text, start):
        return first
    if before[:1] == ["der"] and not text.startswith("-", end):
        return "e"  # days are masculine: “laut Protokoll der 31. Juli”
    if text[:start].endswith("("):
        return "er"
    if text[:start].endswith(", ") and _is_ordinal(before):
        return "en" if before[0].endswith("en") else "er"
    if _WEEKDAY.search(text, max(0, start - 40), start) or before[1:2] == ["den"]:
        return "en"
    return _nominative_or(ordinal_ending(text, start, end))


def _nominative_or(ending: str) -> str:
    """Days are masculine."""
    return {"es": "er", "em": "em"}.get(ending, ending)


def _of_first_date(text: str, start: int) -> str:
    """The form of “2.10.” before “und 4.10.”, "" where none is before."""
    first = _DATE_BEFORE.search(text, max(0, start - 30), start)
    return _ending(text, first.start(1), first.end(1)) if first else ""


def _is_ordinal(before: list[str]) -> bool:
    return bool(before) and bool(re.search(r"(?:ste|te|dritte|erste|achte|siebte)[nr]$", before[0]))


def _era(match: re.Match[str]) -> str:
    side = "vor" if match[1] == "v" else "nach"
    return ended(match, f"{side} {'Christus' if match[2] == 'Chr' else 'unserer Zeitrechnung'}")


def _season(match: re.Match[str]) -> str:
    second = year(int(match[2])) if len(match[2]) == 4 else cardinal(int(match[2]))
    return f"{year(int(match[1]))} {second}"


def _span(match: re.Match[str]) -> str:
    second = year(int(match[2])) if len(match[2]) == 4 else cardinal(int(match[2]))
    return f"{year(int(match[1]))} bis {second}"


def _decade(match: re.Match[str]) -> str:
    number = int(match[1])
    spoken = year(number) if number > 99 else cardinal(number)
    return f"{spoken}er " if match[0][-1] in "- " else f"{spoken}er"


def _year(match: re.Match[str]) -> str:
    """Fifteen hundred people are counted, 1500 was a year."""
    number, text = int(match[1]), match.string
    is_counted = _COUNTED.match(text, match.end()) and lead(match) not in _OF_A_YEAR
    is_counted = is_counted and not _dates_an_event(match)
    return cardinal(number) if is_counted else year(number)


def _dates_an_event(match: re.Match[str]) -> bool:
    """“der 1948 verstorbene Dichter”, but “die 1500 geladenen Gäste”."""
    event = _EVENT.match(match.string, match.end())
    if not event:
        return False
    article, noun = lead(match), event["noun"]
    if article in _SINGULAR or (article in {"der", "die", "das"} and event["ending"] == "e"):
        return True
    if article in {"der", "den"} and event["what"]:
        return True
    is_many = is_plural(noun) and (article != "den" or noun.endswith(("n", "s")))
    return article in {"der", "den"} and not is_many
