"""How a Word document is styled: what is a heading, a quote, an item of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.reading.archive import Archive
from service.reading.office import is_of_lines

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_STYLES = "word/styles.xml"
_TAGS = (  # a style's English name, which every file has, and HTML's elements for it
    (re.compile(r"title"), ("", "h1")),
    (re.compile(r"heading [1-9]"), ("", "h2")),
    (re.compile(r"(?:intense )?quote|block text"), ("blockquote", "p")),
    (re.compile(r"caption"), ("", "figcaption")),
    (re.compile(r"toc (?:heading|\d)|table of figures"), ("nav", "p")),
)
_OUTLINE = 9  # levels, the last of which is the body's text
_MOST_PARENTS = 10


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """What a paragraph is: the elements of HTML for it, and the list it is an item of.

    `is_line`: it is a line of an address or a stanza.
    """

    outer: str
    tag: str
    list_id: str = ""
    level: int = 0
    is_line: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How a run's style looks."""

    is_bold: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles by id."""

    known: dict[str, Element]

    def paragraph(self, source: Element) -> ParagraphLook:
        """What a paragraph is, by its own properties and its style's."""
        own = source.find("{*}pPr")
        style = attribute(None if own is None else own.find("{*}pStyle"), "val")
        chain = self._chain(style)
        names = [attribute(element.find("{*}name"), "val").lower() for element in chain] or [
            style.lower()
        ]
        outer, tag = next((look for name in names if (look := _by_name(name))), ("", "p"))
        properties = [own, *(element.find("{*}pPr") for element in chain)]
        present = [element for element in properties if element is not None]
        outline = _first(present, "outlineLvl")
        if tag == "p" and not outer and outline.isdigit() and int(outline) < _OUTLINE:
            tag = "h2"
        list_id, level = _first(present, "numPr/{*}numId"), _first(present, "numPr/{*}ilvl")
        is_line = any(map(is_of_lines, names))
        return ParagraphLook(
            outer, tag, "" if list_id == "0" else list_id, int(level or 0), is_line
        )

    def run(self, properties: Element | None) -> Look:
        """How a run looks by its style."""
        if properties is None or (style := properties.find("{*}rStyle")) is None:
            return Look()
        present = [element.find("{*}rPr") for element in self._chain(attribute(style, "val"))]
        return Look(
            is_bold=any(is_on(element, "b") for element in present),
            is_hidden=any(is_on(element, "vanish") for element in present),
        )

    def _chain(self, style: str) -> list[Element]:
        """A style and those that it stands on."""
        chain: list[Element] = []
        while style in self.known and len(chain) < _MOST_PARENTS:
            chain.append(self.known[style])
            style = attribute(chain[-1].find("{*}basedOn"), "val")
        return chain


def read_styles(archive: Archive) -> Styles:
    """The styles of a document. Raises UnreadableSource for damaged ones."""
    styles = archive.xml(_STYLES).iterchildren("{*}style") if archive.has(_STYLES) else ()
    known = {attribute(style, "styleId"): style for style in styles}
    return Styles(known)


def attribute(element: Element | None, name: str) -> str:
    """An attribute by its name without a namespace, "" when there is none."""
    for key, value in () if element is None else element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def is_on(properties: Element | None, name: str) -> bool:
    """Whether a property that is on or off is on (ECMA-376, 17.17.4)."""
    setting = None if properties is None else properties.find(f"{{*}}{name}")
    return setting is not None and attribute(setting, "val") not in {"0", "false", "off", "none"}


def _by_name(name: str) -> tuple[str, str] | None:
    return next((look for pattern, look in _TAGS if pattern.fullmatch(name)), None)


def _first(properties: list[Element], path: str) -> str:
    for element in properties:
        if (setting := element.find(f"{{*}}{path}")) is not None:
            return attribute(setting, "val")
    return ""
