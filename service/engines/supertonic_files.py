"""Supertonic 3 as files in a folder, and how they get there.

Its makers archived it in July 2026: sources are pinned by revision, files by size and hash
(supertonic_files.tsv).
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from service.engines.downloads import Download, Progress, download
from service.errors import EngineFailed, EngineUnavailable

ENGINE = "supertonic"
FOLDER = "supertonic-3"  # in the folder of voices
LICENCE = "OpenRAIL-M"
BYTES = 401_291_751  # of all files
NAMES = ("F1", "F2", "F3", "F4", "F5", "M1", "M2", "M3", "M4", "M5")
GRAPHS = ("duration_predictor", "text_encoder", "vector_estimator", "vocoder")
_HUB = "https://huggingface.co/{}/resolve/{}/"
SOURCES = (
    _HUB.format("Supertone/supertonic-3", "724fb5abbf5502583fb520898d45929e62f02c0b"),
    _HUB.format("supertone-oss-archive/supertonic-3", "aafc6e32416a594460b32413efc49d7fe4ce6d46"),
)

Listed = tuple[str, int, str]  # path below the source, bytes, SHA-256


def release() -> list[Listed]:
    """The files of the release, the graphs last: a voice is there when they are."""
    table = Path(__file__).with_suffix(".tsv").read_text("utf-8").splitlines()
    rows = csv.DictReader(table, delimiter="\t")
    return [(row["path"], int(row["bytes"]), row["sha256"]) for row in rows]


def is_voice(voice_id: str) -> bool:
    """Whether it is the id of one of the ten, here or not."""
    engine, _, name = voice_id.partition(":")
    return engine == ENGINE and name in NAMES


def missing(folder: Path, name: str) -> str | None:
    """Path of the first file that the voice `name` needs and that is not there."""
    graphs = [f"onnx/{graph}.onnx" for graph in GRAPHS]
    needed = ["onnx/tts.json", "onnx/unicode_indexer.json", f"voice_styles/{name}.json", *graphs]
    return next((path for path in needed if not (folder / path).is_file()), None)


def install(
    folder: Path,
    *,
    progress: Progress | None = None,
    sources: Sequence[str] | None = None,
    files: Sequence[Listed] | None = None,
) -> None:
    """Fetches all ten voices (`BYTES`); what is there and whole is not fetched again.

    Raises EngineUnavailable when the network fails (call again to go on where it broke off),
    EngineFailed when what came is not what is known; both say where files go by hand.
    """
    wanted = [
        Download(tuple(source + path for source in sources or SOURCES), folder / path, size, digest)
        for path, size, digest in files or release()
    ]
    try:
        download(wanted, progress=progress)
    except (EngineUnavailable, EngineFailed) as error:
        raise type(error)(
            "download-by-hand", reason=error.message, folder=str(folder.resolve())
        ) from error
