"""What every route may use: the parts that the app was built from."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from service.narrate import Narrator
from service.settings import Settings


def _narrator(request: Request) -> Narrator:
    narrator: Narrator = request.app.state.narrator
    return narrator


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


Speaks = Annotated[Narrator, Depends(_narrator)]
Configured = Annotated[Settings, Depends(_settings)]


def base_url(request: Request) -> str:
    """Address of the service as this client sees it, without a trailing slash."""
    settings = _settings(request)
    return (settings.public_url or str(request.base_url)).rstrip("/")
