"""Whole pages of our own writing, and the shared ones where they lie beside the repository."""

from pathlib import Path

import pytest
from lxml import html

from service.reading import read_html
from service.reading.text import letters

FOLDER = Path(__file__).parent
SHARED = Path(__file__).parents[3] / "shared" / "faults" / "pages"


def shared_names():
    """The shared pages; one that is skipped, and says so, where they are not there."""
    names = sorted(path.stem for path in SHARED.glob("*.html"))
    missing = pytest.mark.skip(reason=f"the shared pages are not at {SHARED}")
    return names or [pytest.param("", marks=missing)]


def read_page(path):
    return read_html(path.read_text("utf-8"))


def wanted(path):
    """The byline, and the paragraphs as `kind | text`."""
    head, _, body = path.read_text("utf-8").strip().partition("\n\n")
    told = head.removeprefix("byline: ")
    return None if told == "None" else told, body.split("\n")


def shown(path):
    """The texts that a page shows."""
    page = html.document_fromstring(path.read_text("utf-8"))
    for element in list(page.iter("script", "style", "noscript", "head", "svg", "textarea")):
        element.drop_tree()
    return [text for text in page.itertext() if letters(text)]
