"""Lead pictures, fetched by the service: pages load nothing from elsewhere."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from service.web.parts import Addressed, Configured, PicturesDep, readable

router = APIRouter(tags=["articles"])

_FOR_A_DAY = {"Cache-Control": "public, max-age=86400"}


@readable(router, "/articles/{article_id}/picture.jpg")
async def picture(
    article_id: str, pictures: PicturesDep, settings: Configured, at: Addressed
) -> Response:
    """The lead picture, 512 × 512; the service's own where there is none that can be shown."""
    found = await pictures.get(article_id, allow_private=settings.allow_private_fetch)
    if found is None:
        own = f"{at.root}/static/icon-512.png"
        return RedirectResponse(own, 302, {"Cache-Control": "no-cache"})
    return Response(found, headers=_FOR_A_DAY, media_type="image/jpeg")
