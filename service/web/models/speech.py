"""Speech as OpenAI's clients ask for it: voices, models, streams."""

from __future__ import annotations

from typing import Literal

from pydantic import RootModel
from typing_extensions import TypedDict

from service.web.models.describing import described
from service.web.models.problems import SpeechFault

_MODEL = {"id": "tts-1", "object": "model", "created": 0, "owned_by": "vorleser"}


@described()
class SpeechVoice(TypedDict):
    """A voice that can speak here."""

    id: str
    name: str


@described(voices=[{"id": "pico:de-DE", "name": "Pico"}])
class SpeechVoiceList(TypedDict):
    """The voices that can speak here."""

    voices: list[SpeechVoice]


@described(**_MODEL)
class SpeechModel(TypedDict):
    """A name that clients send as `model`."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


@described(object="list", data=[_MODEL])
class SpeechModelList(TypedDict):
    """All of them."""

    object: Literal["list"]
    data: list[SpeechModel]


@described()
class SpeechDelta(TypedDict):
    """A part of the sound."""

    type: Literal["speech.audio.delta"]
    audio: str
    """In base64."""


@described()
class SpeechUsage(TypedDict):
    """Nothing is counted here."""

    input_tokens: int
    output_tokens: int
    total_tokens: int


@described()
class SpeechDone(TypedDict):
    """All of the sound was sent."""

    type: Literal["speech.audio.done"]
    usage: SpeechUsage


@described()
class SpeechBroken(TypedDict):
    """The voice failed on the way."""

    type: Literal["error"]
    error: SpeechFault


class SpeechEvent(RootModel[SpeechDelta | SpeechDone | SpeechBroken]):
    """The data of one event of a stream."""
