"""What every engine does with its text: one line, cut where one breathes, said whole, joined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from service.domain import Sound
from service.engines.cuts import pieces
from service.engines.seams import joined
from service.engines.text import is_speakable, one_line, shortest_s
from service.errors import SpeechIncomplete

Say = Callable[[str], Sound]
"""The sound of one piece, at least as long as anybody needs for it."""


def in_pieces(text: str, *, longest: int, say: Say, gain_db: float = 0.0) -> Sound:
    """All of `text`, said in pieces of at most `longest` characters and joined as in one breath.

    The sound has the voice's gain. Raises SpeechIncomplete when nothing in it can be said, and
    what `say` raises.
    """
    cut = [piece for piece in pieces(one_line(text), longest) if is_speakable(piece)]
    if not cut:
        raise SpeechIncomplete("nothing-to-say", text=text[:80])
    return replace(joined(cut, [say(piece) for piece in cut]), gain_db=gain_db)


def is_whole(sound: Sound, piece: str) -> bool:
    """Whether somebody could have said the piece in that time."""
    return sound.duration_s > shortest_s(piece)
