"""Piper's voices as files in a folder, and how they get there.

Piper's own downloader knows where they are; it checks nothing and writes in place, so the
download itself is ours (downloads.py), with size and hash from the index.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from pydantic import BaseModel, TypeAdapter, ValidationError

from service.engines.downloads import Download, Progress, answer, download
from service.errors import EngineFailed, EngineUnavailable, UnknownVoice

RECOMMENDED = "de_DE-thorsten-medium"
RECOMMENDED_OWN_LICENCE = "CC0"
RECOMMENDED_BASE = "lessac"  # whose licence is for research
RECOMMENDED_LICENCE = f"{RECOMMENDED_OWN_LICENCE}, tuned from U.S. English {RECOMMENDED_BASE}"
RECOMMENDED_BYTES = 63_000_000  # about; the index tells

_NAME = re.compile(r"[a-z]{2,3}_[A-Z]{2}-[a-z0-9_]+-(x_low|low|medium|high)")
_LICENCE = re.compile(r"^\W*License:\W*(.+)$", re.IGNORECASE | re.MULTILINE)
_TUNED_FROM = re.compile(
    r"fine-?tuned from:?\s+(?:the\s+)?([^(\n]+?)(?:\s+voice\b|\s*\(|\s*\.?\s*$)",
    re.IGNORECASE | re.MULTILINE,
)


class _File(BaseModel):
    size_bytes: int
    md5_digest: str


class _Listed(BaseModel):
    files: dict[str, _File]  # by path below the index


_INDEX = TypeAdapter(dict[str, _Listed])


@dataclass(frozen=True, slots=True)
class VoiceFiles:
    """A voice in a folder: the model, its settings, and what we know of it."""

    folder: Path
    name: str

    @property
    def model(self) -> Path:
        """The ONNX model."""
        return self.folder / f"{self.name}.onnx"

    @property
    def config(self) -> Path:
        """The model's settings, JSON."""
        return self.folder / f"{self.name}.onnx.json"

    @property
    def card(self) -> Path:
        """Where the voice comes from, and its licence."""
        return self.folder / f"{self.name}.MODEL_CARD"

    @property
    def language(self) -> str:
        """As the name says: `de`."""
        return self.name.partition("_")[0]

    @property
    def licence(self) -> str:
        """As the card says; where a voice was tuned from another, that one's counts as well."""
        try:
            card = self.card.read_text("utf-8", "replace")
        except OSError:
            card = ""
        licence, tuned = _LICENCE.search(card), _TUNED_FROM.search(card)
        own = licence[1].strip() if licence else "see the voice's model card"
        return f"{own}, tuned from {tuned[1]}" if tuned else own


def voices_in(folder: Path) -> list[VoiceFiles]:
    """The voices there, by name; a model without its settings counts as one."""
    models = sorted(folder.glob("*.onnx"), key=lambda path: path.name)
    return [VoiceFiles(folder, model.stem) for model in models]


def install(
    name: str, folder: Path, *, progress: Progress | None = None, index_url: str | None = None
) -> VoiceFiles:
    """Fetches the voice `name` into `folder`; what is there and whole is not fetched again.

    Raises UnknownVoice when there is none of that name, EngineUnavailable when the network
    fails (call again to go on where it broke off), EngineFailed when what came is damaged.
    """
    demand_name(name)
    index_url = index_url or _piper_index_url()
    files = VoiceFiles(folder, name)
    try:
        wanted = _wanted(files, _index(index_url), index_url)
    except EngineUnavailable as error:
        raise EngineUnavailable(
            "download-without-network",
            reason=error.message,
            model=files.model.name,
            config=files.config.name,
            folder=str(folder.resolve()),
        ) from error
    download(wanted, progress=progress)
    return files


def demand_name(name: str) -> None:
    """Raises UnknownVoice where it is no name of a voice of Piper's."""
    if not _NAME.fullmatch(name):
        raise UnknownVoice("piper-name", name=name[:100], example=RECOMMENDED)


def _piper_index_url() -> str:
    """Where Piper's own downloader looks. Raises EngineUnavailable without Piper."""
    try:
        return str(import_module("piper.download_voices").VOICES_JSON)
    except ImportError as error:
        raise EngineUnavailable("extra-missing", extra="piper") from error


def _index(url: str) -> dict[str, _Listed]:
    try:
        with answer(url) as response:
            return _INDEX.validate_json(response.content)
    except ValidationError as error:
        raise EngineFailed("list-unreadable") from error


def _wanted(files: VoiceFiles, index: dict[str, _Listed], index_url: str) -> list[Download]:
    """Card and settings before the model: a voice is there when its model is."""
    if files.name not in index:
        german = sorted(name for name in index if name.startswith("de_"))
        raise UnknownVoice("piper-unknown", voice=files.name, voices=german)
    targets = {"MODEL_CARD": files.card, files.config.name: files.config}
    targets[files.model.name] = files.model
    listed = index[files.name].files
    return [
        Download(
            (index_url.replace("voices.json", path),),
            target,
            listed[path].size_bytes,
            listed[path].md5_digest,
            algorithm="md5",
        )
        for file, target in targets.items()
        for path in listed
        if path.rpartition("/")[2] == file
    ]
