"""eSpeak NG's own word times (speak_lib.h): WORD events, moved to the first sound behind them.

For one thread of one process: two crash it.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from functools import cache
from itertools import pairwise
from typing import Any

import espeakng_loader
import numpy as np

from service.sound.words.phones import words
from tests.words.truth import Said

RATE_HZ = 22_050
_SYNCHRONOUS, _PHONEME_EVENTS, _NO_EXIT, _UTF8 = 2, 1, 0x8000, 1
_WORD, _PHONEME, _END = 1, 7, 0
_RATE, _PITCH, _RANGE = 1, 3, 4
_SILENT = ("", "_", "_:", "_|", "||", "_!")


class _Name(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Name),
    )


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


def say(
    text: str, *, voice: str = "de", rate: int = 165, pitch: int = 50, pitch_range: int = 50
) -> Said | None:
    """The sentence and when its words begin; None where eSpeak counts its words otherwise."""
    library = _library()
    for parameter, value in ((_RATE, rate), (_PITCH, pitch), (_RANGE, pitch_range)):
        library.espeak_SetParameter(parameter, value, 0)
    if library.espeak_SetVoiceByName(voice.encode()) != 0:
        raise LookupError(voice)
    pcm, events = bytearray(), []

    def keep(samples: Any, count: int, told: Any) -> int:
        place = 0
        while told[place].type != _END:
            event = told[place]
            name = event.id.string.decode(errors="replace") if event.type == _PHONEME else ""
            events.append((event.type, event.text_position, event.sample, name))
            place += 1
        if samples and count > 0:
            pcm.extend(ctypes.string_at(samples, 2 * count))
        return 0

    callback = _Callback(keep)
    library.espeak_SetSynthCallback(callback)
    content = text.encode()
    library.espeak_Synth(content, len(content) + 1, 0, 0, 0, _UTF8, None, None)
    onsets = _onsets(text, events)
    if onsets is None:
        return None
    name = f"{voice} {rate} {pitch} {pitch_range}"
    return Said(text, np.frombuffer(bytes(pcm), "<i2"), RATE_HZ, onsets, name)


def _onsets(text: str, events: list[tuple[int, int, int, str]]) -> tuple[int, ...] | None:
    """For each word the first sound behind the first event that lies in it."""
    begins = [word.start for word in words(text)]
    found: dict[int, int] = {}
    for place, (kind, position, _, _) in enumerate(events):
        if kind != _WORD:
            continue
        word = bisect_right(begins, position - 1) - 1
        sounds = (s for k, _, s, name in events[place:] if k == _PHONEME and name not in _SILENT)
        if word >= 0 and word not in found:
            found[word] = next(sounds, -1)
    onsets = [found.get(number, -1) for number in range(len(begins))]
    if -1 in onsets or any(a >= b for a, b in pairwise(onsets)):
        return None
    return tuple(onsets)


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    data = espeakng_loader.get_data_path().encode()
    assert library.espeak_Initialize(_SYNCHRONOUS, 500, data, _NO_EXIT | _PHONEME_EVENTS) > 0
    return library
