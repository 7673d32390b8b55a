"""Collections: made, called otherwise, given up; articles are put in by their own routes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from service.domain import ArticleCollection
from service.web import models
from service.web.access import MayWrite
from service.web.bodies import json_body, read_json
from service.web.described import answer, header
from service.web.parts import (
    Addressed,
    Addresses,
    CollectionName,
    CollectionsDep,
    Slug,
    addresses,
    readable,
    slug,
)
from service.web.problems import fault
from service.web.refusals import refused

router = APIRouter(prefix="/api/collections", tags=["collections"])


def _title(given: str) -> str:
    title = " ".join(given.split())
    if not title or not title.isprintable():
        raise fault("collection-title")
    return title


Title = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_title)]


class Renamed(BaseModel):
    """What a collection is called from now on; its address and its episodes' ids stay."""

    model_config = ConfigDict(
        extra="forbid", strict=True, json_schema_extra={"examples": [{"title": "Aus dem Dorf"}]}
    )

    title: Title


class NewCollection(Renamed):
    """What a collection is called; its name is made of that, unless it is given."""

    name: Slug | None = None


@readable(router, "", response_model=models.CollectionList)
async def list_collections(collections: CollectionsDep, at: Addressed) -> JSONResponse:
    """All collections, in the order of their titles."""
    known = await collections.collections()
    return JSONResponse({"collections": [_summary(collection, at) for collection in known]})


@router.post(
    "",
    status_code=201,
    response_model=models.Collection,
    responses=answer(201, headers={"Location": header("Its address.")}) | refused(409),
    openapi_extra=json_body(NewCollection),
)
async def add_collection(
    request: Request, collections: CollectionsDep, _: MayWrite
) -> JSONResponse:
    """A new collection without articles: 201, or 409 where its name has a title."""
    wanted = await read_json(request, NewCollection)
    name = wanted.name or slug(wanted.title)
    await collections.add(ArticleCollection(name, wanted.title))
    at = addresses(request)
    headers = {"Location": f"{at.root}/api/collections/{name}"}
    return JSONResponse(_summary(await collections.get(name), at), 201, headers)


@readable(router, "/{name}", response_model=models.Collection)
async def get_collection(
    name: CollectionName, collections: CollectionsDep, at: Addressed
) -> JSONResponse:
    """One collection."""
    return JSONResponse(_summary(await collections.get(name), at))


@router.patch("/{name}", response_model=models.Collection, openapi_extra=json_body(Renamed))
async def rename_collection(
    name: CollectionName, request: Request, collections: CollectionsDep, _: MayWrite
) -> JSONResponse:
    """Changes the title; the address, the feed's address and its episodes' ids stay."""
    wanted = await read_json(request, Renamed)
    renamed = await collections.rename(name, wanted.title)
    return JSONResponse(_summary(renamed, addresses(request)))


@router.delete("/{name}", status_code=204)
async def delete_collection(
    name: CollectionName, collections: CollectionsDep, _: MayWrite
) -> Response:
    """Forgets the collection; its articles stay."""
    await collections.delete(name)
    return Response(status_code=204)


def _summary(collection: ArticleCollection, at: Addresses) -> dict[str, object]:
    return {
        "name": collection.name,
        "title": collection.title,
        "articles": collection.size,
        "is_book": collection.is_book,
        "feed": at.url(f"/feeds/{collection.name}.xml"),
    }
