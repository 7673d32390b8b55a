"""Captions that no element marks as such: short text that shares its box with a picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from service.codes import Reason
from service.domain import Kind
from service.reading.blocks import Block
from service.reading.names import names_of
from service.reading.places import Place
from service.reading.sizes import Finder, Sizes, around, holding
from service.reading.text import is_prose
from service.reading.tree import tag_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CAPTION = Place(Reason.CAPTION, is_certain=True)
PLAYER = Place(Reason.PLAYER, is_certain=True)
_MOST = 350  # letters in a picture's box
_MOST_IN_FIGURE = 700
_STILL = frozenset("img picture amp-img canvas".split())
_MOVING = frozenset("video audio iframe amp-video amp-youtube embed object".split())
_PICTURES = tuple(f"{{*}}{tag}" for tag in (*_STILL, *_MOVING))
_NO_CAPTION = frozenset("blockquote table ul ol dl pre h1".split())  # a figure may hold such
_NO_BOX = frozenset("html body main article section".split())
_TABLE = frozenset("table tbody tr td".split())  # of a layout: only names and credits tell
_SENTENCE = re.compile(r"\w{3,}[.!?][\"“”»«]? [A-ZÄÖÜ„»]")
_SIGN = 48  # pixels; a smaller picture is a sign, an avatar or a counter of readers
_DECORATION = re.compile(r"(?:.*-)?(?:emoji|smiley|icon|avatar|logo|pixel)(?:-.*)?")
_NAMED = re.compile(
    r"(?:.*-)?\w*(?:photo|foto|image|img|picture|pic|bild|bilder|media|video|audio|figure|gallery"
    r"|galerie|slide|slideshow|thumb|thumbnail|caption)s?(?:-?box|-.*)?"
)
_NAMED_TEXT = re.compile(r"(?:^|-)(?:text\w*|body|content|copy|prose)(?:-|$)")
_CREDIT = re.compile(
    r"©|\b(?:fotos?|bild(?:er|rechte|quelle)?|grafik|illustration|quelle|video|archiv): ?\S"
    r"|\((?:[^()]*/ ?)?[^()]{2,60}\)$|\b(?:archivfoto|symbolbild|symbolfoto|archivbild)\b"
    r"|\bpicture[ -]alliance\b|\bimago\b|\| ?\d+:\d\d min",
    re.IGNORECASE,
)


def finder(page: Element, lines: Sequence[Block], sizes: Sizes) -> Finder:
    """What says of a line that it is the text of a picture or of a recording."""
    seen = pictures(page)
    pictured = holding(seen)
    moving = holding([picture for picture in seen if tag_of(picture) in _MOVING])
    credited = holding([line.element for line in lines if _CREDIT.search(line.text)])

    def find(line: Block) -> Place | None:
        if _is_in_figure(line, sizes):
            return CAPTION
        box = _box(line, pictured, sizes)
        if box is None:
            return None
        if line.kind is Kind.HEADING:
            return PLAYER if box in moving else None
        is_told = box in credited and bool(_CREDIT.search(line.text) or _beside(line, credited))
        return CAPTION if _is_caption(line, box, moving, sizes, is_told=is_told) else None

    return find


def pictures(page: Element) -> list[Element]:
    """The pictures and recordings to look at, without signs in the text."""
    return [picture for picture in page.iter(*_PICTURES) if _is_seen(picture)]


def _beside(line: Block, credited: set[Element]) -> bool:
    parent = line.element.getparent()
    return parent is not None and parent in credited


def _box(line: Block, pictured: set[Element], sizes: Sizes) -> Element | None:
    """The innermost small box around a line that has a picture beside the text in it."""
    for element in sizes.boxes(line, most=_MOST):
        tag = tag_of(element)
        if tag in _NO_BOX or (tag == "li" and not _is_gallery(element)):
            return None
        if element in pictured:
            return element
    return None


def _is_gallery(item: Element) -> bool:
    """Whether a list's item is a picture of a gallery, not an item with a picture."""
    listed = item.getparent()
    names = (*names_of(item), *(() if listed is None else names_of(listed)))
    return any(map(_NAMED.fullmatch, names))


def _is_caption(
    line: Block, box: Element, moving: set[Element], sizes: Sizes, *, is_told: bool
) -> bool:
    is_item = line.kind is Kind.LIST_ITEM and tag_of(box) == "li"
    if not (line.kind is Kind.TEXT or is_item) or line.bold > 0.99:
        return False
    if is_told or _is_named(line, box):
        return True
    if tag_of(box) in _TABLE:
        return False
    is_paragraph = tag_of(line.element) == "p" and line.text.endswith((".", "!", "?"))
    is_sentence = is_prose(line.text) or is_paragraph or bool(_SENTENCE.search(line.text))
    if is_sentence:
        return box in moving and tag_of(line.element) != "p"
    return not sizes.sentences_in(box)  # else it is the label of the text beside the picture


def _is_named(line: Block, box: Element) -> bool:
    """Whether a class name between the line and its box tells of pictures."""
    for element in around(line):
        names = [name for name in names_of(element) if _NAMED.fullmatch(name)]
        if names and not any(map(_NAMED_TEXT.search, names)):
            return True
        if element is box:
            return False
    return False


def _is_in_figure(line: Block, sizes: Sizes) -> bool:
    for element in sizes.boxes(line, most=_MOST_IN_FIGURE):
        tag = tag_of(element)
        if tag == "figure":
            return True
        if tag in _NO_CAPTION:
            return False
    return False


def _is_seen(picture: Element) -> bool:
    """Whether it is a picture to look at, not a sign in the text."""
    sides = [picture.get("width", ""), picture.get("height", "")]
    if any(side.isascii() and side.isdecimal() and int(side) <= _SIGN for side in sides):
        return False
    return not any(map(_DECORATION.fullmatch, names_of(picture)))
