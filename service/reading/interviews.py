"""Interviews: who asks and who answers, as the page tells it, labels before a colon, bold lines,
or lines that all are questions.

A label alone tells nothing: “Hinweis: …” stands in many articles. Labels count where they come
again and take turns, and some of them ask.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from service.domain import Kind, Paragraph, Role
from service.reading.labels import Label, label_of, one_name

_FEW: Final = 2  # questions that are set apart; fewer are none of an interview
_FEW_UNMARKED: Final = 3  # … that only end in question marks
_UNMARKED_SHARE: Final = 0.3  # of the paragraphs from the first of them on
_LONGEST_QUESTION: Final = 500  # characters
_ASKED = re.compile(r"\?[\"“”»«‘’')\]…]*$")
_CLOSING = re.compile(
    r"(?:Das|Dieses|Die) (?:Gespräch|Interview|Fragen)\b.{0,80}\b(?:führte|stellte|moderierte)n?\b"
    r"|(?:Interview|Gespräch|Fragen|Protokoll|Moderation|Zur Person)\b(?:: \S|:?$)"
)
_NO_TELLING: Mapping[int, Role] = {}


@dataclass(frozen=True, slots=True)
class _Turn:
    """Where somebody begins to speak; a bare label has its text in the next paragraph."""

    role: Role | None
    speaker: str | None = None
    is_bare: bool = False


def with_roles(
    paragraphs: Sequence[Paragraph],
    *,
    bold: Collection[int] = (),
    roles: Mapping[int, Role] = _NO_TELLING,
) -> list[Paragraph]:
    """The paragraphs; those of an interview have roles and speakers.

    `bold` are the places of lines that are bold as a whole, `roles` what the page calls its lines.
    """
    read = list(paragraphs)
    turns = _by_page(roles) or _by_labels(read, bold) or _by_looks(read, bold)
    return list(_spoken(read, turns)) if turns else read


def _spoken(paragraphs: Sequence[Paragraph], turns: Mapping[int, _Turn]) -> Iterator[Paragraph]:
    """Each paragraph, said by who spoke last; an answer follows a question by itself."""
    last, sole = max(turns), _sole_answerer(turns)
    now: _Turn | None = None
    is_first = False
    for place, paragraph in enumerate(paragraphs):
        if place in turns:
            now, is_first = turns[place], True
        elif paragraph.kind in {Kind.TITLE, Kind.HEADING}:
            now = None if place > last else now
            yield paragraph
            continue
        elif now and _CLOSING.match(paragraph.text):
            now = None
        elif now and now.role is Role.QUESTION and not (now.is_bare and is_first):
            now = _Turn(Role.ANSWER, sole)
        else:
            is_first = False
        yield replace(paragraph, role=now.role, speaker=now.speaker) if now else paragraph


def _sole_answerer(turns: Mapping[int, _Turn]) -> str | None:
    names = {turn.speaker for turn in turns.values() if turn.role is Role.ANSWER}
    return names.pop() if len(names) == 1 else None


def _by_page(roles: Mapping[int, Role]) -> dict[int, _Turn]:
    """Turns where the page itself names questions."""
    counts = Counter(roles.values())
    is_one = counts[Role.QUESTION] and len(roles) >= _FEW
    return {place: _Turn(role) for place, role in roles.items()} if is_one else {}


def _by_labels(paragraphs: Sequence[Paragraph], bold: Collection[int]) -> dict[int, _Turn]:
    """Turns where names, or “Frage” and “Antwort”, stand before colons."""
    labels = _labels(paragraphs)
    roles = _roles(labels, paragraphs)
    if not roles:
        return {}
    turns = {}
    for place, label in labels.items():
        speaker = None if label.role else label.name
        turns[place] = _Turn(roles[label.name], speaker, is_bare=label.is_bare)
    return turns | _unlabelled(paragraphs, turns, bold)


def _labels(paragraphs: Sequence[Paragraph]) -> dict[int, Label]:
    """The labels that come again, and the first one where it asks, each by its longest name."""
    labels = {
        place: label
        for place, paragraph in enumerate(paragraphs)
        if paragraph.kind is not Kind.TITLE and (label := label_of(paragraph.text))
    }
    names = one_name([label.name for label in labels.values()])
    labels = {place: replace(label, name=names[label.name]) for place, label in labels.items()}
    counts = Counter(label.name for label in labels.values())
    first = min(labels, default=-1)
    return {
        place: label
        for place, label in labels.items()
        if label.role
        or counts[label.name] > 1
        or (place == first and _is_question(paragraphs[place]))
    }


def _roles(
    labels: Mapping[int, Label], paragraphs: Sequence[Paragraph]
) -> dict[str, Role | None] | None:
    """Who asks and who answers, or that people speak of whom none asks; None for no interview."""
    if len(labels) < _FEW:
        return None
    counts = Counter(label.name for label in labels.values())
    roles = {label.name: label.role for label in labels.values() if label.role}
    asked = Counter(label.name for at, label in labels.items() if _is_question(paragraphs[at]))
    askers = {
        name for name, many in counts.items() if 2 * asked[name] >= many and name not in roles
    }
    askers |= {name for name, role in roles.items() if role is Role.QUESTION}
    if askers and (len(counts) > len(askers) or max(counts[name] for name in askers) >= _FEW):
        return {name: Role.QUESTION if name in askers else Role.ANSWER for name in counts}
    if _are_asked(labels, paragraphs):
        return dict.fromkeys(counts, Role.ANSWER)
    if len(counts) > 1 and all(_is_person(name, labels, paragraphs) for name in counts):
        return dict.fromkeys(counts)
    return None


def _are_asked(labels: Mapping[int, Label], paragraphs: Sequence[Paragraph]) -> bool:
    """Whether most labels stand behind questions that have none."""
    before = [place - 1 for place in labels if place and place - 1 not in labels]
    asked = sum(_is_question(paragraphs[place]) for place in before)
    return asked >= _FEW and 2 * asked >= len(labels)


def _is_person(name: str, labels: Mapping[int, Label], paragraphs: Sequence[Paragraph]) -> bool:
    """Whether it is a whole name, or the article calls somebody by it."""
    if " " in name:
        return True
    called = re.compile(rf"\b(?:Herr|Frau|Dr\.|Prof\.|[A-ZÄÖÜ][\w-]+) {re.escape(name)}\b")
    others = (paragraph.text for place, paragraph in enumerate(paragraphs) if place not in labels)
    return any(map(called.search, others))


def _unlabelled(
    paragraphs: Sequence[Paragraph], turns: Mapping[int, _Turn], bold: Collection[int]
) -> dict[int, _Turn]:
    """Questions without a label: bold ones, and those right before somebody answers by name."""
    names = {turn.speaker for turn in turns.values() if turn.role is Role.QUESTION}
    turn = _Turn(Role.QUESTION, names.pop() if len(names) == 1 else None)
    return {
        place: turn
        for place, paragraph in enumerate(paragraphs)
        if place not in turns
        and _is_question(paragraph)
        and (place in bold or _is_answer(turns.get(place + 1)))
    }


def _is_answer(turn: _Turn | None) -> bool:
    return turn is not None and turn.role is Role.ANSWER


def _by_looks(paragraphs: Sequence[Paragraph], bold: Collection[int]) -> dict[int, _Turn]:
    """Turns where bold lines ask, or where so many lines are questions that others answer."""
    places = _bold_questions(paragraphs, bold) or _bare_questions(paragraphs)
    if not places:
        return {}
    asker = label_of(paragraphs[places[0]].text)
    turns = {place: _Turn(Role.QUESTION, asker.name if asker else None) for place in places}
    behind = places[0] + 1
    if asker and behind not in turns and (answerer := label_of(paragraphs[behind].text)):
        turns[behind] = _Turn(Role.ANSWER, answerer.name)
    return turns


def _bold_questions(paragraphs: Sequence[Paragraph], bold: Collection[int]) -> list[int]:
    """The bold lines from the first that asks, if most of them ask and are answered."""
    texts = [place for place in sorted(bold) if paragraphs[place].kind is Kind.TEXT]
    asking = [place for place in texts if _is_question(paragraphs[place])]
    lines = [place for place in texts if asking and place >= asking[0]]
    answered = [place for place in asking if place + 1 < len(paragraphs) and place + 1 not in bold]
    return lines if len(answered) >= _FEW and 2 * len(asking) >= len(lines) else []


def _bare_questions(paragraphs: Sequence[Paragraph]) -> list[int]:
    """The questions of a text in which hardly anything else stands between answers."""
    asking = [place for place, paragraph in enumerate(paragraphs) if _is_question(paragraph)]
    answered = [
        place
        for place in asking
        if place + 1 < len(paragraphs) and not _is_question(paragraphs[place + 1])
    ]
    many = len(paragraphs) - (answered[0] if answered else 0)
    is_one = len(answered) >= _FEW_UNMARKED and len(answered) >= _UNMARKED_SHARE * many
    return answered if is_one else []


def _is_question(paragraph: Paragraph) -> bool:
    """Whether it ends in a question mark, and is no title, quotation or list item."""
    is_text = paragraph.kind in {Kind.TEXT, Kind.HEADING}
    is_short = len(paragraph.text) <= _LONGEST_QUESTION
    return is_text and is_short and bool(_ASKED.search(paragraph.text))
