"""ONNX graphs, opened as every voice here runs them: one thread a call, and no memory pattern,
which would be kept for every length of sentence.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


class GraphDamaged(Exception):
    """A file that is no graph, or cut short."""


def opened(path: Path) -> InferenceSession:
    """The graph in a file, to be shared by threads. Raises GraphDamaged."""
    import onnxruntime  # noqa: PLC0415 (takes half a second, and only speaking needs it)

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.enable_mem_pattern = False
    onnxruntime.set_default_logger_severity(3)
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its exceptions share no base but this
        raise GraphDamaged(str(error)) from error
