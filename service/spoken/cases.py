"""The case that the words before a number ask for, and the forms of “ein” and “halb”."""

from __future__ import annotations

import re

from service.spoken.context import words_before
from service.spoken.government import Case, government
from service.spoken.nouns import PEOPLE, gender, is_genitive

_PASSED_OVER = frozenset(
    """
    aktuell allein beinahe bereits bislang ca circa demnächst derzeit ebenfalls etwa exakt fast
    genau gerade gut höchstens inzwischen insgesamt jetzt knapp künftig lediglich pauschal
    zusätzlich maximal mindestens nahezu noch nur rund schon sogar ungefähr weitere weiteren
    weiterer weiteres zirka zusätzliche abends heute immer jährlich meist monatlich morgens oft
    stündlich täglich wöchentlich
    nicht einmal
    """.split()
)
_MEASURED = re.compile(
    r"\s(?:\S+\s)?(?:lang|hoch|breit|tief|weit|groß|schwer|dick|entfernt|alt|später|früher|vorher"
    r"|nachher|hinter|vor|über|unter)\b"
)
# Verbs whose noun behind them is their subject, or stands in the nominative.
_WITHOUT_OBJECT = frozenset(
    """
    blieb bleibt entstand fehlt fehlte folgt folgte gilt ist kam kommt lebt lebte sei sind starb
    stirbt war waren wäre werden wird wurde wurden
    """.split()
)
_OPENERS = frozenset(
    """
    ab als am an auch auf aus bei beim bisher da damals dabei dann dazu dem den derzeit dort durch
    euch für ihm ihn mich uns
    gegen gestern heute hier hinter im in inzwischen jetzt laut mit nach neben noch nun nur ob
    ohne pro seit so über um unter vom von vor wegen weil wenn wie wo zu zudem zum zur zwischen
    """.split()
)
_PRONOUNS = frozenset(["er", "es", "ich", "ihr", "man", "sie", "wir"])
_VERB = re.compile(r"[a-zäöüß]+(?:t|te|ten|en|e|ab|ob|ug|ahm|ahl|ielt|ließ|ieß|and|or|ieb)")
_CLAUSE = re.compile(r"[.,;:!?(„“–]")
_EIN: dict[str, dict[Case, str]] = {
    "m": {"nominative": "ein", "genitive": "eines", "dative": "einem", "accusative": "einen"},
    "f": {"nominative": "eine", "genitive": "einer", "dative": "einer", "accusative": "eine"},
    "n": {"nominative": "ein", "genitive": "eines", "dative": "einem", "accusative": "ein"},
}
_NUMBERED = frozenset(
    """
    absatz artikel band gleis gruppe halle haus kapitel klasse liga nr nummer paragraf platz
    programm satz seite stufe teil tor zimmer
    """.split()
)
_BY_ADJECTIVE = {"e": "eine", "es": "ein", "er": "ein", "en": "einen", "em": "einem"}
_NO_ADJECTIVE = frozenset(
    """
        aber alle anderen beide dem den der die diese diesen dieser dieses ein eine einem einen
        einer eines er
    es ihre ihrem ihren ihrer ihres keine oder seine seinem seinen seiner seines sie über unter
    unsere weder wegen weil wenn werden wie wieder wurden haben hatten wollen wollte sollen
    """.split()
)
_ADJECTIVE_NOUN = re.compile(r"\s([a-zäöüß-]{2,}?)(e[rsnm]?)\s[„\"]?([A-ZÄÖÜ][\w-]*)")
_NOUN = re.compile(r"[A-ZÄÖÜ][^A-ZÄÖÜ\s-]+(?:-.*)?")
# “Nach 1 Stunde und 1 Minute”: the second stands in the case of the first.
_JOINED = re.compile(r"\b\w+ (\d[\d.,]*|ein\w*) [A-ZÄÖÜ]\w+ (?:und|oder) $")
# “Bei 35 Grad im Schatten und 1 Grad im Kühlraum”
_GOVERNED = re.compile(
    r"\b(?:bei|mit|nach|seit|von|aus|für) (\d[\d.,]*) [^.,;:!?\d]{1,40} (?:und|oder) $",
    re.IGNORECASE,
)
_AUF_FIRST = re.compile(r"(?:^|[.:!?„] ?)Auf (?:[a-zäöü]+ ){0,2}$")
_TO_DO = re.compile(r"[^.!?;]*[a-zäöüß](?:en|ern|eln)\s*[.!]?$")
_HAS_VERB = re.compile(
    r"\b(?:ist|sind|war|waren|wird|werden|wurden?|hat|haben|hatten?|kann|können|konnten?|soll"
    r"|sollen|muss|müssen|will|wollen|darf|dürfen|würden?|wären?|[a-zäöüß]+(?:te|ten))\b"
)
_UP_TO = re.compile(
    r" (?:bis|oder) (?:\d+|zwei|drei|vier|fünf|sechs|zehn) (?!bis|oder|und|von|zu)[A-ZÄÖÜa-zäöüµ]"
)
_INITIALISMS = frozenset("ag cd dvd gmbh kfz lkw ngo pc pkw".split())
_NEXT_WORD = re.compile(r"\s[„\"'(]?([^\s]+)")


