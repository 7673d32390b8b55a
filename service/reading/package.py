"""An EPUB's package (EPUB 3.3 and 2.0.1): what the book is, its pages in order, its contents."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from service.errors import UnreadableSource
from service.reading.archive import Archive
from service.reading.places import OPS_TYPE
from service.reading.text import words
from service.reading.tree import tag_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONTS_HIDDEN = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_PAGES = {"application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/xml"}
_DEEPEST = 50  # levels of a table of contents


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents: where it leads, and in which file its parent stands."""

    title: str
    file: str
    fragment: str
    parent_file: str | None


@dataclass(frozen=True, slots=True)
class SpinePage:
    """A file of the spine; `semantics` are what the package says it is, as epub:type words."""

    file: str
    semantics: frozenset[str]


@dataclass(frozen=True, slots=True)
class Package:
    """What the book tells of itself."""

    title: str | None
    byline: str | None
    language: str | None
    date: str | None
    pages: tuple[SpinePage, ...]
    contents: tuple[Entry, ...]


def read_package(archive: Archive) -> Package:
    """The package of an EPUB. Raises UnreadableSource for books that are locked or damaged."""
    _demand_unlocked(archive)
    path = _package_path(archive)
    root = archive.xml(path)
    items = {item.get("id"): item for item in root.iterfind("{*}manifest/{*}item")}
    files = {key: _resolved(path, item.get("href", ""))[0] for key, item in items.items()}
    spine = root.find("{*}spine")
    pages = tuple(_pages(root, spine, items, files))
    if not pages:
        raise UnreadableSource("file-without-pages")
    return Package(
        title=_value(root, "title"),
        byline=", ".join(dict.fromkeys(_values(root, "creator"))) or None,
        language=_value(root, "language"),
        date=_value(root, "date"),
        pages=pages,
        contents=tuple(_contents(archive, spine, items, files)),
    )


def _demand_unlocked(archive: Archive) -> None:
    """Raises UnreadableSource for DRM; scrambled fonts are no matter."""
    if _ENCRYPTION not in archive.names:
        return
    for method in archive.xml(_ENCRYPTION).iterdescendants("{*}EncryptionMethod"):
        if method.get("Algorithm") not in _FONTS_HIDDEN:
            raise UnreadableSource("book-locked")


def _package_path(archive: Archive) -> str:
    if CONTAINER not in archive.names:
        raise UnreadableSource("file-no-epub")
    for rootfile in archive.xml(CONTAINER).iterdescendants("{*}rootfile"):
        if path := rootfile.get("full-path"):
            return str(path)
    raise UnreadableSource("file-without-package")


def _pages(
    root: Element, spine: Element | None, items: dict[str, Element], files: dict[str, str]
) -> Iterator[SpinePage]:
    guide = {
        _resolved("", reference.get("href", ""))[0].rpartition("/")[2]: reference.get("type", "")
        for reference in root.iterfind("{*}guide/{*}reference")
    }
    for reference in () if spine is None else spine.iterfind("{*}itemref"):
        key = reference.get("idref")
        if key in items and items[key].get("media-type") in _PAGES:
            semantics = items[key].get("properties", "").split()
            semantics.append(guide.get(files[key].rpartition("/")[2], ""))
            semantics.append("aside" if reference.get("linear") == "no" else "")
            yield SpinePage(files[key], frozenset(filter(None, semantics)))


def _contents(
    archive: Archive, spine: Element | None, items: dict[str, Element], files: dict[str, str]
) -> Iterator[Entry]:
    """The table of contents: EPUB 3's navigation document, else EPUB 2's NCX."""
    for key, item in items.items():
        if "nav" in item.get("properties", "").split() and files[key] in archive.names:
            page = archive.page(files[key])
            yield from _nav_entries(page, files[key]) if page is not None else ()
            return
    ncx = files.get(spine.get("toc", "") if spine is not None else "")
    for key, item in items.items():
        ncx = files[key] if not ncx and item.get("media-type", "").endswith("ncx+xml") else ncx
    if ncx in archive.names and ncx:
        for chart in archive.xml(ncx).iterfind("{*}navMap"):
            yield from _ncx_entries(chart, ncx, None, _DEEPEST)


def _nav_entries(page: Element, path: str) -> Iterator[Entry]:
    for nav in page.iterdescendants("{*}nav", "nav"):
        if "toc" in (nav.get(OPS_TYPE) or nav.get("epub:type") or "").split():
            for listed in nav.iterchildren("{*}ol", "ol"):
                yield from _list_entries(listed, path, None, _DEEPEST)


def _list_entries(
    listed: Element, path: str, parent_file: str | None, levels: int
) -> Iterator[Entry]:
    for item in listed if levels else ():
        file = parent_file
        for part in item:
            if tag_of(part) == "a" and part.get("href"):
                file, fragment = _resolved(path, part.get("href"))
                yield Entry(text_of(part), file, fragment, parent_file)
            elif tag_of(part) == "ol":
                yield from _list_entries(part, path, file or "", levels - 1)


def _ncx_entries(
    chart: Element, path: str, parent_file: str | None, levels: int
) -> Iterator[Entry]:
    for point in chart.iterfind("{*}navPoint") if levels else ():
        content, label = point.find("{*}content"), point.find("{*}navLabel")
        file, fragment = _resolved(path, content.get("src", "") if content is not None else "")
        yield Entry(text_of(label), file, fragment, parent_file)
        yield from _ncx_entries(point, path, file, levels - 1)


def _resolved(path: str, href: str) -> tuple[str, str]:
    """File and fragment of a link in the file at `path`; "" for one that leads elsewhere."""
    file, _, fragment = href.strip().partition("#")
    if re.match(r"[a-z][a-z0-9+.-]*:", file, re.IGNORECASE):
        return "", ""
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(file)))
    return joined if file else path, unquote(fragment)


def _values(root: Element, name: str) -> list[str]:
    elements = root.iterfind(f"{{*}}metadata//{{http://purl.org/dc/elements/1.1/}}{name}")
    return [text for element in elements if (text := words("".join(element.itertext())))]


def _value(root: Element, name: str) -> str | None:
    return next(iter(_values(root, name)), None)
