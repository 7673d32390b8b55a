"""Labels: who says a paragraph, as it stands before a colon (“SZ: …”, “Anna Müller (lacht): …”)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.domain import Role

_LONGEST = 40  # characters
_LABEL = re.compile(
    rf"(?P<name>[^\W_][^:?!„“”‚‘\"»«()\n]{{0,{_LONGEST - 1}}}?)"
    r"(?:\s\([^()\n]{1,30}\))?\s?:(?=\s|$)"
)
_MOST_WORDS = 5
_SMALL = frozenset("von van vom de der den di da du le la zu zur am im und & für".split())
_ROLES = (
    dict.fromkeys("frage fragen question interviewer interviewerin".split(), Role.QUESTION)
    | dict.fromkeys(["f", "q", "leserfrage", "zuschauerfrage", "nachfrage"], Role.QUESTION)
    | dict.fromkeys("antwort answer a".split(), Role.ANSWER)
)
_COUNTED = re.compile(r"(?:\d{1,3}\.?\s+)?(\D+?)(?:\s+\d{1,3})?")
_TITLES = re.compile(r"(?:(?:Herr|Frau|Dr\.|Prof\.|Professor|Professorin)\s+)+")
# what begins a sentence, however often it comes again
_NO_NAMES = frozenset(
    """aber achtung also andererseits außerdem beispiel da dann darum das dazu denn der deshalb die
    doch drittens eben ein eine einerseits ergebnis erstens es fakt fazit folge ganz genau gut hier
    hinweis ich ihr im immer in ja jedoch kurz man mein meine mit nein nicht nun nur oder problem
    richtig sein seine sie so sondern stattdessen stimmt tipp trotzdem und unser vor vorsicht vorweg
    warum was weil wenn wer wichtig wie wir wo zum zur zuerst zweitens zwar""".split()
)


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's name, or with a role a word for it; bare where no text stands behind it."""

    name: str
    role: Role | None = None
    is_bare: bool = False


def label_of(text: str) -> Label | None:
    """The label that a paragraph begins with, if it has the looks of a name or is such a word."""
    match = _LABEL.match(text)
    if not match:
        return None
    name, is_bare = match["name"].strip(), match.end() == len(text.rstrip())
    counted = _COUNTED.fullmatch(name)
    if counted and (role := _ROLES.get(counted[1].lower())):
        return Label(role.value, role, is_bare=is_bare)
    return Label(name, is_bare=is_bare) if _is_name(name) else None


def one_name(names: Sequence[str]) -> dict[str, str]:
    """For each name the longest that ends like it: “Rühl” and “Frau Rühl” are “Tabea Rühl”."""
    plain = {name: _TITLES.sub("", name) for name in names}
    whole = sorted(set(plain.values()), key=lambda name: (-len(name), name))
    return {
        name: next((other for other in whole if other.endswith(f" {short}")), short)
        for name, short in plain.items()
    }


def _is_name(name: str) -> bool:
    """Whether its words begin with capitals, or it is one word, such as a newspaper's."""
    words = name.split()
    if not 0 < len(words) <= _MOST_WORDS or words[0].lower() in _NO_NAMES:
        return False
    is_capital = [word[0].isupper() or word.lower() in _SMALL for word in words]
    return all(is_capital) or (len(words) == 1 and not name[0].isdecimal())
