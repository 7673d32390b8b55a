"""Errors as RFC 9457 `application/problem+json`: one table from error type to status."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic_core import PydanticCustomError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as ASGIMessage

from service import errors
from service.codes import SENTENCES
from service.messages import Message, Value, message
from service.web.audiences import is_for_speakers

log = structlog.get_logger()

_STATUS: dict[type[Exception], int] = {
    errors.ArticleTooLong: 413,
    errors.AlreadyThere: 409,
    errors.InputError: 422,
    errors.NotFound: 404,
    errors.VersionConflict: 412,
    errors.TrackIncomplete: 409,
    errors.TrackUnfinished: 409,
    errors.EngineUnavailable: 503,
    errors.SpeechError: 502,
    errors.OutOfResources: 503,
    errors.ReadingUnavailable: 503,
    errors.StoreError: 503,
}


# where the framework answers; 400 is its only word for forms that it cannot read
_OF_STATUS = {400: "form-unreadable", 404: "not-found", 405: "method-not-allowed"}


class Refusal(HTTPException):
    """A request that is not served, with the code that says why."""

    def __init__(
        self, status: int, code: str, *, headers: Mapping[str, str] | None = None, **params: Value
    ) -> None:
        self.message = message(code, **params)
        super().__init__(status, str(self.message), headers)


def fault(code: str, /, **params: Value) -> PydanticCustomError:
    """What is wrong with one field, to be raised by its validator."""
    return fault_of(message(code, **params))


def fault_of(message: Message) -> PydanticCustomError:
    """The same of what was found wrong already."""
    return PydanticCustomError(message.code, SENTENCES[message.code], dict(message.params))


def problem(
    status: int,
    message: Message,
    *,
    headers: Mapping[str, str] | None = None,
    **more: object,
) -> JSONResponse:
    """A response that says what went wrong and what to do."""
    title = HTTPStatus(status).phrase
    content = {"type": "about:blank", "title": title, "status": status, **message.json, **more}
    return JSONResponse(
        content, status, headers=headers, media_type="application/problem+json; charset=utf-8"
    )


def install(app: FastAPI) -> None:
    """Makes every error of the app a problem."""
    for kind in (errors.VorleserError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, answer)


class LastResort:
    """ASGI middleware: what nobody expected is answered as a problem, or ends what is under way.

    It goes no further: others would log it, with all that it quotes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        has_begun = False

        async def send_on(part: ASGIMessage) -> None:
            nonlocal has_begun
            has_begun = True
            await send(part)

        try:
            await self._app(scope, receive, send_on)
        except Exception as error:
            if scope["type"] != "http":
                raise
            if has_begun:  # the server closes what is left incomplete, and its reader knows
                log.exception("an answer broke off")
                return
            refusal = shaped(_problem(error), scope["path"])
            await refusal(scope, receive, send)


async def answer(request: Request, error: Exception) -> JSONResponse:
    """The problem for any exception, shaped for the path."""
    refusal = _problem(error)
    if refusal.status_code == 405:  # the framework names the methods of one route alone
        refusal.headers["Allow"] = ", ".join(_methods(request) or ("GET", "HEAD"))
    return shaped(refusal, request.scope["path"].removeprefix(request.scope.get("root_path", "")))


def _methods(request: Request) -> list[str]:
    """What can be done at the address (RFC 9110, section 15.5.6)."""
    routes, scope = request.app.router.routes, request.scope
    return [
        method
        for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
        if any(route.matches({**scope, "method": method})[0] is Match.FULL for route in routes)
    ]


def shaped(refusal: JSONResponse, path: str) -> JSONResponse:
    """The problem as it is; under /v1 in the shape that OpenAI's clients read."""
    return _in_openai_shape(refusal) if is_for_speakers(path) else refusal


def _problem(error: Exception) -> JSONResponse:
    match error:
        case errors.TrackIncomplete():
            return problem(409, error.message, failed=list(error.failed))
        case errors.VorleserError():
            status = _status(error)
            if status >= 500:
                log.warning("request failed", error=str(error), code=error.code)
            return problem(status, error.message, headers=_again(error))
        case RequestValidationError():
            return _invalid(error.errors())
        case ClientDisconnect():  # nobody is told, but who looks at the answer
            return problem(408, message("request-cut-off"))
        case HTTPException():
            return problem(error.status_code, _message_of(error), headers=error.headers)
    log.error("unexpected error", exc_info=error)
    return problem(500, message("unexpected"))


def _message_of(error: HTTPException) -> Message:
    if isinstance(error, Refusal):
        return error.message
    if code := _OF_STATUS.get(error.status_code):
        return message(code)
    return message("http-error", status=error.status_code, detail=error.detail)


def _in_openai_shape(refusal: JSONResponse) -> JSONResponse:
    problem = json.loads(bytes(refusal.body))
    status = 400 if refusal.status_code == 422 else refusal.status_code
    fields = [field["field"] for field in problem.get("errors", [])]
    error = openai_error(
        problem["detail"], status=status, code=problem["code"], param=next(iter(fields), None)
    )
    own = {"content-length", "content-type"}
    headers = {name: value for name, value in refusal.headers.items() if name not in own}
    return JSONResponse({"error": error}, status, headers)


def openai_error(
    detail: str, *, status: int, code: str, param: str | None = None
) -> dict[str, object]:
    """An error as OpenAI writes it; `param` is the field that is wrong."""
    kind = "server_error" if status >= 500 else "invalid_request_error"
    return {"message": detail, "type": kind, "param": param, "code": code}


def _status(error: Exception) -> int:
    return next(_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)


def _again(error: errors.VorleserError) -> dict[str, str] | None:
    """When it may be of use to ask again, if that is known."""
    again_in_s = getattr(error, "again_in_s", None)
    return {"Retry-After": str(math.ceil(again_in_s))} if again_in_s else None


def _invalid(faults: Sequence[Mapping[str, Any]]) -> JSONResponse:
    fields = [_fault(fault) for fault in faults]
    sentence = "; ".join(f"{field['field']}: {field['detail']}" for field in fields)
    return problem(422, message("request-invalid", faults=sentence), errors=fields)


def _fault(fault: Mapping[str, Any]) -> dict[str, object]:
    """One wrong field; the codes are pydantic's types (and those given to `fault`)."""
    values = fault.get("ctx", {}).items()
    return {
        "field": ".".join(map(str, _place(fault))) or "body",
        "detail": fault["msg"],
        "code": fault["type"].replace("_", "-"),
        "params": {name: value for name, value in values if isinstance(value, str | int | float)},
    }


def _place(fault: Mapping[str, Any]) -> list[object]:
    place = fault["loc"]
    return list(place)[1:] if isinstance(place, tuple) else []
