"""Abbreviations in full, in the number and case that their context asks for."""

from __future__ import annotations

import re
from importlib import resources

from service.spoken.endings import words_before
from service.spoken.numbers import NUMBER

_WEAK_LEADS = frozenset(
    """
    dem den des einem einen eines einer im am vom zum zur beim diesem diesen dieser
    """.split()
)
_GENITIVE = frozenset(["des", "eines", "dieses", "jenes"])


def _table() -> dict[str, str]:
    folder = resources.files(__package__)
    lines = folder.joinpath("abbreviations.tsv").read_text("utf-8").splitlines()[1:]
    return {written.replace(" ", ""): said for written, said in (x.split("\t") for x in lines)}


_TABLE = _table()
_KNOWN = re.compile(
    r"(?<![\w.])(?:"
    + "|".join(
        re.sub(r"\\\.(?=.)", r"\\.\\s?", re.escape(written))
        for written in sorted(_TABLE, key=len, reverse=True)
        if written != "str."
    )
    + r")(?!\w)"
)
_STREET = re.compile(r"(?<=[a-zäöüß])str\.(?=\s|,|$)|(?<=[a-zäöüß]-)Str\.(?=\s|,|$)")
_SAINT = re.compile(r"\bSt\.\s?(?=[A-ZÄÖÜ])")
_PAGE = re.compile(rf"\bS\.\s?(?={NUMBER})")
_FOLLOWING = re.compile(r"(?<=\w)\s?\b(ff?)\.(?!\w)")
_CENTURY = re.compile(r"\bJh(?:d?t?|s)?\.")
_SO_CALLED = re.compile(r"\b([sS])og\.")
_CONCERNING = re.compile(r"\bgeb\.(?=\s(?:am\b|in\b|\d))")
_SINGLE_DAY = re.compile(r"\b(?:Mo|Di|Mi|Do|Fr|Sa|So)\.?\s?[-–/]\s?(?:Mo|Di|Mi|Do|Fr|Sa|So)\b\.?")
_DAYS = {
    "Mo": "Montag", "Di": "Dienstag", "Mi": "Mittwoch", "Do": "Donnerstag", "Fr": "Freitag",
    "Sa": "Samstag", "So": "Sonntag",
}  # fmt: skip


def say_abbreviations(text: str) -> str:
    """The text with its abbreviations in full; a dot that also ends the sentence stays."""
    text = _SINGLE_DAY.sub(_weekdays, text)
    text = _STREET.sub(lambda m: _ended(m, "straße" if m[0][0] == "s" else "Straße"), text)
    text = _SAINT.sub("Sankt ", text)
    text = _PAGE.sub("Seite ", text)
    text = _CENTURY.sub(_century, text)
    text = _SO_CALLED.sub(_so_called, text)
    text = _CONCERNING.sub("geboren", text)
    text = _KNOWN.sub(_known, text)
    return _FOLLOWING.sub(
        lambda m: _ended(m, " folgende" if m[1] == "f" else " fortfolgende"), text
    )


def _known(match: re.Match[str]) -> str:
    written = re.sub(r"\s", "", match[0])
    if written in {"So.", "Mi.", "Do.", "Di.", "Mo.", "Sa.", "Fr.", "Pl."} and not _is_abbreviated(
        match
    ):
        return match[0]
    return _ended(match, _TABLE[written])


def _is_abbreviated(match: re.Match[str]) -> bool:
    """“So.” at the end of a sentence is a word; before a comma, a date or a time it is a day."""
    rest = match.string[match.end() :]
    if match[0].startswith("Fr"):
        return bool(re.match(r"\s(?:[A-ZÄÖÜ]|Dr)", rest))
    return bool(re.match(r",|\s?\d|\s?[-–]", rest))


def _ended(match: re.Match[str], said: str) -> str:
    is_end = not match.string[match.end() :].strip('"“”)»] ')
    return said + "." if is_end and match[0].endswith(".") else said


def _century(match: re.Match[str]) -> str:
    before = re.search(r"\b(\w+)\s+\S+\s*$", match.string[: match.start()])
    is_genitive = match[0] == "Jhs." or (before and before[1].lower() in _GENITIVE)
    return _ended(match, "Jahrhunderts" if is_genitive else "Jahrhundert")


def _so_called(match: re.Match[str]) -> str:
    lead = next(iter(words_before(match.string, match.start())), "")
    stem = f"{match[1]}ogenannte"
    following = re.match(r"\s+[„\"]?([\w-]+)", match.string[match.end() :])
    noun = following[1] if following else ""
    is_many = lead == "die" and noun.endswith(("en", "er", "s"))
    if lead in _WEAK_LEADS or is_many:
        return stem + "n"
    return stem


def _weekdays(match: re.Match[str]) -> str:
    first, second = re.findall(r"[A-Z][a-z]", match[0])
    joint = " und " if "/" in match[0] else " bis "
    return _DAYS[first] + joint + _DAYS[second]
