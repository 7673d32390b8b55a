"""Where words begin by their length and the pauses alone, for sound that does not fit them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from service.sound.words.features import Features
from service.sound.words.phones import Word
from service.sound.words.table import Table, halves

_SILENT_DB = -40.0
_SHORTEST_PAUSE = 6  # frames
_UNUSED = 40.0  # frames that a mark may be off before it is taken as one without a pause

Frames = NDArray[np.float64]


def guessed(spoken: Sequence[Word], heard: Features, table: Table) -> Frames:
    """The frame at which each word may begin, never falling.

    Words share the time between two pauses by the usual length of their phones.
    """
    begins = np.concatenate([[0.0], np.cumsum([_length(word, table) for word in spoken])])
    loud = np.flatnonzero(heard.level_db > _SILENT_DB)
    if not len(loud):
        return np.zeros(len(spoken))
    start, end = float(loud[0]), float(loud[-1]) + 1
    pauses = _pauses(loud)
    voiced = end - start - sum(last - first for first, last in pauses)
    begins *= voiced / begins[-1]  # from here on in frames of voice, pauses left out
    marks = [place + 1 for place, word in enumerate(spoken[:-1]) if word.pause]
    lost = np.concatenate([[0.0], np.cumsum([last - first for first, last in pauses])])
    at = [first - start - gone for (first, _), gone in zip(pauses, lost, strict=False)]
    matched = _matched([begins[mark] for mark in marks], at)
    anchors = [(0.0, 0.0), *((begins[marks[m]], at[p]) for m, p in matched), (voiced, voiced)]
    known = np.array(_rising(anchors))
    voice = np.interp(begins[:-1], known[:, 0], known[:, 1])
    behind = [float(lost[np.searchsorted(at, frame, side="right")]) for frame in voice + 0.5]
    return np.asarray(start + voice + np.array(behind))


def _length(word: Word, table: Table) -> float:
    return float(sum(table.frames[half] for phone in word.phones for half in halves(phone)))


def _pauses(loud: NDArray[np.int64]) -> list[tuple[int, int]]:
    """First frame of each pause, and the one behind its last."""
    return [(int(a) + 1, int(b)) for a, b in pairwise(loud) if b - a > _SHORTEST_PAUSE]


def _rising(anchors: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    kept = [anchors[0]]
    for anchor in anchors[1:]:
        if anchor[0] > kept[-1][0]:
            kept.append(anchor)
    return kept


def _matched(marks: Sequence[float], pauses: Sequence[float]) -> list[tuple[int, int]]:
    """Which mark is which pause, in order, so that the sum of their distances is least."""
    cost = np.zeros((len(marks) + 1, len(pauses) + 1))
    cost[:, 0] = np.arange(len(marks) + 1) * _UNUSED
    for m, mark in enumerate(marks, 1):
        for p, pause in enumerate(pauses, 1):
            both = cost[m - 1, p - 1] + abs(mark - pause)
            cost[m, p] = min(both, cost[m - 1, p] + _UNUSED, cost[m, p - 1])
    pairs, m, p = [], len(marks), len(pauses)
    while m and p:
        if cost[m, p] == cost[m, p - 1]:
            p -= 1
        elif cost[m, p] == cost[m - 1, p] + _UNUSED:
            m -= 1
        else:
            m, p = m - 1, p - 1
            pairs.append((m, p))
    return pairs[::-1]
