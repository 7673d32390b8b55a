"""Piper: neural voices on this machine (optional extra, GPL-3).

The ONNX session is our own (graphs.py), and the voice is shared by all threads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING

from service.domain import Form, Sound, Voice
from service.engines.gains import Gains
from service.engines.graphs import GraphDamaged, opened
from service.engines.piper_voices import RECOMMENDED, RECOMMENDED_LICENCE, VoiceFiles, voices_in
from service.engines.speaking import demand_voice, in_pieces, is_whole
from service.errors import (
    EngineFailed,
    EngineUnavailable,
    SpeechError,
    SpeechIncomplete,
)
from service.messages import Message, message

if TYPE_CHECKING:
    from piper import PiperVoice

_FORM = Form(spell_letters=True, split_numbers=True)
_LONGEST_PIECE = 250  # a thread takes 200 MB for as many letters, and 450 for twice as many
_RAW_PHONEMES = re.compile(r"\[\[|\]\]")  # what stands between them would be spoken as such
_NO_PIPER = message("extra-missing", extra="piper")


class PiperEngine:
    """The voices in `folder`, each loaded when it first speaks; `workers` threads speak at once.

    More would be no faster, and take more memory.
    """

    name = "piper"
    longest_text = 20_000

    def __init__(self, *, folder: Path, workers: int = 1) -> None:
        self._folder = folder
        self._turns = BoundedSemaphore(workers)
        self._loaded: dict[str, PiperVoice] = {}
        self._gains = Gains(folder)
        self._lock = Lock()
        self._closed = False

    def voices(self) -> Sequence[Voice]:
        """The installed voices; until a German one can speak also the one to install."""
        voices = [self._voice(files) for files in voices_in(self._folder)]
        install = _recommended()
        if any(
            voice.id == install.id or (voice.language == "de" and not voice.unavailable)
            for voice in voices
        ):
            return voices
        return [*voices, install]

    def speak(self, text: str, *, voice: str) -> Sound:
        """All of `text` at the voice's sample rate.

        Raises EngineUnavailable when the model cannot be loaded, SpeechIncomplete when there
        is nothing to say or too little was said.
        """
        files = self._files(voice)
        loaded = self._load(files)
        plain = _RAW_PHONEMES.sub(" ", text)
        sound = in_pieces(plain, longest=_LONGEST_PIECE, say=partial(self._in_turn, loaded))
        return replace(sound, gain_db=self._gain_db(files))

    def close(self) -> None:
        """Lets go of the models."""
        with self._lock:
            self._closed = True
            self._loaded.clear()

    def _voice(self, files: VoiceFiles) -> Voice:
        unavailable = _what_is_missing(files)
        if not unavailable:
            try:
                self._gain_db(files)  # what could be measured can speak
            except SpeechError as error:
                unavailable = error.message
        name = files.name.partition("-")[2].replace("-", ", ").title()
        return Voice(
            id=f"piper:{files.name}",
            name=name if files.language == "de" else f"{name} ({files.language})",
            engine=self.name,
            language=files.language,
            licence=files.licence,
            form=_FORM,
            unavailable=unavailable,
        )

    def _gain_db(self, files: VoiceFiles) -> float:
        def say(text: str) -> Sound:
            return self._in_turn(self._load(files), text, noise=0.0)

        return self._gains.of(files.name, say)

    def _in_turn(self, loaded: PiperVoice, piece: str, *, noise: float | None = None) -> Sound:
        with self._turns:
            return _say(loaded, piece, noise=noise)

    def _files(self, voice_id: str) -> VoiceFiles:
        installed = {f"{self.name}:{files.name}": files for files in voices_in(self._folder)}
        demand_voice(voice_id, installed)
        return installed[voice_id]

    def _load(self, files: VoiceFiles) -> PiperVoice:
        with self._lock:
            if self._closed:
                raise EngineUnavailable("engine-closed")
            if files.name not in self._loaded:
                self._loaded[files.name] = _load(files)
            return self._loaded[files.name]


def _recommended() -> Voice:
    install = (
        message("voice-not-installed", voice=RECOMMENDED)
        if find_spec("piper")
        else message("voice-not-installed-nor-extra", voice=RECOMMENDED, extra="piper")
    )
    return Voice(
        id=f"piper:{RECOMMENDED}",
        name="Thorsten, Medium",
        engine="piper",
        language="de",
        licence=RECOMMENDED_LICENCE,
        form=_FORM,
        unavailable=install,
    )


def _what_is_missing(files: VoiceFiles) -> Message | None:
    if not find_spec("piper"):
        return _NO_PIPER
    if not files.config.exists():
        return message("voice-incomplete", file=files.config.name, voice=files.name)
    return None


def _load(files: VoiceFiles) -> PiperVoice:
    try:
        piper = import_module("piper")
        settings = json.loads(files.config.read_text("utf-8"))
        config = import_module("piper.config").PiperConfig.from_dict(settings)
    except ImportError as error:
        raise EngineUnavailable.of(_NO_PIPER) from error
    except (OSError, ValueError, LookupError) as error:
        raise _damaged(files) from error
    try:
        session = opened(files.model)
    except GraphDamaged as error:
        raise _damaged(files) from error
    voice: PiperVoice = piper.PiperVoice(session=session, config=config)
    return voice


def _damaged(files: VoiceFiles) -> EngineUnavailable:
    return EngineUnavailable(
        "voice-damaged", voice=files.name, model=str(files.model), config=files.config.name
    )


def _say(voice: PiperVoice, piece: str, *, noise: float | None = None) -> Sound:
    """One piece. The level is the model's own: normalising would lift every soft sentence."""
    config = import_module("piper.config").SynthesisConfig(
        noise_scale=noise,
        noise_w_scale=noise,
        normalize_audio=False,
    )
    try:
        parts = [chunk.audio_int16_bytes for chunk in voice.synthesize(piece, config)]
    except Exception as error:  # its exceptions share no base but this
        raise EngineFailed("engine-failed-at", text=piece[:80], error=str(error)) from error
    sound = Sound(b"".join(parts), voice.config.sample_rate)
    if not is_whole(sound, piece):
        raise SpeechIncomplete(
            "sound-too-short",
            duration_s=round(sound.duration_s, 1),
            letters=len(piece),
            text=piece[:80],
        )
    return sound
