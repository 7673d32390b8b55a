"""Collections: made, called otherwise, given up; articles are put in by their own routes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from service.domain import ArticleCollection
from service.web.access import Writer
from service.web.bodies import json_body, read_json
from service.web.parts import (
    Addressed,
    Addresses,
    CollectionsDep,
    Slug,
    addresses,
    readable,
    slug,
)
from service.web.problems import fault

router = APIRouter(prefix="/api/collections", tags=["collections"])


def _title(given: str) -> str:
    title = " ".join(given.split())
    if not title or not title.isprintable():
        raise fault("collection-title")
    return title


Title = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_title)]


class Renamed(BaseModel):
    """What a collection is called from now on; its address and its episodes' ids stay."""

    model_config = ConfigDict(extra="forbid", strict=True)

    title: Title


class NewCollection(Renamed):
    """What a collection is called; its name is made of that, unless it is given."""

    name: Slug | None = None


@readable(router, "")
async def listed(collections: CollectionsDep, at: Addressed) -> dict[str, object]:
    """All collections, in the order of their titles."""
    return {"collections": [_told(one, at) for one in await collections.collections()]}


@router.post("", status_code=201, openapi_extra=json_body(NewCollection))
async def add(request: Request, collections: CollectionsDep, _: Writer) -> JSONResponse:
    """A new collection without articles: 201, or 409 where its name has a title."""
    wanted = await read_json(request, NewCollection)
    name = wanted.name or slug(wanted.title)
    await collections.add(ArticleCollection(name, wanted.title))
    at = addresses(request)
    headers = {"Location": f"{at.root}/api/collections/{name}"}
    return JSONResponse(_told(await collections.get(name), at), 201, headers)


@readable(router, "/{name}")
async def read(name: str, collections: CollectionsDep, at: Addressed) -> dict[str, object]:
    """One collection."""
    return _told(await collections.get(name), at)


@router.patch("/{name}", openapi_extra=json_body(Renamed))
async def rename(
    name: str, request: Request, collections: CollectionsDep, _: Writer
) -> dict[str, object]:
    """Changes the title; the address, the feed's address and its episodes' ids stay."""
    wanted = await read_json(request, Renamed)
    return _told(await collections.rename(name, wanted.title), addresses(request))


@router.delete("/{name}", status_code=204)
async def delete(name: str, collections: CollectionsDep, _: Writer) -> Response:
    """Forgets the collection; its articles stay."""
    await collections.delete(name)
    return Response(status_code=204)


def _told(one: ArticleCollection, at: Addresses) -> dict[str, object]:
    return {
        "name": one.name,
        "title": one.title,
        "articles": one.size,
        "is_book": one.is_book,
        "feed": at.url(f"/feeds/{one.name}.xml"),
    }
