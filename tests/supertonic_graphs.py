"""Supertonic's four graphs with their true names and shapes, tiny or of their true size.

What they make is no speech but a tone with a little of everything that goes in: so a text, a
style or a noise that gets lost on the way is heard as another sound.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from service.engines.supertonic_files import FOLDER, NAMES

SECONDS_PER_ID = 0.066  # what the predictor says: about 15 letters a second
OWN_SILENCE_S = 1.2
_STYLE, _PACE = (1, 50, 256), (1, 8, 16)
_F, _I = TensorProto.FLOAT, TensorProto.INT64

# Megabytes of weights of the real graphs.
TRUE_MB = {"text_encoder": 36, "vector_estimator": 256, "vocoder": 101}
_WEIGHED = {
    "text_encoder": ("text_emb_light", 256),
    "vector_estimator": ("noisy_latent", 144),
    "vocoder": ("latent", 144),
}
_WIDTH = 2_048  # of a layer


def make(voices: Path, *, pace: float = SECONDS_PER_ID, true_size: bool = False) -> Path:
    """All files of all ten voices below the folder of voices; returns their own folder."""
    folder = voices / FOLDER
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    (folder / "voice_styles").mkdir(exist_ok=True)
    for name, model in _graphs(pace).items():
        if true_size and name in _WEIGHED:
            _weigh(model, name)
        onnx.checker.check_model(model)
        onnx.save(model, folder / "onnx" / f"{name}.onnx")
    table = [-1] * 0x3100
    for number, code in enumerate(range(32, 0x250)):
        table[code] = number
    for number, code in enumerate((0x300, 0x301, 0x302, 0x303, 0x308, 0x30A, 0x327), 600):
        table[code] = number
    (folder / "onnx" / "unicode_indexer.json").write_text(json.dumps(table))
    settings = {
        "ae": {"sample_rate": 44_100, "base_chunk_size": 512},
        "ttl": {"chunk_compress_factor": 6, "latent_dim": 24},
    }
    (folder / "onnx" / "tts.json").write_text(json.dumps(settings))
    for number, name in enumerate(NAMES):
        style = {"style_ttl": _style(_STYLE, number), "style_dp": _style(_PACE, number)}
        (folder / "voice_styles" / f"{name}.json").write_text(json.dumps(style))
    (folder / "LICENSE").write_text("stand-in")
    return folder


def _style(dims: tuple[int, ...], number: int) -> dict[str, object]:
    data = np.full(dims, (number + 1) / 1000, np.float32)
    return {"dims": list(dims), "data": data.tolist(), "type": "float32"}


def _in_ids() -> onnx.ValueInfoProto:
    return _in("text_ids", _I, "B", "T")


def _in_mask() -> onnx.ValueInfoProto:
    return _in("text_mask", _F, "B", 1, "T")


def _in_style() -> onnx.ValueInfoProto:
    return _in("style_ttl", _F, "B", 50, 256)


def _graphs(pace: float) -> dict[str, onnx.ModelProto]:
    return {
        "duration_predictor": _durations(pace),
        "text_encoder": _encoder(),
        "vector_estimator": _estimator(),
        "vocoder": _vocoder(),
    }


def _durations(pace: float) -> onnx.ModelProto:
    return _model(
        [_in_ids(), _in("style_dp", _F, "B", 8, 16), _in_mask()],
        [
            ("ReduceSum", ["text_mask", "axes"], "count"),
            ("Mul", ["count", "pace"], "said"),
            ("Add", ["said", "silence"], "duration"),
        ],
        {"axes": np.array([1, 2]), "pace": _f(pace), "silence": _f(OWN_SILENCE_S)},
        rank=1,
    )


def _encoder() -> onnx.ModelProto:
    return _model(
        [_in_ids(), _in_style(), _in_mask()],
        [
            ("Cast", ["text_ids"], "numbers"),
            ("Mul", ["numbers", "thousandth"], "small"),
            ("Unsqueeze", ["small", "axis"], "row"),
            ("MatMul", ["column", "row"], "text_emb"),
        ],
        {
            "thousandth": _f(0.001),
            "axis": np.array([1]),
            "column": np.ones((256, 1), np.float32),
        },
    )


def _estimator() -> onnx.ModelProto:
    return _model(
        [
            _in("noisy_latent", _F, "B", 144, "L"),
            _in("text_emb", _F, "B", 256, "T"),
            _in_style(),
            _in_mask(),
            _in("latent_mask", _F, "B", 1, "L"),
            _in("current_step", _F, "B"),
            _in("total_step", _F, "B"),
        ],
        [
            ("ReduceMean", ["text_emb"], "text"),
            ("ReduceMean", ["style_ttl"], "style"),
            ("ReduceMean", ["text_mask"], "mask"),
            ("Div", ["current_step", "total_step"], "progress"),
            ("Sum", ["text", "style", "mask", "progress"], "all"),
            ("Mul", ["noisy_latent", "half"], "calmer"),
            ("Add", ["calmer", "all"], "moved"),
            ("Mul", ["moved", "latent_mask"], "denoised"),
        ],
        {"half": _f(0.5)},
    )


def _vocoder() -> onnx.ModelProto:
    return _model(
        [_in("latent", _F, "B", 144, "L")],
        [
            ("Transpose", ["latent"], "turned"),
            ("MatMul", ["turned", "tones"], "frames"),
            ("Reshape", ["frames", "flat"], "wave"),
        ],
        {"tones": _tones(), "flat": np.array([1, -1])},
        rank=2,
    )


def _tones() -> np.ndarray:
    tone = np.sin(2 * np.pi * 8 * np.arange(3_072) / 3_072)  # 115 Hz in whole periods
    return np.tile(tone.astype(np.float32) / 144 / 8, (144, 1))


def _in(name: str, kind: int, *shape: int | str) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, shape)


def _f(value: float) -> np.ndarray:
    return np.array(value, np.float32)


def _model(
    inputs: list[onnx.ValueInfoProto],
    steps: list[tuple[str, list[str], str]],
    weights: dict[str, np.ndarray],
    *,
    rank: int = 3,
) -> onnx.ModelProto:
    more: dict[str, dict[str, Any]] = {
        "ReduceSum": {"keepdims": 0},
        "ReduceMean": {"keepdims": 1},
        "Cast": {"to": _F},
        "Transpose": {"perm": [0, 2, 1]},
    }
    nodes = [
        helper.make_node(kind, given, [made], **more.get(kind, {})) for kind, given, made in steps
    ]
    last = steps[-1][2]
    graph = helper.make_graph(
        nodes,
        "stand-in",
        inputs,
        [_in(last, _F, *(f"{last}_{axis}" for axis in range(rank)))],
        [numpy_helper.from_array(array, name) for name, array in weights.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def _weigh(model: onnx.ModelProto, name: str) -> None:
    """Adds layers of the real graph's size, through which its input goes without a trace."""
    source, channels = _WEIGHED[name]
    layers = round(TRUE_MB[name] * 2**20 / 4 / (2 * channels * _WIDTH))
    last = model.graph.output[0].name
    model.graph.node[-1].output[0] = f"{last}_light"
    add = model.graph.node.append
    for kind, given, made in (
        ("Transpose", [source], "layer_0"),
        *(
            step
            for n in range(layers)
            for step in (
                ("MatMul", [f"layer_{n}", f"up_{n}"], f"wide_{n}"),
                ("Relu", [f"wide_{n}"], f"bent_{n}"),
                ("MatMul", [f"bent_{n}", f"down_{n}"], f"layer_{n + 1}"),
            )
        ),
        ("ReduceMean", [f"layer_{layers}"], "mean"),
        ("Mul", ["mean", "none"], "nothing"),
        ("ReduceSum", ["nothing"], "no_trace"),
        ("Add", [f"{last}_light", "no_trace"], last),
    ):
        perm: dict[str, dict[str, Any]] = {"Transpose": {"perm": [0, 2, 1]}}
        more = (perm | {"ReduceSum": {"keepdims": 0}}).get(kind, {})
        add(helper.make_node(kind, given, [made], **more))
    shapes = {"up": (channels, _WIDTH), "down": (_WIDTH, channels)}
    for number in range(layers):
        for side, shape in shapes.items():
            weight = np.full(shape, 1 / shape[0], np.float32) + number * 1e-9
            model.graph.initializer.append(numpy_helper.from_array(weight, f"{side}_{number}"))
    model.graph.initializer.append(numpy_helper.from_array(_f(0.0), "none"))
