"""Numbers read digit by digit or piece by piece: telephones, accounts, plates, file numbers."""

from __future__ import annotations

import re

from service.spoken.context import of_numbers
from service.spoken.numbers import cardinal, digits, number, ordinal
from service.spoken.postal import say_postal
from service.spoken.tables import mapping

_PHONE_LEAD = re.compile(
    r"\b((?:Tel|Fax|Fon|Mobil|Telefon|Hotline|Notruf|(?:Telefon|Ruf|Fax|Handy|Mobil|Service)nummer)"
    r"\.?:?\s(?:Nr\.\s|Nummer\s)?)(\+?\(?\d[\d /().–-]{1,24}\d)(?!\w)"
)
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:\+\d{1,3}[ /(-][\d /()–-]{4,24}\d"
    r"|\(?0 ?\d{1,5}\)[ /–-]{1,3}\d[\d /–-]{1,18}\d"
    r"|\(?0\d{1,5}\)?[ /–-]{1,3}\d[\d /–-]{1,18}\d|0 \d{2,4}/\d[\d –-]{2,18}\d)(?![\w,]|\.\d)"
)
_EMERGENCY = re.compile(
    r"\b((?:[Dd]ie|[Dd]er|Notruf|Polizei|Feuerwehr|Sperrnotruf|Rufnummer|Nummer) )"
    r"(11[0256]|19 ?222)(?![\w%€-]|[.,]\d|\.?\s?[A-ZÄÖÜ%€])"
)
_HELP = re.compile(r"(?<![\w.,€-])(116) ?(\d{3})(?![\w%€-]|[.,]\d|\.?\s?(?:Euro|Mio))")
_FLIGHT = re.compile(
    r"\b(Fl[uü]g(?:e|en|es|s|nummer)? (?:[A-Z]{2}|\d[A-Z]|[A-Z]\d)) ?(\d{4})(?!\d)"
)
_BOOKS = mapping("bible.tsv")
# What no one takes for a name, so that a chapter may stand alone: “Ps 23”
_CHAPTER = re.compile(
    r"(?<!\w)(?:(?P<part>[1-5])\.? (?P<of>Kor|Thess|Petr|Joh|Tim|Sam|Mose)"
    r"|(?P<book>Mt|Mk|Lk|Joh|Röm|Ps|Jes|Jer|Offb|Apg))\.? (?=\d{1,3}(?!\w|[.,:]\d))"
)
_VERSE = re.compile(
    rf"(?:(?<!\w)(?P<part>[1-5])\.? )?\b(?P<book>{'|'.join([*_BOOKS, *_BOOKS.values()])})\.? "
    r"(?P<chapter>\d{1,3})(?:,\s?|:)(?P<verse>\d{1,3})(?:[-–](?P<last>\d{1,3}))?"
    r"(?!\d|,\d|\s?(?:%|€|Prozent|Euro|Mio|Mrd))"
)
_ACCOUNT = re.compile(r"\b([A-Z]{2})(\d{2}(?: ?\d{4}){3,7}(?: ?\d{1,3})?)\b")
_BOOK = re.compile(r"\b(ISBN|ISSN)(?:-1[03])?:?\s(\d[\d –-]{6,15}[\dX])\b")
_PLANE = re.compile(r"\b(Boeing|Embraer|Fokker|MD|DC|Q)([ -])(\d{2,3})-(\d{1,3})\b")
_SIZE = re.compile(r"\b([A-ZÄÖÜ]{2,3})(?=\d+,\d)")
_NUMBERED = re.compile(
    r"\b((?:BLZ|Bankleitzahl|Kto\.-Nr\.|Kto\.|Kontonummer|Konto-Nr\.|Konto|PIN|WKN|Durchwahl|Fax)"
    r":?\s)-?(\d(?:[\d ]{2,14}\d)?)(?!\d|[.,]\d|%| ?(?:€|Euro|Mio))"
)
_PLATE = re.compile(r"(?<![\w-])([A-ZÄÖÜ]{1,3}[- ][A-Z]{1,2})[- ]?(\d{1,4})([EH]?)(?![\w-])")
_FILE = re.compile(
    r"(?<![\w/])(?P<chamber>\d{1,4} |[IVX]{1,5} )?(?P<register>[A-Z][A-Za-z]{0,4})[ -]"
    r"(?P<number>\d{1,5})/(?P<year>\d{2})(?:\.(?P<place>[A-Z]{1,3})(?!\w))?(?![\d/]|[.,]\d)"
)
_ACT = re.compile(r"(?<![\w/])(\d{1,4})/(\d{1,4})/(?=E[UWG])")
_ZEROS = re.compile(
    r"(?<![\w.,:/–-])(?<!\d[ '’])(?:0\d{2,}|0\d(?!\.\s?[\dA-ZÄÖÜ]|\sUhr)|\d{16,})(?!\w|[.,:/]\d)"
)


