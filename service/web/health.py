"""Alive, ready, and how it is going."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from service.errors import VorleserError
from service.web import models
from service.web.described import content
from service.web.parts import ReadinessDep, readable
from service.web.problems import problem

router = APIRouter(tags=["health"])


@readable(router, "/healthz", response_model=models.Alive)
async def is_alive() -> JSONResponse:
    """The process answers."""
    return JSONResponse({"status": "alive"})


@readable(router, "/readyz", response_model=models.Ready)
async def is_ready(readiness: ReadinessDep) -> JSONResponse:
    """Database, audio store and default voice can be used: 200, else 503 with the reason."""
    try:
        default = await readiness.check()
    except VorleserError as error:
        return problem(503, error.message)
    return JSONResponse({"status": "ready", "voice": default.id})


@readable(router, "/metrics", response_class=Response, responses=content(CONTENT_TYPE_LATEST))
async def get_metrics() -> Response:
    """Prometheus text."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
