"""Boxes that want something of the reader: an address, consent, a vote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from service.codes import Reason
from service.reading.blocks import Block
from service.reading.furniture import reason
from service.reading.places import Place
from service.reading.sizes import Finder, Sizes, around, holding
from service.reading.text import letters
from service.reading.tree import tag_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NEWSLETTER = Place(Reason.NEWSLETTER_PROMPT, is_certain=True)
_EXTERNAL = Place(Reason.EXTERNAL, is_certain=True)
_POLL = Place(Reason.POLL, is_certain=True)
_ASKING = frozenset(
    [
        Reason.APP_PROMPT,
        Reason.EXTERNAL,
        Reason.FEEDBACK,
        Reason.NEWSLETTER_PROMPT,
        Reason.SHARE_PROMPT,
        Reason.SUBSCRIPTION_PROMPT,
    ]
)
_EMAIL = re.compile(r"e-?mail", re.IGNORECASE)
_CONSENT = re.compile(
    r"\bextern(?:e[rn]?|em)? (?:\w+ )?inhalt"
    r"|\binhalte? (?:von|eines?|einer) (?:\w+ ){0,2}(?:anbieter|dritt)"
    r"|\binhalte anderer anbieter|\bdrittanbieter|\b(?:stimm|willig)\w* .{0,40}\b(?:zu|ein)\b"
    r"|\berlauben sie\b|\bübertragung (?:\w+ )?(?:daten|ip)\b|\bdaten an (?:den|die|das)\b"
    r"|\bzustimm(?:en|ung)\b|\beinwillig(?:en|ung)\b|\bpersonenbezogene daten\b"
    r"|\bdatenschutz(?:einstellung\w*|erklärung)?\b|\bcookie",
    re.IGNORECASE,
)
_AGREE = re.compile(
    r"\b(?:inhalte?|grafik(?:en)?|karten?|videos?|beitrag|posts?|tweet|player|embed|anbieter)\b.{0,30}"
    r"\b(?:aktivieren|anzeigen|laden|zulassen|einblenden|freigeben|ansehen|abspielen)\b"
    r"|\b(?:zustimmen|einwilligen|akzeptieren|einverstanden|erlauben)\b|\b(?:laden|aktivieren)$",
    re.IGNORECASE,
)
_LABEL = 24  # letters; a button or a label has fewer
_LARGEST = 300  # letters
_LARGEST_CONSENT = 900
_LARGEST_PROMPT = 400
_MOST = 0.25  # of the letters on the page
_LABELS = 80  # letters; what stands around a request for consent tells what would be there
_TOO_MUCH = frozenset("html body main article".split())


def finder(page: Element, lines: Sequence[Block], sizes: Sizes) -> Finder:
    """What says of a line that it stands in such a box."""
    asking = _prompts(lines, sizes) | {
        box: place
        for boxes, place in (
            (_addresses(page, sizes), _NEWSLETTER),
            (_consents(page, lines, sizes), _EXTERNAL),
            (_polls(page, sizes), _POLL),
        )
        for box in boxes
    }

    def find(line: Block) -> Place | None:
        return next((asking[element] for element in around(line) if element in asking), None)

    return find


def _prompts(lines: Sequence[Block], sizes: Sizes) -> dict[Element, Place]:
    """The boxes that are half made of lines which ask for something, and why they are not read."""
    asked: dict[Element, int] = {}
    whys: dict[Element, Reason] = {}
    for line in lines:
        if (why := reason(line.text)) in _ASKING:
            for box in sizes.boxes(line, most=int(min(_LARGEST_PROMPT, _MOST * sizes.page))):
                asked[box] = asked.get(box, 0) + len(letters(line.text))
                whys.setdefault(box, why)
    return {
        box: Place(whys[box], is_certain=True)
        for box, size in asked.items()
        if 2 * size >= sizes.of(box) and _is_free(box)
    }


def _addresses(page: Element, sizes: Sizes) -> list[Element]:
    """The boxes around fields for an e-mail address."""
    most = min(_LARGEST, _MOST * sizes.page)
    fields = [field for field in page.iterdescendants("input") if _asks(field)]
    boxes = [_around_field(field) for field in fields]
    return [box for box in boxes if _size(box) <= most and _is_free(box)]


def _asks(field: Element) -> bool:
    if field.get("type", "text").lower() not in {"email", "text"}:
        return False
    attributes = [field.get(name, "") for name in ("type", "name", "placeholder")]
    return any(map(_EMAIL.search, attributes))


def _around_field(field: Element) -> Element:
    """The innermost element around a field that says what it is for."""
    ancestors = field.iterancestors()
    return next((element for element in ancestors if _size(element) >= _LABEL), field)


def _size(element: Element) -> int:
    return len(letters(text_of(element)))


def _is_free(box: Element) -> bool:
    """Whether it holds neither the article nor a form for comments."""
    is_more = any(tag_of(element) in {"h1", "textarea"} for element in box.iter())
    return tag_of(box) not in _TOO_MUCH and not is_more


def _consents(page: Element, lines: Sequence[Block], sizes: Sizes) -> list[Element]:
    """The boxes that stand in the place of another's content until the reader agrees."""
    controls = [
        control for control in page.iter("button", "input", "label", "a") if _is_agreement(control)
    ]
    agreed = holding(controls)
    most = min(_LARGEST_CONSENT, _MOST * sizes.page)
    boxes = []
    for line in lines:
        if not _CONSENT.search(line.text):
            continue
        box = next(
            (element for element in sizes.boxes(line, most=int(most)) if element in agreed), None
        )
        if box is not None and _is_free(box):
            boxes.append(_with_labels(box, sizes))
    return boxes


def _is_agreement(control: Element) -> bool:
    tag = tag_of(control)
    if tag == "input":
        return control.get("type", "").lower() in {"checkbox", "button", "submit"}
    return bool(_AGREE.search(text_of(control)[:200]))


def _with_labels(box: Element, sizes: Sizes) -> Element:
    """The box with the labels around it."""
    here, parent = box, box.getparent()
    while parent is not None and parent not in sizes.headed and tag_of(parent) not in _TOO_MUCH:
        if sizes.of(parent) - sizes.of(box) > _LABELS:
            break
        here, parent = parent, parent.getparent()
    return here if sizes.sentences_in(here) == sizes.sentences_in(box) else box


def _polls(page: Element, sizes: Sizes) -> list[Element]:
    """The boxes around forms with a question and answers to choose."""
    polls = []
    for form in page.iter("form"):
        answers = [answer for answer in form.iter("button", "input") if _is_answer(answer)]
        parent = form.getparent()
        if len(answers) > 1 and parent is not None and _is_free(form):
            is_small = parent not in sizes.headed and sizes.of(parent) <= min(
                _LARGEST, _MOST * sizes.page
            )
            polls.append(parent if is_small and _is_free(parent) else form)
    return polls


def _is_answer(control: Element) -> bool:
    if tag_of(control) == "button":
        return bool(text_of(control))
    return bool(control.get("type", "").lower() == "radio")
