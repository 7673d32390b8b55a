"""What every route may use: the parts that the app was built from."""

from __future__ import annotations

import re
from typing import Annotated

from anyascii import anyascii
from fastapi import Depends, Request
from pydantic import AfterValidator

from service.narrate import Narrator
from service.settings import Settings
from service.web.problems import fault

READING = ["GET", "HEAD"]  # what every page and file answers
_SLUG = re.compile(r"(?=.{1,64}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")


def _narrator(request: Request) -> Narrator:
    narrator: Narrator = request.app.state.narrator
    return narrator


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _slug(name: str) -> str:
    if not _SLUG.fullmatch(name):
        raise fault("collection-name", name=name[:80])
    return name


def slug(title: str) -> str:
    """A collection's name from any title."""
    name = "-".join(re.findall(r"[a-z0-9]+", anyascii(title).lower()))
    return name[:64].strip("-") or "buch"


Slug = Annotated[str, AfterValidator(_slug)]
Speaks = Annotated[Narrator, Depends(_narrator)]
Configured = Annotated[Settings, Depends(_settings)]


def base_url(request: Request) -> str:
    """Address of the service as this client sees it, without a trailing slash."""
    settings = _settings(request)
    return (settings.public_url or str(request.base_url)).rstrip("/")
