"""The OpenAPI document: for programs, and as a page for people."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from service.web.described import UNCHANGED, content
from service.web.openapi import operations
from service.web.parts import readable, root_of
from service.web.site import page
from service.web.unchanged import if_changed

router = APIRouter(tags=["pages"], default_response_class=Response)


@readable(router, "/openapi.json", responses=content("application/json") | UNCHANGED)
def get_document(request: Request) -> Response:
    """This document (OpenAPI 3.1)."""
    root = root_of(request)
    place = {"servers": [{"url": root}]} if root else {}
    return if_changed(request, JSONResponse(request.app.openapi() | place))


@readable(router, "/docs", responses=content("text/html; charset=utf-8") | UNCHANGED)
def docs_page(request: Request) -> Response:
    """What programs can ask for, in words."""
    document = request.app.openapi()
    context = {
        "document": document,
        "groups": [(tag, _group(document, tag["name"])) for tag in document["tags"]],
        "refusals": document["components"]["responses"],
    }
    return if_changed(request, page(request, "docs.html", context))


def _group(document: dict[str, Any], tag: str) -> list[tuple[str, str, dict[str, Any]]]:
    return [operation for operation in operations(document) if tag in operation[2]["tags"]]
