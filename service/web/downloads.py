"""Better voices, fetched from the page by who may write; others see that there is nothing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from service.engines.installing import Installer, Offer
from service.messages import fields
from service.web import models
from service.web.access import MayWrite, is_writer
from service.web.bodies import json_body, read_json
from service.web.parts import Configured, VoicesDep, readable

router = APIRouter(prefix="/api/voices/downloads", tags=["voices"])


async def _installer(request: Request) -> Installer:
    installer: Installer = request.app.state.installer
    return installer


InstallerDep = Annotated[Installer, Depends(_installer)]


class NewDownload(BaseModel):
    """What is to be fetched: `supertonic`, or `piper:NAME`."""

    model_config = ConfigDict(
        extra="forbid", strict=True, json_schema_extra={"examples": [{"name": "supertonic"}]}
    )

    name: Annotated[str, Field(max_length=200)]


@readable(router, "", response_model=models.DownloadList)
def list_downloads(request: Request, installer: InstallerDep, settings: Configured) -> JSONResponse:
    """What can be fetched, and how far it is (`state`, `there` of `size` bytes)."""
    offers = installer.offers() if is_writer(request, settings) else []
    headers = {"Cache-Control": "no-store"}
    return JSONResponse({"downloads": [_entry(offer) for offer in offers]}, headers=headers)


@router.post(
    "", status_code=202, response_model=models.Download, openapi_extra=json_body(NewDownload)
)
async def start_download(
    request: Request, installer: InstallerDep, voices: VoicesDep, _: MayWrite
) -> JSONResponse:
    """Fetches a voice in the background, from where it broke off."""
    wanted = await read_json(request, NewDownload)
    return JSONResponse(_entry(installer.start(wanted.name, voices)), 202)


def _entry(offer: Offer) -> dict[str, object]:
    return {
        "name": offer.name,
        "title": offer.title,
        "voice": offer.voice,
        "licence": offer.licence,
        "size": offer.size,
        **fields("terms", offer.terms),
        "state": offer.step,
        "there": offer.there,
        **fields("error", offer.error),
    }
