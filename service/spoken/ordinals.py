"""Ordinals: der 1. FC, sein 4. Tor, am 3. und 4. Tag, er wurde 5."""

from __future__ import annotations

import re

from service.spoken.context import of_numbers, words_before
from service.spoken.endings import ordinal_ending
from service.spoken.lists import list_number
from service.spoken.nouns import gender
from service.spoken.numbers import cardinal, english_ordinal, ordinal

_PAIR = re.compile(
    r"(?<![\w.,:/])(\d{1,3})\.(?P<to>\s?[-–/]\s?|,? und |,? oder | bis "
    r"|, )(?=\d{1,3}\.\s?[-A-ZÄÖÜa-zäöü])"
)
_ORDINAL = re.compile(
    r"(?<![\w.,:/])(\d{1,3}(?:\.\d{3})+|\d{1,4})\.(?=\s[\wÄÖÜ„\"(]|-[A-ZÄÖÜ]|,\s|\s?[-–]\s)"
)
_CLASS = re.compile(r"(?<![\w.,:/])(\d{1,2})\.-(?=[A-ZÄÖÜ])")  # “1.-Klasse-Abteil”
_LISTED = re.compile(r"(?<![\w.,:/])(\d{1,3})\.,? (?:und |oder |bis )?$")
_OF_A_WEEK = re.compile(r"\b(?:[vV]on|[aA]m|[aA]b|[bB]is|[zZ]um) \w+(?:tag|woch|abend), $")
_AND_ADJECTIVE = re.compile(r",(?= [a-zäöüß]+e[nrs]? [A-ZÄÖÜ])")  # “3., erweiterte Auflage”
_FINAL = re.compile(r"(?<![\w.,:/])(\d{1,3})\.(?=[\"“”)»]*\s*$)")
_FINAL_LEADS = frozenset(
    """
    am im vom zum beim zur der die das dem den des ein eine einen jeder jede jedes jeden jedem
    """.split()
)
_COMPARED = re.compile(r"\b(?:\w+er|mehr|weniger|anders) als $")  # “kleiner als 3.”
_BECAME = frozenset(["wurde", "wird", "werden", "wurden", "als"])
_AGED = 60  # “Er wurde 87.” is an age, “Sie wurde 12.” a rank
_RANK = re.compile(
    r"\b((?:wurde|wird|werden|wurden|ist|war|als)(?:\s(?:er|sie|(?:d(?:er|ie|as)\s)?[A-Z][a-zäöüß]+))?"
    r"(?:\s(?:nur|nun|sogar|erneut|wieder|am Ende|zuletzt))?\s)(\d{1,3})\."
    r"(?=[,;]|\s(?:und|oder|hinter|vor|beim?|im|in|ins|der|des|den|das|die|am|auf|aus|durch|mit"
    r"|über|unter|nach|zum|zur|ab|gewertet|geführt)\b)"
)
_ENDED_DIGITS = re.compile(
    r"(?<![\w.,])(\d{1,3})-?(?:s?t(e[nrms]?))(?![\w-])"  # “21ten”, “3te”, “20ster”
)
_ENGLISH = re.compile(r"(?<![\w.,])(\d{1,3})(?:st|nd|rd|th)(?!\w)")
_PERSON = re.compile(
    r"\b(?:[eE]r|[sS]ie|Frau|Tochter)\b|\b(?P<man>[dD]er [A-ZÄÖÜ][a-zäöüß]+|(?:[iI]hr|[sS]ein|Ihr) "
    r"(?:Bruder|Vater|Sohn|Mann|Kollege|Partner|Rivale|Landsmann|Teamkollege))\b(?!in\b)"
    r"|\b([A-ZÄÖÜ][\w-]+in)\b"
)
_ANOTHER_RANK = re.compile(
    r"\b(?:[wW]urden?|[wW]ird|als)(?: [\w-]+){0,3}?"
    r" [A-Z][a-zäöüß]+(?:t|st|rst|cht|ritt)er?(?:,| und)\s"
)
_ADDED = re.compile(r"(?<![\w.,])(\d{1,3})\.\s?\+\s?(\d{1,2})\.?(?=\s(?:Spielm|M)inute)")
# “1.) Wasser, 2.) Brot”, “Es fehlt: 1. die Zeit, 2. das Geld”
_MARKER = re.compile(
    r"(?<=\s)(\d{1,2})\.\)\s+"
    r"|(?<=[:;,] )(\d{1,2})\. (?=(?:das|dass|dem|den|der|die|eine?|man|weil)\b)"
)
_COUNTS_UP = re.compile(r"[:;] 1\. ")
# “am ersten und 2. Tag”; with a noun between, “nach dem ersten Sieg und 2. Platz”
_ENDED = re.compile(r"(?:st|t)(e[nrsm]?)$")
_SURELY_ENDED = re.compile(
    r"(?:^erst|zweit|dritt|viert|fünft|sechst|sieb(?:en)?t|acht|neunt|zehnt|elft|zwölft|zigst)(e[nrsm]?)$"
)


