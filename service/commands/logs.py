"""What the long-running commands log, and what they never do."""

from __future__ import annotations

import structlog


def keep_secrets() -> None:
    """Logs tracebacks without the values of variables, which may be keys or passwords."""
    structlog.dev.ConsoleRenderer.get_active().exception_formatter = structlog.dev.plain_traceback
