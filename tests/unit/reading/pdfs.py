"""PDFs for the tests: those that programs have made, and those that are drawn here."""

from __future__ import annotations

import io
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from service.domain import Kind
from service.reading import read_file

FOLDER = Path(__file__).parents[2] / "pdfs"


def read(name, **how):
    return read_file(f"{name}.pdf", (FOLDER / f"{name}.pdf").read_bytes(), **how)


def texts(article, kind=Kind.TEXT):
    return [one.text for one in article.paragraphs if one.kind is kind]


def whys(article):
    return {line.text: line.why for line in article.left_out}


def drawn(*pages, **told):
    """A PDF of ReportLab; a page is a list of (x, y, size, text)."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    for name, value in told.items():
        getattr(canvas, name)(value)
    for page in pages:
        for x, y, size, text in page:
            canvas.setFont("Times-Roman", size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def set_in_lines(text, *, x=70, y=700, size=10, at_once=11):
    """A paragraph in lines of some words."""
    words = text.split()
    rows = [" ".join(words[start : start + at_once]) for start in range(0, len(words), at_once)]
    return [(x, y - 12 * number, size, row) for number, row in enumerate(rows)]
