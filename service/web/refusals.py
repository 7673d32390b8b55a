"""How a refusal is described: what each status means here, and a problem that has it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from service.messages import Message, message
from service.web.audiences import is_for_programs, is_for_speakers
from service.web.described import TEXT, Answers, Described, header
from service.web.problems import problem, shaped

_PROBLEM = "application/problem+json"
_WAIT = {"Retry-After": header("Seconds after which to ask again.", "integer")}
_CHALLENGE = {"WWW-Authenticate": header("How to show a key.")}


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a status says, by which name the document has it, and an example."""

    name: str
    meaning: str
    example: Message
    headers: Described = field(default_factory=dict)
    more: dict[str, object] = field(default_factory=dict)


_FIELD = {
    "field": "text",
    "detail": "Input should be a valid string",
    "code": "string-type",
    "params": {},
}
_KINDS = {
    400: _Kind("BadRequest", "It cannot be read.", message("form-unreadable")),
    401: _Kind("KeyNeeded", "It needs a key.", message("key-needed"), _CHALLENGE),
    403: _Kind("Forbidden", "Nobody may do this from there.", message("only-this-machine")),
    404: _Kind("NotFound", "There is no such thing.", message("article-unknown", article="x")),
    409: _Kind(
        "Conflict",
        "What is there stands against it.",
        message("track-incomplete", failed=[3]),
        more={"failed": [3]},
    ),
    412: _Kind(
        "Changed", "It was changed since it was read.", message("article-changed", article="x")
    ),
    413: _Kind("TooLong", "It is too long.", message("request-too-long", limit_mb=5)),
    415: _Kind("OtherKind", "It is of another kind.", message("body-no-json", kind="text/csv")),
    416: _Kind(
        "RangeOutside", "The range is outside the content.", message("range-outside", size=9_216)
    ),
    421: _Kind(
        "HostUnknown", "The service has no such name.", message("host-unknown", host="foe.example")
    ),
    422: _Kind(
        "Invalid",
        "Something in it is wrong.",
        message("request-invalid", faults="text: Input should be a valid string"),
        more={"errors": [_FIELD]},
    ),
    429: _Kind(
        "TooMany",
        "Too many requests came from this address.",
        message("too-many-requests", limit=30, wait_s=41),
        _WAIT,
    ),
    500: _Kind("Unexpected", "The service failed.", message("unexpected")),
    501: _Kind("NotOffered", "It is not offered.", message("oembed-format")),
    502: _Kind("SpeechFailed", "The voice failed.", message("engine-timeout")),
    503: _Kind(
        "Busy", "Something that it needs is not there for now.", message("service-busy"), _WAIT
    ),
}


def refused(*statuses: int) -> Answers:
    """For a route's `responses`: the refusals that are its own, beside those of all."""
    return {status: {"description": _KINDS[status].meaning} for status in statuses}


def reference(status: int, path: str) -> Described:
    """Where the document describes the refusal as it is for that path."""
    return {"$ref": f"#/components/responses/{_form(path)}{_KINDS[status].name}"}


def described() -> dict[str, Described]:
    """All refusals in all their forms, by the names that `reference` gives them."""
    return {
        f"{_form(path)}{kind.name}": _described(status, kind, path)
        for path in ("/api/articles", "/v1/models", "/")
        for status, kind in _KINDS.items()
    }


def _form(path: str) -> str:
    """Programs get problems, OpenAI's clients their own shape, people pages beside problems."""
    if is_for_speakers(path):
        return "Speech"
    return "" if is_for_programs(path) else "Page"


def _described(status: int, kind: _Kind, path: str) -> Described:
    made = shaped(problem(status, kind.example, headers=None, **kind.more), path)
    is_openai = is_for_speakers(path)
    name, media_type = ("SpeechProblem", "application/json") if is_openai else ("Problem", _PROBLEM)
    shape = {"$ref": f"#/components/schemas/{name}"}
    content: Described = {media_type: {"schema": shape, "example": json.loads(bytes(made.body))}}
    if not (is_openai or is_for_programs(path)):
        content["text/html"] = TEXT
    refusal = {"description": kind.meaning, "content": content}
    return refusal | ({"headers": kind.headers} if kind.headers else {})
