"""Trains the acoustic table: five rounds of looking for the phones and taking their statistics.

A word's borders are held within 30 ms of what the voice told; where it told nothing, they are
what the table of the round before finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from service.sound.words.features import HOP_S, NUMBERS, Features, features
from service.sound.words.path import Chain, NoPath, best, chain
from service.sound.words.phones import Word, words
from service.sound.words.table import Table, sounds
from tests.words.truth import Said

ROUNDS = 5
_LEEWAY = 3  # frames
_NEVER = -1e6
_PRIOR = 4.0  # frames of an average sound that every sound begins with
_LEAST_VAR = 0.05


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence as the training sees it; `begins` are frames, none where no one told."""

    heard: Features
    spoken: tuple[Word, ...]
    begins: tuple[int, ...] | None


def lesson(said: Said) -> Lesson:
    """What can be learnt from it."""
    begins = said.onsets and tuple(round(o / said.rate_hz / HOP_S) for o in said.onsets)
    return Lesson(features(said.samples, said.rate_hz), words(said.text), begins)


def train(lessons: Sequence[Lesson]) -> Table:
    """The table of these sentences; the same one for the same sentences."""
    blank = Table(
        np.zeros((sounds(), NUMBERS), np.float32),
        np.zeros((sounds(), NUMBERS), np.float32),
        np.full(sounds(), 4.0, np.float32),
    )
    told = [one for one in lessons if one.begins]
    table = _learnt((one, _evenly(one, blank)) for one in told)
    table = _learnt((one, _found(one, table)) for one in told)
    for _ in range(ROUNDS):
        table = _learnt((one, _found(one, table)) for one in lessons)
    return table


def _evenly(one: Lesson, blank: Table) -> tuple[np.ndarray, np.ndarray]:
    """Each word's states, all equally long; quiet frames are silence."""
    links, count = chain(one.spoken, blank), len(one.heard.sound)
    assert one.begins, "a voice that tells no times cannot begin"
    found = np.zeros(count, np.int64)
    ends = [*one.begins[1:], count]
    lasts = [*(links.first[1:] - 1), len(links.sound) - 1]
    for first, last, start, end in zip(links.first, lasts, one.begins, ends, strict=True):
        loud = np.flatnonzero(one.heard.level_db[start:end] > -30) + start
        stop = max(int(loud[-1]) + 1 if len(loud) else end, min(end, start + last - first))
        steps = np.arange(stop - start) * (last - first) // max(1, stop - start)
        found[start:stop] = first + steps
        found[stop:end] = last
    return found, links.sound


def _found(one: Lesson, table: Table) -> tuple[np.ndarray, np.ndarray] | None:
    """The likeliest states within what the voice told."""
    links = chain(one.spoken, table)
    scores = table.scores(one.heard)[:, links.sound]
    if one.begins:
        scores += _limits(one, links)
    own = replace(links, sound=np.arange(len(links.sound)))
    try:
        return best(scores, own), links.sound
    except NoPath:
        return None


def _limits(one: Lesson, links: Chain) -> np.ndarray:
    limits = np.full((len(one.heard.sound), len(links.sound)), _NEVER, np.float32)
    assert one.begins
    limits[: one.begins[0] + _LEEWAY, 0] = 0
    ends = [*one.begins[1:], len(limits)]
    lasts = [*links.first[1:], len(links.sound)]
    for first, last, start, end in zip(links.first, lasts, one.begins, ends, strict=True):
        limits[max(0, start - _LEEWAY) : end + _LEEWAY, first:last] = 0
    return limits


def _learnt(passes: Iterable[tuple[Lesson, tuple[np.ndarray, np.ndarray] | None]]) -> Table:
    """Means, variances and durations of what was found."""
    total = np.zeros((sounds(), NUMBERS))
    squares, frames = np.zeros_like(total), np.zeros(sounds())
    visits = np.zeros(sounds())
    for one, found in passes:
        if found is None:
            continue
        states, sound = found
        heard, rows = one.heard.sound.astype(np.float64), sound[states]
        np.add.at(total, rows, heard)
        np.add.at(squares, rows, heard * heard)
        np.add.at(frames, rows, 1)
        np.add.at(visits, sound[np.unique(states)], 1)
    count = (frames + _PRIOR)[:, None]
    mean = total / count
    var = np.maximum((squares + _PRIOR) / count - mean * mean, _LEAST_VAR)
    length = (frames + 2 * _PRIOR) / (visits + _PRIOR)
    return Table(mean.astype(np.float32), np.log(var).astype(np.float32), length.astype(np.float32))