@of_numbers
def say_ordinals(text: str) -> str:
    """The text with its ordinals in words, by gender and case."""
    text = _ENDED_DIGITS.sub(lambda match: ordinal(int(match[1]), ending=match[2]), text)
    text = _ENGLISH.sub(lambda match: english_ordinal(int(match[1])), text)
    text = _CLASS.sub(lambda match: f"{ordinal(int(match[1])).capitalize()}-", text)
    text = _MARKER.sub(_marker, text)
    text = _RANK.sub(_rank, text)
    text = _ADDED.sub(_added, text)
    text = _PAIR.sub(_pair, text)
    text = _ORDINAL.sub(_ordinal, text)
    return _FINAL.sub(_final, text)


def _marker(match: re.Match[str]) -> str:
    if match[2] and not _COUNTS_UP.search(match.string, 0, match.start() + 4):
        return match[0]
    marker = list_number(int(match[1] or match[2]))
    return f"{marker}, " if match[1] else f"{marker.lower()} "


def _added(match: re.Match[str]) -> str:
    """“in der 90.+3 Minute”: the minutes of stoppage time are counted."""
    return f"{ordinal(int(match[1]), ending='en')} plus {cardinal(int(match[2]))}"


def _pair(match: re.Match[str]) -> str:
    to = match["to"].strip(" ,")
    joint = {"und": " und ", "oder": " oder ", "": ", ", "/": " und "}.get(to, " bis ")
    return _in_context(match) + joint


def _ordinal(match: re.Match[str]) -> str:
    text, start = match.string, match.start()
    before = words_before(text, start)
    if before[:1] and before[0] in {"und", "bis", "oder"}:
        for word, ends in zip(before[1:3], (_ENDED, _SURELY_ENDED), strict=False):
            if ended := ends.search(word):
                return ordinal(_count(match), ending=ended[1])
    return _in_context(match)


def _count(match: re.Match[str]) -> int:
    return int(match[1].replace(".", ""))


def _in_context(match: re.Match[str]) -> str:
    """In the form that its context asks for; in “im 1., 2. und 3. Stock” that of the first."""
    place = match
    while before := _LISTED.search(match.string, max(0, place.start(1) - 12), place.start(1)):
        place = before
    adjective = _AND_ADJECTIVE.match(match.string, match.end())
    end = adjective.end() if adjective else match.end()
    ending = ordinal_ending(match.string, place.start(1), end)
    if _OF_A_WEEK.search(match.string, max(0, match.start() - 30), match.start()):
        ending = "en"  # “von Freitag, 8., bis Sonntag, 10. März”
    return ordinal(_count(match), ending=ending)


def _final(match: re.Match[str]) -> str:
    """“… wurde 3.” is an ordinal as a noun; “… sind es 12.” ends with a cardinal."""
    text, number = match.string, int(match[1])
    lead = next(iter(words_before(text, match.start())), "")
    is_rank = number < _AGED and lead in _BECAME and not _COMPARED.search(text, 0, match.start())
    if is_rank or _ANOTHER_RANK.search(text, 0, match.start()):
        return _rank_of(match, number) + "."
    if lead in _FINAL_LEADS and (number < 100 or lead not in {"die", "der", "das"}):
        return f"{_in_context(match)}."
    return f"{cardinal(number)}."


def _rank(match: re.Match[str]) -> str:
    if _COMPARED.search(match.string, 0, match.start(2)):
        return match[0]
    return match[1] + _rank_of(match, int(match[2]))


def _rank_of(match: re.Match[str], number: int) -> str:
    """“er wurde Vierter”, “sie wurde Vierte”: by who is named before."""
    people = _PERSON.finditer(match.string, max(0, match.start() - 60), match.end())
    named = [person for person in people if not person[2] or gender(person[2]) == "f"]
    is_woman = bool(named) and not named[-1]["man"] and named[-1][0].lower() != "er"
    return ordinal(number, ending="e" if is_woman else "er").capitalize()