@of_numbers
def say_codes(text: str) -> str:
    """The text with numbers that are no quantities in words."""
    text = _ACCOUNT.sub(lambda match: f"{match[1]} {_grouped(match[2])}", text)
    text = _NUMBERED.sub(lambda match: match[1] + _grouped(match[2]), text)
    text = _PHONE_LEAD.sub(lambda match: match[1] + _grouped(match[2]), text)
    text = _PHONE.sub(_phone, text)
    text = _HELP.sub(lambda match: f"{digits(match[1])} {digits(match[2])}", text)
    text = _EMERGENCY.sub(lambda match: match[1] + _grouped(match[2]), text)
    text = _CHAPTER.sub(_chapter, _VERSE.sub(_verse, say_postal(text)))
    text = _FLIGHT.sub(lambda match: f"{match[1]} {digits(match[2])}", text)
    text = _BOOK.sub(_book, text)
    text = _PLANE.sub(lambda m: f"{m[1]}{m[2]}{digits(m[3])} {cardinal(int(m[4]))}", text)
    text = _SIZE.sub(r"\1 ", text)
    if "ennzeichen" in text or "ummernschild" in text:
        text = _PLATE.sub(lambda match: f"{match[1]} {digits(match[2])} {match[3]}".rstrip(), text)
    if "/" in text:
        text = _FILE.sub(_file, text)
        text = _ACT.sub(lambda match: f"{match[1]} {number(match[2])} ", text)
    return _ZEROS.sub(lambda match: digits(match[0]), text)


def _grouped(written: str) -> str:
    """The digits, with a comma for every gap."""
    plus = "plus " if written.startswith("+") else ""
    return plus + ", ".join(digits(part) for part in re.findall(r"\d+", written))


def _book(match: re.Match[str]) -> str:
    return f"{match[1]} {_grouped(match[2])}{' X' if match[2][-1] == 'X' else ''}"


def _phone(match: re.Match[str]) -> str:
    is_long = sum(letter.isdecimal() for letter in match[0]) >= 7
    return _grouped(match[0]) if is_long else match[0]


def _chapter(match: re.Match[str]) -> str:
    """“Psalm 23”, “Erster Korinther 13”."""
    if not match["part"]:
        return f"{_BOOKS[match['book']]} "
    part = ordinal(int(match["part"]), ending="er").capitalize()
    return f"{part} {_BOOKS[match['of']]} "


def _verse(match: re.Match[str]) -> str:
    """“Johannes 3, Vers 16”, “Psalm 23, Verse 1 bis 4”."""
    book = _BOOKS.get(match["book"], match["book"])
    many, last = ("e", f" bis {match['last']}") if match["last"] else ("", "")
    if match["part"]:
        book = f"{ordinal(int(match['part']), ending='er').capitalize()} {book}"
    return f"{book} {match['chapter']}, Vers{many} {match['verse']}{last}"


def _file(match: re.Match[str]) -> str:
    """“eins BvR 2656 aus achtzehn”: chamber, register, number and year of a court's file."""
    chamber = match["chamber"] or ""
    if not chamber and match[0][len(match["register"])] == " ":
        return match[0]
    spoken = f"{cardinal(int(chamber))} " if chamber.strip().isdecimal() else chamber
    tail = f"{number(match['number'])} aus {number(match['year'])} {match['place'] or ''}".rstrip()
    return f"{spoken}{match['register']} {tail}"
