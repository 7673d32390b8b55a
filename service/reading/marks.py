"""Marks in a page's text that are seen, not said: footnote numbers, edit links, raised digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from service.codes import Reason
from service.domain import LeftOut
from service.reading.places import OPS_TYPE, by_class, is_hidden
from service.reading.text import is_prose
from service.reading.tree import INLINE, tag_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NUMBER = re.compile(
    r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]+)[\])]?|\[[^\]]{1,20}\]", re.IGNORECASE
)
_BRACKETED = re.compile(r"\[\d{1,3}\]")
_NOTE = re.compile(
    r"#_?(?:sd)?(?:foot|end|cite)?[-_]?(?:note|fn|ftn|fu(?:ß|ss)note)", re.IGNORECASE
)
_BACK = re.compile(r"[↑↩⤴^↵\ufe0e\ufe0f]+")
_RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_MATHS = re.compile(r"[-−+]?\d{1,3}|n")
_CONTROLS = {
    Reason.EDIT_LINK: re.compile(r"\bmw-editsection\b"),
    Reason.LINK_MARK: re.compile(
        r"\b(?:headerlink|anchor-?link|heading-?anchor|mw-cite-backlink)\b"
    ),
}
_OPENED = '„', '“'  # fmt: skip


def without_marks(root: Element) -> list[LeftOut]:
    """Cuts the marks out of the tree (which is changed), and names them.

    Raised digits become raised letters (m², 10⁶), <q> becomes quotation marks, and what a
    button opens counts as seen.
    """
    _open(root)
    cut: dict[Reason, list[str]] = {}
    gone: set[Element] = set()
    for element in list(root.iter("*")):
        if element in gone:
            continue
        if why := _mark(element):
            cut.setdefault(why, []).append(text_of(element))
            gone.update(element.iter("*"))
            _empty(element)
        elif tag_of(element) == "sup" and _MATHS.fullmatch(text := text_of(element)):
            _replace_text(element, text.translate(_RAISED))
        elif tag_of(element) == "q":
            _quote(element)
    return list(_named(cut))


def _named(cut: dict[Reason, list[str]]) -> Iterator[LeftOut]:
    for why, texts in cut.items():
        if why is Reason.HIDDEN:
            yield from (LeftOut(text, why) for text in dict.fromkeys(texts) if text)
        elif told := " ".join(filter(None, texts)):
            yield LeftOut(told, why)


def _mark(element: Element) -> Reason | None:
    """Why an element inside a line is cut out of it."""
    tag = tag_of(element)
    if tag not in INLINE:
        return None
    for why, names in _CONTROLS.items():
        if names.search(element.get("class", "")):
            return why
    if is_hidden(element):
        return Reason.HIDDEN
    types = f"{element.get(OPS_TYPE) or element.get('epub:type') or ''} {element.get('role', '')}"
    if re.search(r"\b(?:noteref|doc-noteref|doc-backlink)\b", types):
        return Reason.FOOTNOTE_MARK
    if re.search(r"\b(?:pagebreak|doc-pagebreak)\b", types):
        return Reason.PAGE_NUMBER
    if _is_kicker(element):
        return Reason.KICKER
    return Reason.FOOTNOTE_MARK if _is_note_link(element, tag) else None


def _is_kicker(element: Element) -> bool:
    """Whether it is the line above a headline, inside the same heading."""
    has_more = bool((element.tail or "").strip()) or element.getnext() is not None
    place = by_class(element) if tag_of(element.getparent()) in {"h1", "h2"} and has_more else None
    return place is not None and place.why is Reason.KICKER


def _is_note_link(element: Element, tag: str) -> bool:
    """A number or sign that leads to a note, or raised or in brackets to a place on the page."""
    if tag not in {"a", "sup"}:
        return False
    text = text_of(element)
    if tag == "sup" and _BRACKETED.fullmatch(text):
        return True
    links = [element] if tag == "a" else list(element.iterdescendants("a", "{*}a"))
    target = links[0].get("href", "") if links else ""
    if "#" not in target:
        return False
    if _BACK.fullmatch(text):
        return True
    is_raised = tag == "sup" or any(tag_of(one) == "sup" for one in element.iterdescendants())
    is_named = "footnote" in element.get("class", "") or _NOTE.search(target)
    is_note = is_raised or is_named or text.startswith(("[", "("))
    return bool(_NUMBER.fullmatch(text) and is_note)


def _open(root: Element) -> None:
    """What a button on the page opens is hidden only until then."""
    panels = {panel.get("id"): panel for panel in root.iter("*") if panel.get("id")}
    for button in root.iter("*"):
        for name in button.get("aria-controls", "").split():
            panel = panels.get(name)
            if panel is None:
                continue
            if is_hidden(panel):
                for attribute in ("hidden", "aria-hidden", "style"):
                    panel.attrib.pop(attribute, None)
            if button.get("role") == "button" and is_prose(text_of(panel)):
                button.attrib.pop("role")  # it is the heading of what it opens


def _quote(element: Element) -> None:
    opened, closed = _OPENED
    element.text = opened + (element.text or "")
    last = element[-1] if len(element) else None
    if last is None:
        element.text += closed
    else:
        last.tail = (last.tail or "") + closed


def _replace_text(element: Element, text: str) -> None:
    for child in list(element):
        element.remove(child)
    element.text = text


def _empty(element: Element) -> None:
    """Leaves nothing of an element but the text behind it."""
    element.clear(keep_tail=True)
    element.tag = "span"
