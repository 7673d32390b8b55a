"""Whole pages of our own writing, and the shared ones where they lie beside the repository."""

from pathlib import Path

import pytest
from lxml import html

from service.reading import read_html
from service.reading.text import letters, resolved
from service.reading.tree import UNREAD

FOLDER = Path(__file__).parent
PUBLISHERS = FOLDER / "publishers"
SHARED = Path(__file__).parents[3] / "shared" / "faults" / "pages"


def shared_names():
    """The shared pages; one that is skipped, and says so, where they are not there."""
    names = sorted(path.stem for path in SHARED.glob("*.html"))
    missing = pytest.mark.skip(reason=f"the shared pages are not at {SHARED}")
    return names or [pytest.param("", marks=missing)]


def publishers():
    """Small pages in the shapes of publishers; what they have in common is in text.tsv."""
    return sorted(path.stem for path in PUBLISHERS.glob("*.html"))


def fill(text):
    """A text with the common sentences in the place of «their keys»."""
    rows = (PUBLISHERS / "text.tsv").read_text("utf-8").splitlines()
    for key, common in (row.split("\t") for row in rows):
        text = text.replace(f"«{key}»", common)
    return text


def filled(path):
    return fill(path.read_text("utf-8"))


def read_page(path):
    return read_html(filled(path))


def wanted(path):
    """The byline, and the paragraphs as `kind | text`, ⏎ for a break inside."""
    head, _, body = filled(path).strip().partition("\n\n")
    told = head.removeprefix("byline: ")
    return None if told == "None" else told, body.split("\n")


def shown(markup):
    """The texts that a page shows."""
    page = html.document_fromstring(markup)
    for element in list(page.iter(*UNREAD)):  # as browsers do
        element.drop_tree()
    return [text for text in map(resolved, page.itertext()) if letters(text)]
