"""Clip → when its words begin: found in the MP3 itself, so old clips are as good as new ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import soundfile

from service.domain import Clip, Script
from service.sound.words import Alignment, align

_AROUND = 960  # samples before and behind what is heard of a sentence: 40 ms


def aligned(script: Script, clip: Clip, content: bytes) -> Iterator[Alignment]:
    """For each sentence its words' onsets, in samples from the clip's first decoded one.

    Raises ValueError when `content` is no MP3.
    """
    try:
        samples, rate_hz = soundfile.read(BytesIO(content), dtype="int16")
    except soundfile.LibsndfileError as error:
        raise ValueError("not audio") from error
    behind = 0
    for sentence, span in zip(script.sentences, clip.spans, strict=True):
        start = max(behind, span.start - _AROUND)
        behind = span.end
        alignment = align(sentence.spoken, samples[start : span.end + _AROUND], rate_hz)
        yield replace(alignment, onsets=tuple(start + onset for onset in alignment.onsets))
