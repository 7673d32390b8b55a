"""Better voices that can be fetched."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from service.web.models.describing import described
from service.web.models.problems import Params

_DOWNLOAD = {
    "name": "supertonic",
    "title": "Supertonic",
    "voice": "supertonic:F1",
    "licence": "OpenRAIL-M",
    "size": 265_000_000,
    "terms": None,
    "terms_code": None,
    "terms_params": {},
    "state": "fetching",
    "there": 12_000_000,
    "error": None,
    "error_code": None,
    "error_params": {},
}


@described(**_DOWNLOAD)
class Download(TypedDict):
    """A voice that can be fetched, and how far it is."""

    name: str
    title: str
    voice: str
    """Id of a voice that speaks once it is here."""
    licence: str
    size: int
    """Bytes in all."""
    terms: str | None
    """What else is to be known, in English."""
    terms_code: str | None
    terms_params: Params
    state: Literal["absent", "fetching", "ready", "failed"]
    there: int
    """Bytes that are here."""
    error: str | None
    """Why it did not come, in English."""
    error_code: str | None
    error_params: Params


@described(downloads=[_DOWNLOAD])
class DownloadList(TypedDict):
    """Those that are not here, for who may write."""

    downloads: list[Download]
