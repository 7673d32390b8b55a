"""For whom an address is, which tells in what shape it refuses."""

from __future__ import annotations

import re

# What players and programs ask for, whatever they say that they accept.
_FOR_PROGRAMS = re.compile(
    r"/(?:(?:api|v1|static|clips|feeds)(?:/.*)?|articles/[^/]+/.+"
    r"|oembed|healthz|readyz|[^/]+\.(?:js|json|xml|txt|webmanifest|jpg|png|svg|ico))",
    re.DOTALL,
)


def is_for_programs(path: str) -> bool:
    """Whether a person's browser never shows by itself what is there."""
    return bool(_FOR_PROGRAMS.fullmatch(path))


def is_for_speakers(path: str) -> bool:
    """Whether OpenAI's clients ask there."""
    return path.startswith("/v1/")
