"""Marks in a page's text that are seen, not said: footnote numbers, edit links, raised digits."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from service.codes import Reason
from service.domain import LeftOut
from service.reading.maths import RAISED, of_mathml, with_tex
from service.reading.places import (
    HIDDEN_NAMES,
    OPS_TYPE,
    by_class,
    is_for_the_ear,
    is_for_the_eye,
    is_hidden,
)
from service.reading.stanzas import join_stanzas
from service.reading.text import is_prose, letters
from service.reading.tree import HEADINGS, INLINE, tag_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NUMBER = re.compile(
    r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]+)[\])]?|\[[^\]]{1,20}\]", re.IGNORECASE
)
_BRACKETED = re.compile(r"\[\d{1,3}\]")
_NOTE = re.compile(
    r"#_?(?:sd)?(?:foot|end|cite)?[-_]?(?:note|fn|ftn|fu(?:ß|ss)note)", re.IGNORECASE
)
_NOTE_TYPES = "noteref|doc-noteref|doc-backlink"
_BACK = re.compile(r"[↑↩⤴^↵\ufe0e\ufe0f]+")
_MATHS = re.compile(r"[-−+]?\d{1,3}[-−+]?|[-−+]|n")
_CONTROLS = {
    Reason.EDIT_LINK: re.compile(r"\bmw-editsection\b"),
    Reason.LINK_MARK: re.compile(
        r"\b(?:headerlink|anchor-?link|heading-?anchor|mw-cite-backlink)\b"
    ),
}
_VERBATIM = frozenset("code pre kbd samp script style tt textarea".split())
_TEX = re.compile(r"\\[(\[]|\$\$")
_STRUCK_TAGS = frozenset("del s strike".split())
_STRUCK_STYLE = re.compile(r"line-through", re.IGNORECASE)
_LONGEST_FORMULA = 200  # letters; a longer one is a tag that nobody closed
_A_FEW_LINES = 200  # letters
_NEAR = 3  # siblings
NOTED = "data-noted"  # of what is left of a mark: the id of its note
_MOST_STRUCK = 0.3  # of the letters on the page: more is a tag that nobody closed
_OPENS = re.compile(
    r"\s*\(?(?:(?:wird |link )?(?:öffnet|geöffnet)(?: sich)?|öffnen|neues fenster|external link"
    r"|externer link|opens)\b[^()]{0,60}\)?\s*",
    re.IGNORECASE,
)
_OPENS_BESIDE = re.compile(
    r"\s*\((?:(?:wird |link )?(?:öffnet|geöffnet)(?: sich)?|externer link)\b[^()]{0,60}\)",
    re.IGNORECASE,
)
_EACH = frozenset([Reason.HIDDEN, Reason.STRUCK, Reason.FORMULA])  # named line by line
_OPENED = '„', '“'  # fmt: skip


def without_marks(root: Element) -> list[LeftOut]:
    """Cuts the marks out of the tree (which is changed), and names them.

    Raised digits become raised letters (m², 10⁶), formulas words, <q> becomes quotation marks,
    stanzas paragraphs, and what a button opens counts as seen.
    """
    _open(root)
    join_stanzas(root)
    most = max(_A_FEW_LINES, _MOST_STRUCK * len(letters(text_of(root))))
    marked = [(element, why) for element in root.iter("*") if (why := _mark(element, most))]
    cut: dict[Reason, list[str]] = {}
    gone: set[Element] = set()
    for element, why in marked:
        if element not in gone:
            cut.setdefault(why, []).append(text_of(element))
            gone.update(element.iter("*"))
            _empty(element, note=_note_of(element) if why is Reason.FOOTNOTE_MARK else "")
    for element in list(root.iter("*")):
        if note := _write_out(element):
            cut.setdefault(Reason.LINK_MARK, []).append(note)
        cut.setdefault(Reason.FORMULA, []).extend(_say_tex(element))
    return list(_named(cut))


def _say_tex(element: Element) -> list[str]:
    """Says the TeX in the text in and behind an element; the formulas that had to go."""
    gone: list[str] = []
    if element.text and tag_of(element) not in _VERBATIM and _TEX.search(element.text):
        element.text, gone = with_tex(element.text)
    if element.tail and tag_of(element.getparent()) not in _VERBATIM and _TEX.search(element.tail):
        element.tail, more = with_tex(element.tail)
        gone += more
    return gone


def _write_out(element: Element) -> str | None:
    """Puts signs in the place of what only looks like them; what is cut out of a link, if any."""
    tag = tag_of(element)
    if tag == "sup" and _MATHS.fullmatch(text := text_of(element)):
        _replace_text(element, text.translate(RAISED))
    elif tag == "math" and len(letters(text_of(element))) <= _LONGEST_FORMULA:
        _replace_text(element, of_mathml(element))
    elif tag == "q":
        _quote(element)
    elif tag == "a" and element.text and (note := _OPENS_BESIDE.search(element.text)):
        element.text = element.text.replace(note[0], "")
        return note[0].strip()
    return None


def _named(cut: dict[Reason, list[str]]) -> Iterator[LeftOut]:
    for why, texts in cut.items():
        if why in _EACH:
            yield from (LeftOut(text, why) for text in dict.fromkeys(texts) if text)
        elif whole := " ".join(filter(None, texts)):
            yield LeftOut(whole, why)


def _mark(element: Element, most_struck: float) -> Reason | None:
    """Why an element inside a line is cut out of it."""
    tag = tag_of(element)
    if tag not in INLINE:
        return None
    for why, names in _CONTROLS.items():
        if names.search(element.get("class", "")):
            return why
    return next((why for why, is_such in _MARKS if is_such(element, tag, most_struck)), None)


def _is_typed(element: Element, names: str) -> bool:
    types = f"{element.get(OPS_TYPE) or element.get('epub:type') or ''} {element.get('role', '')}"
    return not types.isspace() and bool(re.search(rf"\b(?:{names})\b", types))


def _is_link_note(element: Element) -> bool:
    is_short = len(element) < 3 and len(element.text or "") < 100
    return is_short and bool(_OPENS.fullmatch(text_of(element)))


def _is_unseen(element: Element) -> bool:
    """Whether it is for nobody, or for the eye or the ear where the other is told the same."""
    if is_hidden(element) or (is_for_the_ear(element) and not _is_told(element)):
        return True
    if not is_for_the_eye(element):
        return False
    behind, before = element.itersiblings(), element.itersiblings(preceding=True)
    beside = (*itertools.islice(behind, _NEAR), *itertools.islice(before, _NEAR))
    is_sign = not letters(text_of(element))
    return is_sign or any(is_for_the_ear(neighbour) and _is_told(neighbour) for neighbour in beside)


def _is_told(element: Element) -> bool:
    """Whether text for screen readers says what its neighbour says to the eye alone.

    What stands right before something struck out only names that.
    """
    if is_for_the_eye(element) or _OPENS.fullmatch(text_of(element)):
        return False
    following, before = element.getnext(), element.getprevious()
    if following is not None and _is_struck(following, tag_of(following)):
        return False
    beside = [neighbour for neighbour in (before, following) if neighbour is not None]
    return any(
        _is_struck(neighbour, tag_of(neighbour)) or _is_said_again(neighbour)
        for neighbour in beside
    )


def _is_said_again(element: Element) -> bool:
    return is_for_the_eye(element) and bool("".join(element.itertext()).strip())


def _is_struck(element: Element, tag: str) -> bool:
    return tag in _STRUCK_TAGS or bool(_STRUCK_STYLE.search(element.get("style", "")))


def _is_note_number(element: Element, tag: str) -> bool:
    """Whether a raised number belongs to no unit, power or variable: “2024¹”, “Stadt²”."""
    if tag != "sup" or not re.fullmatch(r"\d{1,2}", text_of(element)):
        return False
    before = element.getprevious()
    if before is not None and tag_of(before) == "sub" and not before.tail:
        return False
    base = element.getparent().text if before is None else before.tail or text_of(before)
    match = re.search(r"[\w)\]]+$", base or "")
    if match is None:
        return bool((base or "").strip())
    return bool(re.fullmatch(r"\d{4}|.*[^\W\d_]{4}", match[0]))


def _is_kicker(element: Element) -> bool:
    """Whether it is the line above a headline, inside the same heading."""
    has_more = bool((element.tail or "").strip()) or element.getnext() is not None
    place = by_class(element) if tag_of(element.getparent()) in {"h1", "h2"} and has_more else None
    return place is not None and place.reason is Reason.KICKER


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
    is_raised = tag == "sup" or any(tag_of(inner) == "sup" for inner in element.iterdescendants())
    is_named = "footnote" in element.get("class", "") or _NOTE.search(target)
    is_note = is_raised or is_named or text.startswith(("[", "("))
    return bool(_NUMBER.fullmatch(text) and is_note)


def _open(root: Element) -> None:
    """What a button or a tab on the page opens is hidden only until then."""
    panels = {panel.get("id"): panel for panel in root.iter("*") if panel.get("id")}
    for button in list(root.iter("*")):
        if button.get("role") == "tabpanel":
            _show(button)
        for panel in _panels(button, panels):
            _show(panel)
            if button.get("role") == "button" and is_prose(text_of(panel)):
                button.attrib.pop("role", None)  # it is the heading of what it opens


def _panels(button: Element, panels: dict[str | None, Element]) -> list[Element]:
    """What a button opens: what it names, else what is hidden right behind it."""
    named = [panels[name] for name in button.get("aria-controls", "").split() if name in panels]
    if named or not {"aria-controls", "aria-expanded"} & set(button.keys()):
        return named
    parent = button.getparent()
    heading = parent if tag_of(parent) in HEADINGS else button
    following = heading.getnext()
    return [following] if following is not None and is_hidden(following) else []


def _show(panel: Element) -> None:
    if is_hidden(panel) or is_for_the_eye(panel):
        for attribute in ("hidden", "aria-hidden", "style"):
            panel.attrib.pop(attribute, None)
        names = [name for name in panel.get("class", "").split() if name not in HIDDEN_NAMES]
        panel.set("class", " ".join(names))


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


def _empty(element: Element, *, note: str) -> None:
    """Leaves nothing of an element but the text behind it, and to which note it led."""
    element.clear(keep_tail=True)
    element.tag = "span"
    if note:
        element.set(NOTED, note)


def _note_of(mark: Element) -> str:
    """The id of the note that a mark leads to; "" when it does not say."""
    links = (link.get("href", "") for link in mark.iter("a", "{*}a"))
    return next(links, "").rpartition("#")[2]


_MARKS: tuple[tuple[Reason, Callable[[Element, str, float], bool]], ...] = (
    (Reason.HIDDEN, lambda element, _tag, _most: _is_unseen(element)),
    (
        Reason.STRUCK,
        lambda element, tag, most: (
            _is_struck(element, tag) and len(letters(text_of(element))) <= most
        ),
    ),
    (Reason.FOOTNOTE_MARK, lambda element, _tag, _most: _is_typed(element, _NOTE_TYPES)),
    (Reason.PAGE_NUMBER, lambda element, _tag, _most: _is_typed(element, "(?:doc-)?pagebreak")),
    (Reason.KICKER, lambda element, _tag, _most: _is_kicker(element)),
    (Reason.FOOTNOTE_MARK, lambda element, tag, _most: _is_note_link(element, tag)),
    (Reason.FOOTNOTE_MARK, lambda element, tag, _most: _is_note_number(element, tag)),
    (Reason.LINK_MARK, lambda element, tag, _most: tag == "span" and _is_link_note(element)),
)
