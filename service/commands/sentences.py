"""vorleser sentences: where sentences end."""

from __future__ import annotations

from collections.abc import Iterator

from service import spoken
from service.commands.lines import lines


def parted(file: str | None) -> Iterator[str]:
    """The sentences of each line, joined with a broken bar. Raises UnreadableSource."""
    for line in lines(file):
        yield " ¦ ".join(sentence.strip() for sentence in spoken.parted(line))
