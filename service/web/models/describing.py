"""How a shape is described: by the docstrings of its fields, and by an example."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import ConfigDict, with_config

_Shape = TypeVar("_Shape", bound=type[Any])


def described(**example: object) -> Callable[[_Shape], _Shape]:
    """Makes the docstrings of a shape's fields their descriptions; `example` is a whole one."""
    extra: Any = {"examples": [example]} if example else None
    return with_config(ConfigDict(use_attribute_docstrings=True, json_schema_extra=extra))
