"""The feeds' addresses as QR codes (ISO/IEC 18004), for the camera of a phone."""

from __future__ import annotations

from io import BytesIO

import segno
from fastapi import APIRouter, Response

from service.web.parts import Addressed, CollectionDep, readable

router = APIRouter(tags=["feed"])

_SIZE = 6  # of a module, in units of the picture
_HEADERS = {"Cache-Control": "no-cache"}


@readable(router, "/feed.svg")
async def all_of_them(at: Addressed) -> Response:
    """The address of the feed of all articles."""
    return _code(at.url("/feed.xml"))


@readable(router, "/feeds/{collection}.svg")
async def of_a_collection(found: CollectionDep, at: Addressed) -> Response:
    """The address of a collection's feed."""
    return _code(at.url(f"/feeds/{found.name}.xml"))


def _code(address: str) -> Response:
    """Dark on light in every scheme of colours: cameras need it so."""
    content = BytesIO()
    made = segno.make_qr(address, error="m")
    made.save(content, kind="svg", scale=_SIZE, border=4, dark="#000", light="#fff")
    return Response(content.getvalue(), headers=_HEADERS, media_type="image/svg+xml")
