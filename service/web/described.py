"""How answers that are no JSON are described, as FastAPI's routes take it in `responses`."""

from __future__ import annotations

from typing import Any

Described = dict[str, Any]
"""One answer (spec.openapis.org/oas/v3.1.0, Response Object)."""
Answers = dict[int | str, Described]
"""Those of a route, by their status."""

TEXT = {"schema": {"type": "string"}}
BINARY = {"schema": {"type": "string", "format": "binary"}}
_OBJECT = {"schema": {"type": "object"}}


def answer(status: int, **described: object) -> Answers:
    """One with that status."""
    return {status: described}


def content(media_type: str) -> Answers:
    """What was asked for, as that kind of content."""
    return answer(200, content={media_type: _schema(media_type.partition(";")[0])})


def events(**shapes: str) -> dict[str, Described]:
    """A stream of server-sent events, each as its fields: names of shapes by names of events."""
    return {
        "text/event-stream": {"schema": {"oneOf": [_event(*shape) for shape in shapes.items()]}}
    }


def header(meaning: str, kind: str = "string") -> Described:
    """A header of an answer."""
    return {"description": meaning, "schema": {"type": kind}}


def _schema(kind: str) -> Described:
    if kind.endswith("json"):
        return _OBJECT
    return TEXT if kind.startswith("text/") or kind.endswith("xml") else BINARY


def _event(name: str, shape: str) -> Described:
    data = {
        "type": "string",
        "contentMediaType": "application/json",
        "contentSchema": {"$ref": f"#/components/schemas/{shape}"},
    }
    fields = {"event": {"const": name}, "id": {"type": "string"}, "data": data}
    return {"type": "object", "required": ["event", "data"], "properties": fields}


UNCHANGED = answer(304, description="It is what the client has already.")
SIGN_IN = answer(303, description="A person signs in first, or has just done so.")
