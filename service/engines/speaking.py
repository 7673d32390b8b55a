"""What every engine does with its text: one line, cut where one breathes, said whole, joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from service.domain import Sound
from service.engines.cuts import pieces
from service.engines.seams import joined
from service.engines.text import is_speakable, one_line, shortest_s
from service.errors import SpeechIncomplete, UnknownVoice
from service.messages import Message

_SHOWN = 80  # characters of a text in an error

Say = Callable[[str], Sound]
"""The sound of one piece, at least as long as anybody needs for it."""


def demand_voice(voice: str, known: Iterable[str]) -> None:
    """Raises UnknownVoice where an engine has no voice with that id."""
    ids = list(known)
    if voice not in ids:
        raise UnknownVoice("voice-unknown", voice=voice, voices=ids)


def in_pieces(text: str, *, longest: int, say: Say, gain_db: float = 0.0) -> Sound:
    """All of `text`, said in pieces of at most `longest` characters and joined as in one breath.

    The sound has the voice's gain. Raises SpeechIncomplete when nothing in it can be said, and
    what `say` raises.
    """
    cut = [piece for piece in pieces(one_line(text), longest) if is_speakable(piece)]
    if not cut:
        raise SpeechIncomplete("nothing-to-say", text=text[:_SHOWN])
    return replace(joined(cut, [say(piece) for piece in cut]), gain_db=gain_db)


def demand_whole(sound: Sound, piece: str, *, server: str | Message) -> None:
    """Raises SpeechIncomplete where a server has sent too little sound for the piece."""
    if not is_whole(sound, piece):
        raise SpeechIncomplete(
            "server-too-short",
            name=server,
            duration_s=round(sound.duration_s, 1),
            text=piece[:_SHOWN],
        )


def is_whole(sound: Sound, piece: str) -> bool:
    """Whether somebody could have said the piece in that time."""
    return sound.duration_s > shortest_s(piece)
