"""Markup → trees: parsing HTML and XHTML, and the words in an element."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as pages

from service.reading.text import words

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
INLINE = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd mark math mfrac"
    " mi mn mo mrow msub msup mtext nobr picture q ruby s samp semantics small span strike strong"
    " sub sup time tt u var wbr".split()
)
UNREAD = frozenset(
    "annotation annotation-xml applet area audio canvas datalist embed head iframe input link map"
    " meta meter noscript object optgroup option param progress rp rt script select source style"
    " svg template textarea title track video".split()
)
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_MOST_OF_IT = 0.9  # of the text that HTML's parser finds; else the XML is too broken
_XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
_NUMBERED = re.compile(r"&#(?:x[0-9a-f]{1,8}|[0-9]{1,10});?", re.IGNORECASE)
_BREAK = re.compile(r"<break\b[^<>]*>(?:</break>)?")
_TIME = re.compile(r"\btime\s*=\s*[\"']?\+?(\d{1,6}(?:\.\d{1,3})?m?s)\b")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def parse_html(text: str) -> Element | None:
    """The tree of a page, however broken; None when there is none."""
    parser = pages.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        return pages.document_fromstring(_safe(text).encode(), parser=parser)
    except etree.ParserError:
        return None


def parse_xml(text: str) -> Element | None:
    """The root of an XML text, as far as it is well-formed; nothing outside it is read."""
    return _xml(text)[0]


def parse_xhtml(text: str) -> Element | None:
    """The tree of a book's page: as XML where it is well-formed enough, else as HTML."""
    root, is_well_formed = _xml(text)
    if is_well_formed:
        return root
    other = parse_html(text)
    is_whole = len(text_of(root)) >= _MOST_OF_IT * len(text_of(other))
    return root if root is not None and is_whole else other


def _xml(text: str) -> tuple[Element | None, bool]:
    """The root of an XML text, and whether there was no fault in it."""
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", _safe(text))
    text = re.sub(r"\A\s*<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?[^>]*>", "", text)
    text = re.sub(r"&(?!#)(?:(\w+);)?", _character, text)
    if not text.strip():
        return None, False
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(text.encode(), parser), not parser.error_log


def tag_of(element: Element | None) -> str:
    """The tag in small letters, without its namespace; "" for what is no element."""
    tag = None if element is None else element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def collapsed(text: str | None) -> str:
    """The text with a blank for every run of white space."""
    return re.sub(r"\s+", " ", text) if text else ""


def text_of(element: Element | None) -> str:
    """All words in an element, with a blank between its blocks."""
    return "" if element is None else words("".join(_parts(element)))


def _parts(element: Element) -> Iterator[str]:
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        tag = tag_of(node)
        if tag not in INLINE:
            yield " "
        if event == "end":
            yield "" if node is element else collapsed(node.tail)
        elif tag in UNREAD:
            walk.skip_subtree()
        else:
            yield " " if tag == "br" else collapsed(node.text)


def _safe(text: str) -> str:
    """The markup without what trees cannot hold: control characters, halves of surrogates."""
    return _NUMBERED.sub(_numbered, _BREAK.sub(_as_mark, _CONTROLS.sub("", text)))


def _as_mark(tag: re.Match[str]) -> str:
    """SSML's pause as the mark that plain text has for it: “[pause 1s]”."""
    time = _TIME.search(tag[0])
    return f" [pause {time[1]}] " if time else " [pause] "


def _numbered(reference: re.Match[str]) -> str:
    """A reference to a character by its number, as HTML understands it."""
    character = html.unescape(f"{reference[0].rstrip(';')};")
    return reference[0] if character in "&<>\"'" else _CONTROLS.sub("", character)


def _character(entity: re.Match[str]) -> str:
    """HTML's named characters, which XML does not know; any other ampersand is text."""
    if entity[1] in _XML_ENTITIES:
        return entity[0]
    known = html.unescape(entity[0])
    return known if known not in {entity[0], "&"} else f"&amp;{entity[0][1:]}"
