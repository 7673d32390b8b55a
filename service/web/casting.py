"""A cast in requests: an object of parts and voices."""

from __future__ import annotations

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
