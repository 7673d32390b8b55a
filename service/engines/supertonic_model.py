"""Supertonic 3's four ONNX graphs, and how a piece of text goes through them.

Duration predictor → text encoder → vector estimator, step by step from noise → vocoder. The
noise comes from text and voice, so that the same piece always sounds the same.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from service.domain import Sound
from service.engines.graphs import GraphDamaged, opened
from service.engines.supertonic_files import GRAPHS
from service.engines.supertonic_text import ids
from service.errors import EngineFailed, EngineUnavailable

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

RATE_HZ = 44_100
LATENT_SAMPLES = 3_072  # one step of the latent
LATENT_CHANNELS = 144
SPEED = 1.05  # the makers' own: times the predicted pace

_OWN_SILENCE_S = 1.2  # before and behind what is said
_LETTERS_PER_S = (6.0, 24.0)  # of what is said: newsreaders speak 12 to 16
_FEW_LETTERS = 12  # have any pace

Samples = NDArray[np.float32]
_Text = dict[str, NDArray[Any]]  # ids and mask


@dataclass(frozen=True, slots=True)
class _Style:
    """How one voice sounds, and its pace."""

    sound: Samples  # 1 × 50 × 256
    pace: Samples  # 1 × 8 × 16


class Model:
    """The four graphs and the table of code points, loaded once for all threads."""

    def __init__(
        self, graphs: dict[str, InferenceSession], table: Sequence[int], folder: Path
    ) -> None:
        self._graphs = graphs
        self._table = table
        self._folder = folder
        self._styles: dict[str, _Style] = {}

    def say(self, piece: str, name: str, *, steps: int) -> Sound | None:
        """The sound, None where the predicted pace is not one that anybody has.

        Raises SpeechIncomplete for an unknown letter, EngineFailed.
        """
        style = self._style(name)
        text_ids = np.array([ids(piece, self._table)], np.int64)
        text: _Text = {
            "text_ids": text_ids,
            "text_mask": np.ones((1, 1, text_ids.shape[1]), np.float32),
        }
        try:
            seconds = self._seconds(text, style)
            if not _is_plausible(piece, seconds):
                return None
            latent = _noise(f"{name}\0{piece}", math.ceil(seconds * RATE_HZ / LATENT_SAMPLES))
            wave = self._wave(text, style, latent, steps=steps)
            return _sound(wave[: int(seconds * RATE_HZ)])
        except Exception as error:  # onnxruntime's exceptions share no base but this
            raise EngineFailed("engine-failed-at", text=piece[:80], error=str(error)) from error

    def _seconds(self, text: _Text, style: _Style) -> float:
        predicted = self._run("duration_predictor", **text, style_dp=style.pace)
        return float(predicted.reshape(-1)[0]) / SPEED

    def _wave(self, text: _Text, style: _Style, latent: Samples, *, steps: int) -> Samples:
        embedded = self._run("text_encoder", **text, style_ttl=style.sound)
        for step in range(steps):
            latent = self._run(
                "vector_estimator",
                noisy_latent=latent,
                text_emb=embedded,
                style_ttl=style.sound,
                text_mask=text["text_mask"],
                latent_mask=np.ones((1, 1, latent.shape[2]), np.float32),
                current_step=np.array([step], np.float32),
                total_step=np.array([steps], np.float32),
            )
        return self._run("vocoder", latent=latent).reshape(-1)

    def _run(self, graph: str, **given: NDArray[Any]) -> Samples:
        first: Samples = self._graphs[graph].run(None, given)[0]
        return first

    def _style(self, name: str) -> _Style:
        if name not in self._styles:
            path = self._folder / "voice_styles" / f"{name}.json"
            try:
                style = json.loads(path.read_text("utf-8"))
                sound, pace = _array(style["style_ttl"]), _array(style["style_dp"])
            except (OSError, ValueError, LookupError, TypeError) as error:
                raise _damaged(path) from error
            self._styles[name] = _Style(sound, pace)
        return self._styles[name]


def _array(tensor: dict[str, list[object]]) -> Samples:
    return np.array(tensor["data"], np.float32).reshape([int(str(size)) for size in tensor["dims"]])


def _noise(seed: str, length: int) -> Samples:
    """A latent of normally distributed numbers, the same for the same seed for ever.

    Numpy keeps the bits of its generators from version to version, not its distributions:
    the transform (Box and Muller's) is ours.
    """
    digest = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).digest()
    bits = np.random.PCG64(int.from_bytes(digest[:16])).random_raw(2 * LATENT_CHANNELS * length)
    radius, turn = np.split(((bits >> np.uint64(11)) + 0.5) * 2.0**-53, 2)
    normal = np.sqrt(-2 * np.log(radius)) * np.cos(2 * np.pi * turn)
    latent: Samples = normal.astype(np.float32).reshape(1, LATENT_CHANNELS, length)
    return latent


def _is_plausible(piece: str, seconds: float) -> bool:
    """Whether somebody could have said the piece in that time, the voice's own silence apart."""
    letters = sum(map(str.isalnum, piece))
    if letters <= _FEW_LETTERS:
        return seconds > 0
    slowest, quickest = _LETTERS_PER_S
    said_s = max(seconds - _OWN_SILENCE_S, 0.001)
    return slowest <= letters / said_s <= quickest


def _sound(samples: Samples) -> Sound:
    whole = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0)
    return Sound(np.rint(np.clip(whole, -1, 1) * 32_767).astype("<i2").tobytes(), RATE_HZ)


def load(folder: Path) -> Model:
    """The graphs in `folder`. Raises EngineUnavailable, which names the file that is damaged."""
    graphs = {}
    for name in GRAPHS:
        path = folder / "onnx" / f"{name}.onnx"
        try:
            graphs[name] = opened(path)
        except GraphDamaged as error:
            raise _damaged(path) from error
    return Model(graphs, _table(folder / "onnx" / "unicode_indexer.json"), folder)


def _table(path: Path) -> list[int]:
    try:
        return [int(number) for number in json.loads(path.read_text("utf-8"))]
    except (OSError, ValueError, TypeError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> EngineUnavailable:
    return EngineUnavailable("voice-file-damaged", file=str(path), voice="supertonic")
