"""A Word document (DOCX) → article, through mammoth."""

from __future__ import annotations

import io
from xml.parsers.expat import ExpatError

from service.domain import Article
from service.errors import EmptyArticle, UnreadableSource
from service.reading.archive import Archive
from service.reading.blocks import blocks
from service.reading.build import article_of, bounded, paragraphs_of
from service.reading.language import language_of
from service.reading.marks import without_marks
from service.reading.tree import parse_html

MAIN_PART = "word/document.xml"
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='caption'] => figcaption:fresh
p[style-name='Caption'] => figcaption:fresh
p[style-name^='toc '] => nav > p:fresh
p[style-name^='TOC '] => nav > p:fresh
"""


def read_docx(raw: bytes, *, title: str | None = None, language: str | None = None) -> Article:
    """The article in a Word document. Raises UnreadableSource, EmptyArticle."""
    page = parse_html(_html(raw))
    if page is None:
        raise EmptyArticle("document-without-text")
    marks = without_marks(page)
    for note in page.xpath("//li[starts-with(@id, 'footnote-') or starts-with(@id, 'endnote-')]"):
        note.set("role", "doc-footnote")
    lines = list(blocks(page))
    read = [line for line in lines if not (line.place and line.place.is_certain)]
    left_out = [
        line.place.left_out(line.text) for line in lines if line.place and line.place.is_certain
    ]
    told = language_of(" ".join(line.text for line in read), told=None, asked=language)
    return article_of(
        paragraphs_of(read, language=told),
        left_out=bounded(left_out + marks),
        title=title,
        language=told,
    )


def _html(raw: bytes) -> str:
    """The document as HTML, without its pictures."""
    import mammoth  # noqa: PLC0415 (for those alone who need it)

    archive = Archive(raw)
    for name in archive.names:
        if name.endswith((".xml", ".rels")):
            archive.demand_plain(name)
    unseen = mammoth.images.img_element(lambda _image: {})
    try:
        found = mammoth.convert_to_html(
            io.BytesIO(raw), style_map=_STYLES, convert_image=unseen, id_prefix=""
        )
    except (ExpatError, KeyError, ValueError, OSError, AttributeError, RecursionError) as error:
        raise UnreadableSource("document-damaged") from error
    return f"<div>{found.value}</div>"
