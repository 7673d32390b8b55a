"""Words as a chain of states, and the likeliest way through it (A. Viterbi, 1967)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.sound.words.phones import Word
from service.sound.words.table import Scores, Table, halves

_ENTER_SILENCE = -25.0  # where no mark stands
_SKIP_SILENCE = -1.0  # where one does
_SHORTEST = 1.2  # frames that a state lasts on average
_NEVER = -1e9
_WINDOW = 512  # states looked at at once, about 15 s of speech: time and memory stay linear
_BLOCK = 64  # frames until the window moves on

States = NDArray[np.int64]


class NoPath(Exception):
    """No way through the sound passes all of its words: it is too short for them."""


@dataclass(frozen=True, slots=True)
class Chain:
    """States in the order in which they are passed: silence, word, silence, word, …, silence.

    `sound`: its row of the table; `stay`, `go`: cost of staying, and of coming from the state
    before; `skip`: of coming from the one before that, past a silence; `first`: the first
    state of each word.
    """

    sound: States
    stay: Scores
    go: Scores
    skip: Scores
    first: States

    def part(self, window: slice) -> Chain:
        """Those states alone; `first` stays that of the whole."""
        return Chain(
            self.sound[window], self.stay[window], self.go[window], self.skip[window], self.first
        )


def chain(spoken: Sequence[Word], table: Table) -> Chain:
    """The states of at least one word."""
    sound, go, skip, first = [0], [0.0], [_NEVER], []
    skips = 0.0
    for word in spoken:
        first.append(len(sound))
        states = [half for phone in word.phones for half in halves(phone)]
        sound += [*states, 0]
        go += [*(0.0 for _ in states), 0.0 if word.pause else _ENTER_SILENCE]
        skip += [skips, *(_NEVER for _ in states)]
        skips = _SKIP_SILENCE if word.pause else 0.0
    go[-1] = 0.0  # behind the last word everyone is silent
    rows = np.array(sound)
    leave = 1 / np.maximum(table.frames[rows], _SHORTEST)
    leaving = np.log(leave)
    return Chain(
        sound=rows,
        stay=np.log(1 - leave).astype(np.float32),
        go=(np.array(go) + np.roll(leaving, 1)).astype(np.float32),
        skip=(np.array(skip) + np.roll(leaving, 2)).astype(np.float32),
        first=np.array(first),
    )


def best(scores: Scores, links: Chain) -> States:
    """The state of every frame. Raises NoPath where the sound is too short.

    `scores` as `Table.scores`; beyond 512 states only those near the likeliest are looked at.
    """
    if len(scores) < np.count_nonzero(links.sound):
        raise NoPath
    moved, starts, value = _forward(scores, links)
    last = len(links.sound) - 1 - starts[-1]
    if last >= len(value) or max(value[last - 1 : last + 1]) < _NEVER / 2:
        raise NoPath
    return _back(moved, starts, last - int(value[last - 1] > value[last]))


def _forward(scores: Scores, links: Chain) -> tuple[NDArray[np.int8], list[int], Scores]:
    """How each state was come to (by how many states further), and the last frame's values."""
    count, frames = len(links.sound), len(scores)
    width = min(count, _WINDOW)
    moved = np.zeros((frames, width), np.int8)
    value = np.full(width, _NEVER, np.float32)
    value[:2] = scores[0, links.sound[:2]]
    start, starts = 0, [0]
    for first in range(1, frames, _BLOCK):
        start, value = _shifted(start, value, count)
        part = links.part(slice(start, start + width))
        block = scores[first : first + _BLOCK, part.sound]
        value = _steps(value, block, part, moved[first : first + _BLOCK])
        starts += [start] * len(block)
    return moved, starts, value


def _shifted(start: int, value: Scores, count: int) -> tuple[int, Scores]:
    """The window, moved so that the likeliest state stands in its middle; never back."""
    width = len(value)
    middle = start + int(value.argmax()) - width // 2
    step = max(start, min(middle, count - width)) - start
    if not step:
        return start, value
    ahead = np.full(step, _NEVER, np.float32)
    return start + step, np.concatenate([value[step:], ahead])


def _steps(value: Scores, block: Scores, links: Chain, moved: NDArray[np.int8]) -> Scores:
    """The values after a block of frames; writes down how each was come to."""
    places = np.flatnonzero(links.skip[2:] > _NEVER / 2) + 2
    back, skips = places - 2, links.skip[places]
    came = np.full(len(value), _NEVER, np.float32)
    for heard, step in zip(block, moved, strict=True):
        np.add(value[:-1], links.go[1:], out=came[1:])
        past = value[back] + skips
        value = value + links.stay
        np.greater(came, value, out=step, casting="unsafe")
        np.maximum(value, came, out=value)
        further = past > value[places]
        if further.any():
            value[places] = np.where(further, past, value[places])
            step[places[further]] = 2
        value += heard
    return value


def _back(moved: NDArray[np.int8], starts: Sequence[int], last: int) -> States:
    """The states from the last frame to the first, in their order in time."""
    states = np.zeros(len(moved), np.int64)
    state = last + starts[-1]
    for frame in range(len(moved) - 1, -1, -1):
        states[frame] = state
        state -= int(moved[frame, state - starts[frame]])
    return states
