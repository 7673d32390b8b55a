"""A cast in requests: an object of parts and voices, or a form's fields."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated

from pydantic import AfterValidator

from service.domain import Cast
from service.errors import InputError
from service.web.problems import fault_of


def _parts(given: dict[str, str]) -> dict[str, str]:
    try:
        return dict(Cast.of(given).parts)
    except InputError as error:
        raise fault_of(error.message) from error


Parts = Annotated[dict[str, str], AfterValidator(_parts)]


def in_form(fields: Sequence[object]) -> object:
    """What a form's fields tell: one is JSON, or each is `PART=VOICE`; None for nothing."""
    entries = [str(field).strip() for field in fields if str(field).strip()]
    if len(entries) == 1 and entries[0].startswith("{"):
        with suppress(ValueError):
            return json.loads(entries[0])
    return dict(entry.rpartition("=")[::2] for entry in entries) or None
