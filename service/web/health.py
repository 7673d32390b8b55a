"""Alive, ready, and how it is going."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from service.errors import VorleserError
from service.web.parts import READING, ReadinessDep
from service.web.problems import problem

router = APIRouter(tags=["health"])


@router.api_route("/healthz", methods=READING)
async def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.api_route("/readyz", methods=READING)
async def ready(readiness: ReadinessDep) -> JSONResponse:
    """Database, audio store and default voice can be used: 200, else 503 with the reason."""
    try:
        default = await readiness.check()
    except VorleserError as error:
        return problem(503, error.message)
    return JSONResponse({"status": "ready", "voice": default.id})


@router.api_route("/metrics", methods=READING)
async def metrics() -> Response:
    """Prometheus text."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
