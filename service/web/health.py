"""Alive, ready, and how it is going."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST

from service.errors import VorleserError
from service.web.metrics import Metrics
from service.web.parts import PartsDep, ReadinessDep, readable
from service.web.problems import problem

router = APIRouter(tags=["health"])


@readable(router, "/healthz")
async def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@readable(router, "/readyz")
async def ready(readiness: ReadinessDep) -> JSONResponse:
    """Database, audio store and default voice can be used: 200, else 503 with the reason."""
    try:
        default = await readiness.check()
    except VorleserError as error:
        return problem(503, error.message)
    return JSONResponse({"status": "ready", "voice": default.id})


@readable(router, "/metrics")
async def metrics(request: Request, parts: PartsDep) -> Response:
    """Prometheus text: this process's figures, and what is queued and running in all of them."""
    found: Metrics = request.app.state.metrics
    text = await found.text(parts, followers=request.app.state.newsroom.followers)
    return Response(text, media_type=CONTENT_TYPE_LATEST)
