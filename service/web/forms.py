"""What a form's fields tell, where a JSON body has an object or a list."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from pydantic_core import from_json


def whole(text: str) -> str:
    """The text as UTF-8 has it: in other charsets a form can tell halves of characters."""
    return text.encode("utf-8", "replace").decode()


def cast_in(fields: Sequence[object]) -> object:
    """A cast: one field is JSON, or each is `PART=VOICE`; None for nothing."""
    entries = _filled(fields)
    if len(entries) == 1 and (cast := _json(entries[0], opening="{")) is not None:
        return cast
    return dict(entry.rpartition("=")[::2] for entry in entries) or None


def names_in(fields: Sequence[object]) -> list[object]:
    """A list of names: each field is a JSON list, or names with commas between."""
    return [name for field in _filled(fields) for name in _names(field)]


def _names(field: str) -> list[object]:
    listed = _json(field, opening="[")
    return listed if isinstance(listed, list) else [*_filled(field.split(","))]


def _filled(fields: Sequence[object]) -> list[str]:
    return [text for field in fields if (text := whole(str(field)).strip())]


def _json(text: str, *, opening: str) -> object:
    """What the text says as JSON; None where it is none that begins so."""
    if text.startswith(opening):
        with suppress(ValueError):
            return from_json(text)
    return None
