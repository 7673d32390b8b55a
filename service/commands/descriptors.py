"""File descriptors: as many as we may have, and some of them for our own work."""

from __future__ import annotations

import sys

_ENOUGH = 65_536
_OWN = 400  # for the library, the audio, voices, and connections that are just being refused
_FEWEST = 32


def raised() -> int:
    """Raises this process's limit to what it may be; returns how many descriptors that are."""
    if sys.platform == "win32":
        return _ENOUGH
    import resource  # noqa: PLC0415 (not everywhere)

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _ENOUGH if hard == resource.RLIM_INFINITY else min(hard, _ENOUGH)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return most


def for_connections(descriptors: int, *, wanted: int) -> int:
    """How many connections may use one, of so many that there are."""
    return max(_FEWEST, min(wanted, descriptors - _OWN))
