"""Voices: who can speak."""

from __future__ import annotations

from typing_extensions import TypedDict

from service.web.models.describing import described
from service.web.models.problems import Params

_VOICE = {
    "id": "pico:de-DE",
    "name": "Pico",
    "engine": "pico",
    "language": "de-DE",
    "licence": "Apache-2.0",
    "online": False,
    "available": True,
    "reason": None,
    "reason_code": None,
    "reason_params": {},
    "default": True,
}


@described(**_VOICE)
class Voice(TypedDict):
    """An engine with one of its voices."""

    id: str
    name: str
    engine: str
    language: str
    """RFC 5646, such as `de-DE`."""
    licence: str
    online: bool
    """Whether text leaves the machine."""
    available: bool
    """Whether it can speak here."""
    reason: str | None
    """Why it cannot, and what to do, in English."""
    reason_code: str | None
    reason_params: Params
    default: bool
    """Whether it speaks where none is asked for."""


@described(voices=[_VOICE])
class VoiceList(TypedDict):
    """Every voice."""

    voices: list[Voice]
