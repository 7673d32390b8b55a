"""The feeds' addresses as QR codes (ISO/IEC 18004), for the camera of a phone."""

from __future__ import annotations

from io import BytesIO

import segno
from fastapi import APIRouter, Response

from service.web.described import content
from service.web.parts import Addressed, CollectionDep, readable

router = APIRouter(tags=["feed"], default_response_class=Response)

_SIZE = 6  # of a module, in units of the picture
_SVG = "image/svg+xml"
_PICTURE = content(_SVG)
_HEADERS = {"Cache-Control": "no-cache"}


@readable(router, "/feed.svg", responses=_PICTURE)
async def get_feed_code(at: Addressed) -> Response:
    """The address of the feed of all articles."""
    return _code(at.url("/feed.xml"))


@readable(router, "/feeds/{collection}.svg", responses=_PICTURE)
async def get_collection_feed_code(collection: CollectionDep, at: Addressed) -> Response:
    """The address of a collection's feed."""
    return _code(at.url(f"/feeds/{collection.name}.xml"))


def _code(address: str) -> Response:
    """Dark on light in every scheme of colours: cameras need it so."""
    picture = BytesIO()
    made = segno.make_qr(address, error="m")
    made.save(picture, kind="svg", scale=_SIZE, border=4, dark="#000", light="#fff")
    return Response(picture.getvalue(), headers=_HEADERS, media_type=_SVG)
