"""The shapes of the OpenAPI document as TypeScript, for the player's code: `make types`."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

from service.app import build
from service.settings import Settings

TYPES = Path(__file__).parents[1] / "static/types.d.ts"
_HEAD = """\
/**
 * What the service takes and answers, as its OpenAPI document tells it.
 * Made by `make types` from the shapes in service/web: change those, not this file.
 */
declare namespace Api {
"""
_PLAIN = {"integer": "number", "number": "number", "string": "string", "boolean": "boolean"}


def typescript(document: dict[str, Any]) -> str:
    """A namespace with a type for each shape of the document."""
    shapes = document["components"]["schemas"].items()
    told = "\n".join(_declaration(name, schema) for name, schema in shapes)
    return f"{_HEAD}{textwrap.indent(told, '  ')}}}\n"


def _declaration(name: str, schema: dict[str, Any]) -> str:
    comment = _comment(schema)
    if "properties" in schema:
        return f"{comment}interface {name} {_object(schema)}\n"
    return f"{comment}type {name} = {_type(schema)};\n"


def _comment(schema: dict[str, Any]) -> str:
    said = " ".join(schema.get("description", "").split())
    return f"/** {said} */\n" if said else ""


def _object(schema: dict[str, Any]) -> str:
    required = schema.get("required", ())
    fields = "".join(
        f"{_comment(field)}{name}{'' if name in required else '?'}: {_type(field)};\n"
        for name, field in schema["properties"].items()
    )
    return f"{{\n{textwrap.indent(fields, '  ')}}}"


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if literals := schema.get("enum") or ([schema["const"]] if "const" in schema else []):
        return " | ".join(json.dumps(one).replace('"', "'") for one in literals)
    if several := schema.get("anyOf") or schema.get("oneOf"):
        return " | ".join(dict.fromkeys(map(_type, several)))
    return _of_kind(schema)


def _of_kind(schema: dict[str, Any]) -> str:
    match schema.get("type"):
        case "array":
            items = _type(schema["items"])
            return f"({items})[]" if " | " in items else f"{items}[]"
        case "object" if "properties" in schema:
            return _object(schema)
        case "object":
            return f"Record<string, {_type(schema.get('additionalProperties') or {})}>"
        case "null":
            return "null"
        case kind:
            return _PLAIN.get(kind or "", "unknown")


if __name__ == "__main__":
    TYPES.write_text(typescript(build(Settings()).openapi()), "utf-8")
