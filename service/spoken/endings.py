"""Endings from the context: which form an ordinal or a “1” takes in its sentence."""

from __future__ import annotations

import re

from service.spoken.context import noun_after, words_before
from service.spoken.government import PREPOSITIONS, government
from service.spoken.nouns import PEOPLE, gender, is_listed, is_plural

_WEAK = frozenset(
    """
    am im vom zum beim zur dem den des einem einen einer eines keinem keinen keiner keines
    deinem deinen deiner diesem diesen dieses jedem jeden meinem meinen meiner seinem seinen seiner
    ihrem ihren
    ihrer unserem unseren unserer eurem euren eurer jenem jenen ab bis per seit ans ins fürs aufs
    welchem welchen v vors beiden allen
    ihres seines meines deines unseres eures jenes manches welches
    """.split()
)
_PLAIN = frozenset(
    """
    alle die das diese jede jeder jedes dieser eine einige keine manche mehrere seine ihre meine
    unsere viele
    """.split()
)
_OF_MANY = frozenset(["die", "diese", "alle", "seine", "ihre", "meine", "unsere", "keine"])
_MIXED = frozenset(["ein", "kein", "sein", "ihr", "mein", "dein", "unser", "euer"])
_STRONG = {"m": "er", "f": "e", "n": "es", None: "e"}
_STRONG_DATIVE = {"m": "em", "f": "er", "n": "em", None: "en"}
_MANY = re.compile(r"en$|^[^äöü]*e$")  # “die 33. Spiele”; “die 2. Mühle” only looks like many
_OF_A_NOUN = re.compile(r"[A-ZÄÖÜ][\w-]+ der $")


def ordinal_ending(text: str, start: int, end: int) -> str:
    """The ending of an ordinal between `start` and `end`: e, en, er, es or em."""
    before = words_before(text, start)
    lead = before[0] if before else ""
    noun = noun_after(text, end)
    kind = gender(noun) if noun else None
    strong = _STRONG["f" if noun.lower().endswith(PEOPLE) else kind or "m"]  # “erste Vorsitzende”
    if re.search(r"[.,:;!?(–]\s*$", text[:start]) and lead not in _WEAK:
        return strong
    if lead in _WEAK or _is_like_the_adjective(before):
        return "en"
    if lead == "der":
        if _OF_A_NOUN.search(text, max(0, start - 40), start):
            return "en"
        return _after_der(before, kind, is_sure=is_listed(noun) or noun[-1:] != "e")
    if lead in _PLAIN:
        return "en" if lead in _OF_MANY and _MANY.search(noun) and is_plural(noun) else "e"
    if lead in _MIXED:
        return "es" if kind == "n" else "er"
    if government(lead, "rank") == "dative":
        return _STRONG_DATIVE[kind]
    return strong


def _is_like_the_adjective(before: list[str]) -> bool:
    """“im frühen 20. Jahrhundert”: the adjective between has the ending that is asked for."""
    if len(before) < 2 or not before[0].endswith("en"):
        return False
    return before[1] in _WEAK | {"und"} or before[1] in PREPOSITIONS


def _after_der(before: list[str], kind: str | None, *, is_sure: bool) -> str:
    """“der”: masculine nominative, or feminine in the genitive or dative."""
    if len(before) == 1 and not is_sure:
        return "e"
    if kind == "f" or (len(before) > 1 and government(before[1], "rank") == "dative"):
        return "en"
    return "e"
