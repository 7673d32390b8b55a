"""German prose of our own, for documents of every kind."""

from pathlib import Path

_TEXT = Path(__file__).with_name("prose.txt").read_text("utf-8")
HARBOUR, MOOR = (
    [" ".join(paragraph.split()) for paragraph in part.strip().split("\n\n")]
    for part in _TEXT.split("---")
)
