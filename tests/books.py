"""Books and documents, packed in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

XHTML = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" '
    'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
    'full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive with these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def page(body: str, *, title: str = "", more: str = "") -> str:
    """A page of a book; `more` are attributes of its body."""
    head = f"<head><title>{title}</title></head>" if title else "<head><title/></head>"
    start = f'<?xml version="1.0" encoding="utf-8"?><html {XHTML}>'
    return f"{start}{head}<body {more}>{body}</body></html>"


def nav(*entries: str) -> str:
    """A navigation document; an entry is its list item's markup."""
    items = "".join(f"<li>{entry}</li>" for entry in entries)
    return page(f'<nav epub:type="toc"><h1>Inhalt</h1><ol>{items}</ol></nav>')


def ncx(*entries: tuple[str, str]) -> str:
    """EPUB 2's table of contents, of titles and addresses."""
    points = "".join(
        f"<navPoint><navLabel><text>{title}</text></navLabel><content src='{target}'/></navPoint>"
        for title, target in entries
    )
    return (
        '<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/">'
        f"<navMap>{points}</navMap></ncx>"
    )


def package(
    spine: list[str],
    *,
    has_nav: bool = False,
    has_ncx: bool = False,
    title: str = "Das Moorbuch",
    language: str = "de",
    linear: dict[str, str] | None = None,
    guide: str = "",
) -> str:
    """The package document of a book with these pages in its spine."""
    items = "".join(
        f'<item id="i{at}" href="{name}" media-type="application/xhtml+xml"/>'
        for at, name in enumerate(spine)
    )
    if has_nav:
        items += (
            '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        )
    if has_ncx:
        items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    toc = 'toc="ncx"' if has_ncx else ""
    refs = "".join(
        f'<itemref idref="i{at}" linear="{(linear or {}).get(name, "yes")}"/>'
        for at, name in enumerate(spine)
    )
    return (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
        "<dc:creator>Geesche Onnen</dc:creator><dc:creator>Tamme Ulfers</dc:creator>"
        f"<dc:language>{language}</dc:language><dc:date>2024-09-30</dc:date></metadata>"
        f"<manifest>{items}</manifest><spine {toc}>{refs}</spine>"
        f"{guide}</package>"
    )


def epub(
    pages: dict[str, str],
    *,
    contents: str = "",
    chart: str = "",
    files: dict[str, str | bytes] | None = None,
    without: str = "",
    **how,
) -> bytes:
    """An EPUB of these pages in their order; `contents` is EPUB 3's, `chart` EPUB 2's.

    `files` are more files, or others in their place; `without` is one that is missing.
    """
    spine = list(pages)
    every: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/content.opf": package(spine, has_nav=bool(contents), has_ncx=bool(chart), **how),
    }
    every |= {f"OEBPS/{name}": content for name, content in pages.items()}
    if contents:
        every["OEBPS/nav.xhtml"] = contents
    if chart:
        every["OEBPS/toc.ncx"] = chart
    every |= files or {}
    every.pop(without, None)
    return packed(every)


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PARTS = {
    "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/'
    'package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.'
    'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
    '"application/xml"/></Types>',
    "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/'
    'package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>",
    "word/_rels/document.xml.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.'
    'openxmlformats.org/package/2006/relationships"><Relationship Id="s" Type="http://schemas.'
    'openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
    '<Relationship Id="f" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/footnotes" Target="footnotes.xml"/><Relationship Id="n" Type="http://schemas.'
    'openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/>'
    "</Relationships>",
    "word/numbering.xml": f'<?xml version="1.0"?><w:numbering {WORD}><w:abstractNum '
    'w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
    "word/styles.xml": f'<?xml version="1.0"?><w:styles {WORD}>'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in {
            "Titel": "Title",
            "berschrift1": "heading 1",
            "Zitat": "Quote",
            "Beschriftung": "caption",
            "Verzeichnis1": "toc 1",
        }.items()
    )
    + "</w:styles>",
    "word/footnotes.xml": f'<?xml version="1.0"?><w:footnotes {WORD}><w:footnote w:id="2"><w:p>'
    "<w:r><w:t>Nach dem Kirchenbuch.</w:t></w:r></w:p></w:footnote></w:footnotes>",
}


def docx(body: str, **parts: str) -> bytes:
    """A Word document with this body; `parts` replace files, _ for / and .xml left out."""
    document = f'<?xml version="1.0"?><w:document {WORD}><w:body>{body}</w:body></w:document>'
    more = {f"{name.replace('_', '/')}.xml": content for name, content in parts.items()}
    return packed(_PARTS | {"word/document.xml": document} | more)


def para(text: str, style: str = "", run: str = "") -> str:
    """A paragraph of a Word document."""
    told = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{told}<w:r><w:t>{text}</w:t></w:r>{run}</w:p>"
