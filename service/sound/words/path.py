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


def chain(spoken: Sequence[Word], table: Table) -> Chain:
    """The states of at least one word."""
    sound, go, skip, first = [0], [0.0], [_NEVER], []
    for word in spoken:
        first.append(len(sound))
        states = [half for phone in word.phones for half in halves(phone)]
        sound += [*states, 0]
        enters = 0.0 if word.pause else _ENTER_SILENCE
        skips = 0.0
        if len(first) > 1 and spoken[len(first) - 2].pause:
            skips = _SKIP_SILENCE
        go += [0.0] * len(states) + [enters]
        skip += [skips] + [_NEVER] * len(states)
    go[-1] = 0.0
    last = np.array(sound)
    leave = 1 / np.maximum(table.frames[last], 1.2)
    stay = np.log(1 - leave)
    leaving = np.log(leave)
    return Chain(
        sound=last,
        stay=stay.astype(np.float32),
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
    starts: list[int] = []
    value = np.full(width, _NEVER, np.float32)
    value[:2] = 0.0, links.go[1]
    start = 0
    for first in range(0, frames, _BLOCK):
        start, value = _shifted(start, value, count)
        window = slice(start, start + width)
        block = scores[first : first + _BLOCK, links.sound[window]]
        value = _steps(value, block, links, window, moved[first : first + _BLOCK], fresh=not first)
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


def _steps(
    value: Scores,
    block: Scores,
    links: Chain,
    window: slice,
    moved: NDArray[np.int8],
    *,
    fresh: bool,
) -> Scores:
    """The values after a block of frames; writes down how each was come to."""
    stay, go, skip = links.stay[window], links.go[window], links.skip[window]
    places = np.flatnonzero(skip[2:] > _NEVER / 2) + 2
    back, skips = places - 2, skip[places]
    came = np.full(len(value), _NEVER, np.float32)
    for number, heard in enumerate(block):
        if fresh and not number:
            value = value + heard
            continue
        np.add(value[:-1], go[1:], out=came[1:])
        past = value[back] + skips
        value = value + stay
        step = moved[number]
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
    found = np.zeros(len(moved), np.int64)
    state = last + starts[-1]
    for frame in range(len(moved) - 1, -1, -1):
        found[frame] = state
        state -= int(moved[frame, state - starts[frame]])
    return found
