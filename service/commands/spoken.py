"""vorleser spoken: each line as the voice gets it, without synthesis."""

from __future__ import annotations

from collections.abc import Iterator

from service import spoken
from service.commands.lines import lines
from service.from_settings import catalogue, lexicon
from service.settings import Settings


def speakable(file: str | None, *, voice: str | None = None) -> Iterator[str]:
    """The lines of a file (or of standard input) in spoken form. Raises VorleserError."""
    settings = Settings.read()
    voices, spellings = catalogue(settings), lexicon(settings)
    form = voices.voice(voice).form
    for line in lines(file):
        yield spoken.speakable(line, lexicon=spellings, form=form)
