"""The service as an OpenAPI document (spec.openapis.org/oas/v3.1.0).

FastAPI tells the paths, parameters and answers of the routes. Added is what it cannot know: how
refusals look and which every route may give, who may ask, and the shapes that no route names.
"""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock
from typing import Any

from fastapi import FastAPI
from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from service.web import models, refusals
from service.web.audiences import is_for_speakers
from service.web.hosts import PROBES
from service.web.readers import COOKIE, is_open

_MAKING = Lock()
_REF = "#/components/schemas/{model}"
_DONE = {
    "200": "What was asked for.",
    "201": "It was made.",
    "202": "It is under way.",
    "204": "It is done.",
}
TAGS = [
    {"name": "articles", "description": "Articles: post, list, read, edit, delete, follow."},
    {"name": "collections", "description": "Articles under a name, with a feed of their own."},
    {"name": "audio", "description": "What is heard of an article, and what goes along with it."},
    {"name": "feed", "description": "Podcast feeds."},
    {"name": "embed", "description": "The player on other people's pages."},
    {"name": "voices", "description": "Who can speak."},
    {"name": "speech", "description": "Speech as OpenAI's clients ask for it."},
    {"name": "tokens", "description": "Who may read a private library."},
    {"name": "pages", "description": "What people see, and what their browsers need for it."},
    {"name": "health", "description": "How the service is."},
]
_WRITING = "apiKey"
_READING = {
    "readKey": {
        "type": "http",
        "scheme": "bearer",
        "description": "A read key (VORLESER_READ_KEYS) or a token, where the library is private.",
    },
    "readToken": {
        "type": "apiKey",
        "in": "query",
        "name": "token",
        "description": "The same in the address, for players and podcast apps.",
    },
    "readCookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": COOKIE,
        "description": "What a browser gets for one of them at /sign-in.",
    },
}


class SelfDescribed(FastAPI):
    """An app whose OpenAPI document is complete."""

    def openapi(self) -> dict[str, Any]:
        """The document, made when it is first asked for."""
        with _MAKING:  # a second or two, in a thread, where others may ask at the same time
            if not self.openapi_schema:
                self.openapi_schema = _completed(super().openapi())
            return self.openapi_schema


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method, and what the document says of the two."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def _completed(document: dict[str, Any]) -> dict[str, Any]:
    components = document["components"]
    components["securitySchemes"] |= _READING
    components["responses"] = refusals.described()
    schemas = components["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)  # the framework's own, which nobody gets
    schemas |= _shapes()
    for path, _, operation in operations(document):
        _summarise(operation)
        _tell_who(path, operation)
        _tell_refusals(path, operation)
        schemas |= _named_bodies(operation)
    components["schemas"] = dict(sorted(schemas.items()))
    return document


def _shapes() -> dict[str, Any]:
    """All shapes of answers; FastAPI leaves out those of events, and every null of an example."""
    shapes = [getattr(models, name) for name in models.__all__]
    mode: JsonSchemaMode = "serialization"
    named = [(shape, mode, TypeAdapter(shape)) for shape in shapes]
    schemas: dict[str, Any] = TypeAdapter.json_schemas(named, ref_template=_REF)[1]["$defs"]
    for shape in shapes:
        for base in set(getattr(shape, "__orig_bases__", ())) & set(shapes):
            _inherit(schemas[shape.__name__], schemas[base.__name__])
    return schemas


def _inherit(schema: dict[str, Any], base: dict[str, Any]) -> None:
    """Fields keep the descriptions that they have where they are from, which pydantic forgets."""
    for name, field in base["properties"].items():
        schema["properties"][name] = field | schema["properties"][name]


def _summarise(operation: dict[str, Any]) -> None:
    """A docstring's first line is the summary, the rest the description."""
    summary, _, rest = operation.pop("description").partition("\n")
    operation["summary"] = summary
    if rest.strip():
        operation["description"] = rest.strip()


def _tell_who(path: str, operation: dict[str, Any]) -> None:
    """Keys are only needed where the operator set some: `{}` is that none is."""
    if "security" not in operation and not is_open(path):
        operation["security"] = [{name: []} for name in (_WRITING, *_READING)]
    operation["security"] = [{}, *operation.get("security", ())]


def _tell_refusals(path: str, operation: dict[str, Any]) -> None:
    answers = operation["responses"]
    for status in _common(path, operation):
        answers[str(status)] = {}
    if is_for_speakers(path):
        answers.pop("422", None)
    operation["responses"] = answers = dict(sorted(answers.items()))
    for status in answers:
        if int(status) >= 400:
            answers[status] = refusals.reference(int(status), path)
        elif answers[status]["description"] == "Successful Response":
            answers[status]["description"] = _DONE[status]


def _common(path: str, operation: dict[str, Any]) -> Iterator[int]:
    """The refusals that follow from what the route is, not from what it does."""
    yield from (500, 503)
    if path not in PROBES:
        yield 421
    if "{" in path:
        yield 404
    if len(operation["security"]) > 1:
        yield from (401, 429)
    if operation["security"] == [{}, {_WRITING: []}]:
        yield 403
    if "requestBody" in operation:
        yield from (413, 415)
        yield 400 if is_for_speakers(path) else 422


def _named_bodies(operation: dict[str, Any]) -> dict[str, Any]:
    """The shapes of a request's bodies, which the operation refers to from then on."""
    named: dict[str, Any] = {}
    for body in operation.get("requestBody", {}).get("content", {}).values():
        schema = body["schema"]
        named |= schema.pop("$defs", {})
        if "title" in schema:
            named[schema["title"]] = schema
            body["schema"] = {"$ref": _REF.format(model=schema["title"])}
    return named
