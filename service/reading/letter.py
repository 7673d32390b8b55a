"""What in the text of a mail is not its own: the head, quoted mail, the signature."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.codes import Reason
from service.domain import LeftOut
from service.reading.text import words

_HEAD = re.compile(
    r"(Von|An|Cc|Kopie|Bcc|Betreff|Datum|Gesendet|Antwort an|From|To|Subject|Date|Sent|Reply-To)"
    r"\s*:[ \t]*(.*)"
)
_NEEDED = ({"von", "from"}, {"betreff", "subject"})
_ANSWERED = re.compile(
    r"(?:Am|On|Le)\b.{4,120}\b(?:schrieb|wrote|hat geschrieben|a écrit)\b.{0,120}:\s*$"
)
_FORWARDED = re.compile(
    r"\s*(?:-{2,}|_{5,})\s*(?:Ursprüngliche Nachricht|Weitergeleitete Nachricht"
    r"|Original Message|Forwarded message|Originalnachricht)?\s*(?:-{2,})?\s*$"
)
_SIGNATURE = re.compile(r"--\s?$")
_PREFIX = re.compile(r"(?:(?:re|aw|wg|fwd?|antw)\s*:\s*)+", re.IGNORECASE)
_MONTHS = "jan feb mär apr mai jun jul aug sep okt nov dez".split()
_DATE = re.compile(r"(\d{1,2})\.\s*(?:(\d{1,2})\.|([A-Za-zäÄ]{3,9})\.?)\s*(\d{4})")


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says itself, and what its head tells; `date` is ISO 8601."""

    text: str
    left_out: tuple[LeftOut, ...] = ()
    subject: str | None = None
    sender: str | None = None
    date: str | None = None


def pasted(text: str) -> Letter | None:
    """The mail in a text that begins with the head of one, else None."""
    lines = text.lstrip("\n").split("\n")
    fields, end = _head(lines)
    if not all(names & fields.keys() for names in _NEEDED):
        return None
    rest = cleaned("\n".join(lines[end:]))
    head = [LeftOut(words(line), Reason.MAIL_HEAD) for line in lines[:end] if line.strip()]
    sender = words(
        re.sub(r"<.*?>|\[.*?\]|\S+@\S+", "", fields.get("von") or fields.get("from") or "")
    )
    when = (
        fields.get("datum")
        or fields.get("gesendet")
        or fields.get("date")
        or fields.get("sent")
        or ""
    )
    return Letter(
        rest.text,
        (*head, *rest.left_out),
        subject_of(fields.get("betreff") or fields.get("subject") or "") or None,
        sender.strip("\"' ") or None,
        _day(when),
    )


def cleaned(text: str) -> Letter:
    """The text of a mail without what it quotes, and without its signature."""
    kept: list[str] = []
    left_out: list[LeftOut] = []
    lines = text.replace("\r\n", "\n").split("\n")
    rest: Reason | None = None
    for number, line in enumerate(lines):
        if rest is None and _SIGNATURE.fullmatch(line):
            rest = Reason.SIGNATURE
        elif rest is None and _begins_forwarded(lines, number):
            rest = Reason.QUOTED_MAIL
        why = rest or (Reason.QUOTED_MAIL if _is_quoted(lines, number) else None)
        if why is None:
            kept.append(line)
        elif line.strip(" >-_"):
            left_out.append(LeftOut(words(line), why))
    return Letter("\n".join(kept), tuple(left_out))


def subject_of(subject: str) -> str:
    """A subject without the marks of answers."""
    return (
        _PREFIX.sub("", words(subject), count=1)
        if _PREFIX.match(words(subject))
        else words(subject)
    )


def _head(lines: list[str]) -> tuple[dict[str, str], int]:
    """The fields at the beginning, and how many lines they take."""
    fields: dict[str, str] = {}
    for number, line in enumerate(lines[:40]):
        match = _HEAD.match(line)
        if match:
            fields.setdefault(match[1].lower(), match[2].strip())
        elif not (line.startswith((" ", "\t")) and fields):
            return fields, number
    return fields, min(len(lines), 40)


def _is_quoted(lines: list[str], number: int) -> bool:
    if lines[number].startswith(">"):
        return True
    following = next((line for line in lines[number + 1 : number + 4] if line.strip()), "")
    return bool(_ANSWERED.match(lines[number].strip())) and following.startswith(">")


def _begins_forwarded(lines: list[str], number: int) -> bool:
    """Whether the rest is the mail that was answered, with its head."""
    is_ruled = bool(_FORWARDED.fullmatch(lines[number]))
    start = number + 1 if is_ruled else number
    while is_ruled and start < len(lines) and start < number + 3 and not lines[start].strip():
        start += 1
    fields, _ = (
        _head(lines[start : start + 8]) if is_ruled or _HEAD.match(lines[start]) else ({}, 0)
    )
    return all(names & fields.keys() for names in _NEEDED)


def _day(written: str) -> str | None:
    match = _DATE.search(written)
    if not match:
        return None
    day, number, name, year = match.groups()
    short = (name or "").lower()[:3].replace("mrz", "mär")
    month = int(number) if number else _MONTHS.index(short) + 1 if short in _MONTHS else 0
    is_date = 1 <= month <= 12 and 1 <= int(day) <= 31
    return f"{year}-{month:02}-{int(day):02}" if is_date else None
