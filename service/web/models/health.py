"""How the service is."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from service.web.models.describing import described


@described(status="alive")
class Alive(TypedDict):
    """The process answers."""

    status: Literal["alive"]


@described(status="ready", voice="pico:de-DE")
class Ready(TypedDict):
    """Everything that it needs can be used."""

    status: Literal["ready"]
    voice: str
    """Id of the default voice."""