def case_at(text: str, start: int, *, end: int = 0) -> Case:
    """The case of what stands at `start`; `end` is where the number ends, for “1 Meter lang”."""
    earlier = max(0, start - 60)
    if first := _JOINED.search(text, earlier, start) or _GOVERNED.search(text, earlier, start):
        return case_at(text, first.start(1))
    before = [word for word in words_before(text, start, count=5) if word not in _PASSED_OVER]
    lead = before[0] if before else ""
    if governed := _governed(before, is_first=bool(_AUF_FIRST.search(text[:start]))):
        return governed
    is_measure = end and _MEASURED.match(text, end)
    if is_measure or _follows_its_verb(text, start, lead) or _is_to_do(text, start):
        return "accusative"
    return "nominative"


def _governed(before: list[str], *, is_first: bool) -> Case | None:
    """The case that the preposition right before asks for, None without one."""
    lead = before[0] if before else ""
    if before[:2] == ["je", "zu"] or (lead == "auf" and is_first):
        return "dative"  # “Auf 1 Hektar wachsen …” says where something is
    return government(lead, "amount")


def _is_to_do(text: str, start: int) -> bool:
    """“Für die Soße 1 Liter Brühe aufkochen.”: what recipes say to be done has an object."""
    first = text.partition(" ")[0].lower()
    is_infinitive = (first in _OPENERS or first[:1].isdecimal()) and bool(_TO_DO.match(text, start))
    return is_infinitive and not _HAS_VERB.search(text)


def is_object(text: str, start: int) -> bool:
    """Whether what stands at `start` follows a verb that has its subject: “Er zahlt …”."""
    return _follows_its_verb(text, start, next(iter(words_before(text, start, count=1)), ""))


def form_of_one(text: str, start: int, end: int, *, noun: str = "") -> str:
    """The form of a 1 before a noun: ein, eine, einen, einer, einem, or eins without one."""
    lead = next(iter(words_before(text, start, count=1)), "")
    if lead in _NUMBERED:
        return "eins"
    if noun:
        return ein(noun, case_at(text, start, end=end))
    if adjective := _ADJECTIVE_NOUN.match(text, end):
        return _before_adjective(text, start, adjective)
    if _UP_TO.match(text, end) and lead != "von":
        return "ein"
    following = _NEXT_WORD.match(text, end)
    noun = following[1].rstrip('.,;:!?)“”"') if following else ""
    if noun.lower() in _INITIALISMS:
        return ein(noun, case_at(text, start, end=end))
    if not _NOUN.fullmatch(noun):
        return "eins"
    return ein(noun, case_at(text, start, end=end))


def ein(noun: str, case: Case) -> str:
    """The indefinite article of a noun, by its gender, in a case."""
    if is_genitive(noun):
        return "eines"
    if noun.lower().endswith(PEOPLE) and case in {"nominative", "accusative"}:
        return "eine"
    return _EIN[gender(noun) or "m"][case]


def half(noun: str, case: Case) -> str:
    """“ein halber”, “eine halbe”, “einem halben”: ½ before its noun."""
    kind = gender(noun) or "m"
    article = _EIN[kind][case]
    strong = {"m": "er", "f": "e", "n": "es"}[kind]
    is_plain = case == "nominative" or (case == "accusative" and kind != "m")
    return f"{article} halb{strong if is_plain else 'en'}"


def _before_adjective(text: str, start: int, adjective: re.Match[str]) -> str:
    stem, ending, noun = adjective.groups()
    if stem + ending in _NO_ADJECTIVE:
        return "eins"
    case = case_at(text, start)
    if case in {"dative", "genitive"}:
        return ein(noun, case)
    return _BY_ADJECTIVE[ending]


def _follows_its_verb(text: str, start: int, lead: str) -> bool:
    """Whether a verb stands right before, and its subject before that: “Er zahlt 1 Euro”.

    Or a pronoun is its subject: “Dazu trank er 1 Liter”.
    """
    if lead in _PRONOUNS:
        return not _WITHOUT_OBJECT & set(words_before(text, start, count=2))
    if lead in _WITHOUT_OBJECT or not _VERB.fullmatch(lead):
        return False
    clause = _CLAUSE.split(text[max(0, start - 120) : start])[-1].split()
    return len(clause) > 1 and clause[0].lower() not in _OPENERS | {lead}
