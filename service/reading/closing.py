"""How an article closes that was made for a paper or a station: who wrote, whence it comes.

Such lines stand below the last sentence; further up the same words may be the text's own.
"""

from __future__ import annotations

import re

_LONGEST = 300  # characters
_LONGEST_SIGN = 48  # characters of initials and agencies
_SIGN = re.compile(r"[\w\s/,;()&+*.:–-]+")
_AGENCIES = frozenset(
    "afp ap apa ddp dapd dpa dts epd kna keystone ots reuters rtr sda sid upi infocom".split()
)
_AROUND = frozenset("agentur agenturen material mit red redaktion und von".split())
_INITIALS = re.compile(r"[a-zäöüß]{2,4}|[A-ZÄÖÜ]{2,5}|[A-Z]\.")
_LABELS = re.compile(
    r"(?:sendung|quellen?|redaktion|faktencheck|mitarbeit|übersetzung|texte?|autor(?:in|en)?"
    r"|produktion|schnitt|kamera|lektorat|bearbeitung|recherche|moderation|regie|sprecher(?:in)?"
    r"|protokoll|interview|online|grafik|daten|stand|erst(?:publikation|veröffentlichung)"
    r"|mit material|mehr informationen|verwendete quellen|original-content von)(?: \w+)?: ?\S",
    re.IGNORECASE,
)
_NOTES = re.compile(
    r"(?:copyright|©|\(c\)|alle rechte vorbehalten|dpa:\d|dpa-infocom"
    r"|mit (?:agentur)?material (?:von|der)\b|mit (?:agenturmaterial|informationen (?:von|der)\b)"
    r"|dieses thema im programm|über dieses thema|sendung (?:vom|am)\b|artikel-?id\b"
    r"|im (?:radio|fernsehen|tv|programm): "
    r"|aus dem \w+ (?:übersetzt )?von\b|aufgezeichnet von\b|protokolliert von\b"
    r"|(?:erst(?:mals|malig)?|zuerst|zuletzt) (?:publiziert|veröffentlicht|aktualisiert|erschienen)"
    r"|(?:dies(?:er|e)|der) (?:artikel|text|beitrag|essay)\b.{0,30}\b(?:erschien|lief"
    r"|stammt (?:aus|von)|ist (?:zuerst|erstmals|am|im|in)\b.{0,60}\berschienen|wurde \b.{0,80}"
    r"\b(?:veröffentlicht|publiziert|aktualisiert|gesendet|ausgestrahlt|übersetzt|erstellt))"
    r"|diese (?:nachricht|meldung|sendung|reportage) (?:wurde|lief)\b.{0,80})",
    re.IGNORECASE,
)


_MAIL = re.compile(
    r"(?:kontakt|rückmeldung|feedback|e-?mail|mail|schreiben sie|schreib|anregungen|autor)\w*\b"
    r".{0,80}\S@\S+\.\w+\.?$",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"[\w ./-]{2,40} \([a-zäöü]{2,4}(?:[,/] ?[a-zäöü]{2,4})*\)$")


def closes(text: str) -> bool:
    """Whether a line below the last sentence tells who made the article."""
    if len(text) > _LONGEST:
        return False
    matches = [pattern.match(text) for pattern in (_LABELS, _NOTES, _MAIL, _SIGNED)]
    return any(matches) or _is_sign(text)


def closes_pasted(text: str) -> bool:
    """The same of text that nobody marked: labels before whole sentences are somebody's lines."""
    is_line = text.rstrip('“”»«"’)')[-1:] in set(".!?…") and not _NOTES.match(text)
    return closes(text) and not is_line


def _is_sign(text: str) -> bool:
    """Whether it is made of agencies and initials: “dpa/lsw”, “KFR (bha, hwu)”, “mit afp”."""
    if len(text) > _LONGEST_SIGN or not _SIGN.fullmatch(text):
        return False
    words = [word for word in re.split(r"[\s/,;()&+*:–-]+", text) if word.strip(".")]
    known = [word for word in words if word.lower() in _AGENCIES | _AROUND]
    others = [word for word in words if word.lower() not in _AGENCIES | _AROUND]
    is_joined = len(words) == 1 or bool(known) or bool(re.search(r"[/(]", text))
    return bool(words) and is_joined and all(map(_INITIALS.fullmatch, others))
