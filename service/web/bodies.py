"""JSON bodies: read within their limit, and called what they are where they are no JSON."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from service.web.problems import Refusal

_Body = TypeVar("_Body", bound=BaseModel)
_OTHER_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # UTF-32 begins as UTF-16 does

_HALF = re.compile(rb"\\u[dD][89a-fA-F]")


def media_type(header: str) -> str:
    """What a Content-Type names, small and without its parameters (RFC 9110, section 8.3.1)."""
    return header.partition(";")[0].strip().lower()


async def body_of(request: Request) -> bytes:
    """The whole body; it can be asked for more than once. Raises 413."""
    if not hasattr(request.state, "body"):
        limit = request.app.state.longest_body  # the route's own may be for files
        content = bytearray()
        async for part in request.stream():
            content += part
            if len(content) > limit:
                raise Refusal(413, "request-too-long", limit_mb=limit >> 20)
        request.state.body = bytes(content)
    body: bytes = request.state.body
    return body


async def read_json(request: Request, kind: type[_Body]) -> _Body:
    """The body as that model. Raises 413, 415, or 422 with the fields that are wrong.

    What it is declared to be counts only where it is no JSON: scripts of other pages send theirs
    as plain text, which spares a preflight.
    """
    content = (await body_of(request)).removeprefix(codecs.BOM_UTF8)
    with as_request_error():
        try:
            return kind.model_validate_json(content)
        except ValidationError as error:
            if error.errors(include_input=False)[0]["type"] == "json_invalid":
                _refuse_other_kinds(content, request.headers.get("content-type", ""))
            raise


def json_body(kind: type[BaseModel], **others: object) -> dict[str, object]:
    """How a route that reads its body itself is described in the OpenAPI; `others` by type."""
    schema = kind.model_json_schema(ref_template="#/components/schemas/{model}")
    for shape in schema.get("oneOf", [schema]):
        shape["properties"] = {name: _given(field) for name, field in shape["properties"].items()}
    content = {"application/json": {"schema": schema}, **others}
    return {"requestBody": {"required": True, "content": content}}


def _given(field: dict[str, Any]) -> dict[str, Any]:
    """A field without null, which is taken for nothing, not asked for."""
    others = {key: value for key, value in field.items() if key not in {"anyOf", "default"}}
    wanted = [choice for choice in field.get("anyOf", ()) if choice.get("type") != "null"]
    return others | wanted[0] if len(wanted) == 1 else field


@contextmanager
def as_request_error() -> Iterator[None]:
    """Raises what a model finds wrong as FastAPI does, without the values that were sent."""
    try:
        yield
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
        placed = [fault | {"loc": ("body", *fault["loc"])} for fault in faults]
        raise RequestValidationError(placed) from None


def _refuse_other_kinds(content: bytes, declared: str) -> None:
    """Raises 415 or 422 for what somebody did not mean to be JSON in UTF-8."""
    kind = media_type(declared)
    is_meant = kind in {"", "application/json"} or kind.endswith("+json")
    if not is_meant and content.lstrip()[:1] not in {b"{", b"["}:
        raise Refusal(415, "body-no-json", kind=kind[:80])
    if (code := _encoding(content)) is not None:
        raise Refusal(422, code)
    if _is_lenient_json(content):
        raise Refusal(422, "body-half-character")


def _is_lenient_json(content: bytes) -> bool:
    """Whether it is JSON but for halves of characters, which Python's own parser lets pass."""
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return _HALF.search(content) is not None


def _encoding(content: bytes) -> str | None:
    """The code for what text that is no UTF-8 seems to be in, None where it is UTF-8."""
    if content.startswith(_OTHER_MARKS) or b"\0" in content[:2]:
        return "body-utf-16"
    try:
        content.decode()
    except UnicodeDecodeError:
        return "body-latin-1"
    return None
