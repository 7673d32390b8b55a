"""A pause that is asked for stays in the text, as the mark that plain text has for it."""

from __future__ import annotations

import pytest

from service.reading import read_html, read_markdown, read_text
from service.spoken import script

TEXT = 'Hallo <break time="1.5s"/> Welt [pause 2s] so, <break/> gut.'


@pytest.mark.parametrize(
    ("read", "source"),
    [
        (read_text, f"Titel\n\n{TEXT}"),
        (read_markdown, f"# Titel\n\n{TEXT}"),
        (read_html, f"<h1>Titel</h1><p>{TEXT}</p>"),
    ],
)
def test_pauses_are_kept_in_every_source(read, source):
    _, paragraph = read(source).paragraphs
    said = [(one.spoken, one.pause_ms) for one in script(paragraph).sentences]
    assert said == [("Hallo", 1500), ("Welt", 2000), ("so,", 500), ("gut.", None)]
