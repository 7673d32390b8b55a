"""The speech request as OpenAI clients make it (platform.openai.com/docs/api-reference/audio)."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Iterator
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from service.contracts import Voices
from service.domain import FASTEST_RATE, SLOWEST_RATE, Voice
from service.errors import SpeechError
from service.narration import writing
from service.narration.speech import FORMATS, sentences
from service.web import models
from service.web.access import MayWrite, may_speak
from service.web.bodies import json_body, read_json
from service.web.described import BINARY, answer, events
from service.web.parts import Configured, VoicesDep, WriterDep
from service.web.problems import Refusal, openai_error
from service.web.refusals import refused

router = APIRouter(prefix="/v1", tags=["speech"])

_FOR_SPEAKERS = [Depends(may_speak)]
_MODELS = ("tts-1", "tts-1-hd", "gpt-4o-mini-tts")
_ModelName = Annotated[str, Path(description="One of the names that /v1/models lists.")]
_OPENAI_VOICES = frozenset(
    """
    alloy ash ballad cedar coral echo fable marin nova onyx sage shimmer verse
    """.split()
)


def _voice_name(given: object) -> object:
    """OpenAI's clients name a voice by its name, or by an object with its id."""
    return given.get("id") if isinstance(given, dict) else given


class SpeechRequest(BaseModel):
    """OpenAI's fields; what is not known is passed over, as OpenAI's clients send more."""

    model_config = ConfigDict(
        use_attribute_docstrings=True,
        json_schema_extra={
            "examples": [{"model": "tts-1", "voice": "alloy", "input": "Guten Tag."}]
        },
    )

    input: Annotated[str, Field(min_length=1)]
    """What is spoken."""
    model: str = _MODELS[0]
    """Any name: it makes no difference."""
    voice: Annotated[str, BeforeValidator(_voice_name)] = "alloy"
    """Id of a voice, or one of OpenAI's names, which are the default voice."""
    response_format: Literal["mp3", "opus", "aac", "flac", "wav", "pcm"] = "mp3"
    speed: Annotated[float, Field(ge=0.25, le=4.0, allow_inf_nan=False)] = 1.0
    """The voice's pace, 1 is its own."""
    stream_format: Literal["audio", "sse"] = "audio"
    """As it is, or as events with parts of it in base64."""


_SOUND = dict.fromkeys(sorted({sound.media_type for sound in FORMATS.values()}), BINARY)
_EVENTS = events(message="SpeechEvent")


@router.post(
    "/audio/speech",
    response_class=Response,
    responses=answer(200, content=_SOUND | _EVENTS) | refused(502),
    openapi_extra=json_body(SpeechRequest),
)
async def speak(request: Request, writer: WriterDep, settings: Configured, _: MayWrite) -> Response:
    """Speaks the input; MP3, Opus, AAC and PCM come sentence by sentence."""
    wanted = await read_json(request, SpeechRequest)
    if len(wanted.input) > settings.max_speech_chars:
        raise Refusal(400, "speech-too-long", limit=settings.max_speech_chars)
    if wanted.response_format not in FORMATS:
        raise Refusal(400, "aac-missing", formats=list(FORMATS))
    parts = await run_in_threadpool(_parts, wanted, writer)  # a new voice is measured first
    first = await asyncio.to_thread(_next, parts)  # what goes wrong now is a proper answer
    stream, kind = _audio(first, parts), FORMATS[wanted.response_format].media_type
    if wanted.stream_format == "sse":
        stream, kind = _events(stream), "text/event-stream"
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream, headers=headers, media_type=kind)


@router.get("/models", dependencies=_FOR_SPEAKERS, response_model=models.SpeechModelList)
async def list_models() -> JSONResponse:
    """The names that clients send as `model`; all of them are the voice that is asked for."""
    return JSONResponse({"object": "list", "data": [_model(name) for name in _MODELS]})


@router.get("/models/{model}", dependencies=_FOR_SPEAKERS, response_model=models.SpeechModel)
async def get_model(model: _ModelName) -> JSONResponse:
    """One of these names."""
    if model not in _MODELS:
        raise Refusal(404, "model-unknown", model=model, models=list(_MODELS))
    return JSONResponse(_model(model))


@router.get("/audio/voices", dependencies=_FOR_SPEAKERS, response_model=models.SpeechVoiceList)
def list_speech_voices(voices: VoicesDep) -> JSONResponse:
    """The voices that can speak here."""
    able = [voice for voice in voices.voices() if not voice.unavailable]
    return JSONResponse({"voices": [{"id": voice.id, "name": voice.name} for voice in able]})


def _model(name: str) -> dict[str, object]:
    return {"id": name, "object": "model", "created": 0, "owned_by": "vorleser"}


def _parts(wanted: SpeechRequest, writer: writing.Writer) -> Iterator[bytes]:
    voice = _voice(wanted.voice, writer.voices)
    rate = min(max(wanted.speed, SLOWEST_RATE), FASTEST_RATE)
    speak = partial(writer.voices.engine(voice.id).speak, voice=voice.id)
    spoken = sentences(wanted.input, voice, speak=speak, lexicon=writer.lexicon, rate=rate)
    return FORMATS[wanted.response_format].encode(spoken)


def _voice(name: str, voices: Voices) -> Voice:
    """One of our voices by its id, the default one by any of OpenAI's names."""
    if name.lower() in _OPENAI_VOICES:
        return voices.default
    return voices.voice(name)


async def _audio(first: bytes | None, parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    part = first
    while part:
        yield part
        part = await asyncio.to_thread(_next, parts)


def _next(parts: Iterator[bytes]) -> bytes | None:
    """The next part with bytes in it: an encoder keeps the shortest sentences to itself."""
    return next(filter(None, parts), None)


async def _events(stream: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The audio in base64, and at the end: done, or what went wrong."""
    try:
        async for part in stream:
            yield _event("speech.audio.delta", audio=base64.b64encode(part).decode())
    except SpeechError as error:
        yield _event("error", error=openai_error(str(error), status=502, code=error.code))
    else:
        usage = {"input_tokens": 0, "output_tokens": 0, "total_tokens": 0}
        yield _event("speech.audio.done", usage=usage)


def _event(kind: str, **data: object) -> bytes:
    return f"data: {json.dumps({'type': kind, **data})}\n\n".encode()
