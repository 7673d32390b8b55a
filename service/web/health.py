"""Alive, ready, and how it is going."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from service.errors import VorleserError
from service.web.parts import READING, Speaks
from service.web.problems import problem

router = APIRouter(tags=["health"])


@router.api_route("/healthz", methods=READING)
async def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.api_route("/readyz", methods=READING)
async def ready(narrator: Speaks) -> JSONResponse:
    """Database, audio store and default voice can be used: 200, else 503 with the reason."""
    try:
        await narrator.newest(limit=1)
        await narrator.audio.get_range(await narrator.audio.put(b"ready"), start=0, end=5)
        default = await run_in_threadpool(narrator.voices.voice, None)
    except VorleserError as error:
        return problem(503, error.message)
    return JSONResponse({"status": "ready", "voice": default.id})


@router.api_route("/metrics", methods=READING)
async def metrics() -> Response:
    """Prometheus text."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
