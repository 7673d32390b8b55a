"""What the long-running commands log, and what they never do: what an article says, or a key."""

from __future__ import annotations

import copy
import logging
import re
import traceback
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any, TextIO

import structlog
import uvicorn.config
import uvicorn.logging
from structlog.typing import EventDict

from service.errors import VorleserError
from service.settings import unknown

log = structlog.get_logger()

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]

# What these say is of the program or the machine; others may quote what was sent.
_SPEAKABLE = (
    VorleserError, OSError, ImportError, AttributeError, NameError, TypeError, RuntimeError,
    MemoryError,
)  # fmt: skip
_QUOTED = re.compile(r"“[^”]*(?:”|$)")  # so our messages quote what a user wrote


def keep_secrets() -> None:
    """Logs from now on neither values of variables, which may be keys, nor what errors quote."""
    *before, renderer = structlog.get_config()["processors"]
    structlog.dev.ConsoleRenderer.get_active().exception_formatter = _write
    structlog.configure(processors=[*before, _unquoted, renderer])


def log_from(level: str) -> None:
    """Logs from now on what is at least that important: debug, info, warning or error."""
    least = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(least))


def tell_unknown(environment: Iterable[str]) -> None:
    """Warns of variables that look like settings and are none: somebody takes them for one."""
    for name, meant in unknown(environment).items():
        log.warning("there is no such setting", name=name, meant=meant or "see the README's table")


def server_logs() -> dict[str, Any]:
    """How uvicorn logs, and through the root all others: in the same manner."""
    config = copy.deepcopy(uvicorn.config.LOGGING_CONFIG)
    config["formatters"]["default"]["()"] = "service.commands.logs.Reticent"
    config["root"] = {"handlers": ["default"], "level": "WARNING"}
    return config


class Reticent(uvicorn.logging.DefaultFormatter):
    """Tracebacks without what the exceptions quote."""

    def formatException(self, ei: ExcInfo) -> str:  # type: ignore[override]  # noqa: N802
        """The traceback as text."""
        return "".join(_lines(ei[1])).rstrip()

    def format(self, record: logging.LogRecord) -> str:
        """The record as text; what another formatter made of its exception is not taken."""
        record.exc_text = None
        return super().format(record)


def _write(out: TextIO, exc_info: ExcInfo) -> None:
    out.write("\n" + "".join(_lines(exc_info[1])).rstrip())


def _lines(error: BaseException, seen: frozenset[int] = frozenset()) -> Iterator[str]:
    """The error's traceback after those of what it came from."""
    origin = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if origin is not None and id(origin) not in seen:
        yield from _lines(origin, seen | {id(error)})
        yield "which led to:\n"
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(error.__traceback__)
    wording = str(error) if isinstance(error, _SPEAKABLE) else "(what it says may quote an article)"
    yield f"{type(error).__module__}.{type(error).__qualname__}: {_QUOTED.sub('“…”', wording)}\n"
    for part in getattr(error, "exceptions", ()):  # of a group
        yield from _lines(part, seen | {id(error)})


def _unquoted(_: object, __: str, event: EventDict) -> EventDict:
    """Log lines without what stands in quotation marks."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = _QUOTED.sub("“…”", value)
    return event
