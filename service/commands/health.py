"""Whether the service on this machine can be used: what the container's health check runs."""

from __future__ import annotations

import ipaddress
import sys
from http.client import HTTPConnection, HTTPException

from service.settings import Settings

_PATIENCE_S = 14


def is_ready(settings: Settings) -> bool:
    """Whether GET /readyz is answered with 200 where the service listens."""
    connection = HTTPConnection(_reached(settings.host), settings.port, timeout=_PATIENCE_S)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _reached(host: str) -> str:
    """Where one reaches who listens there: all addresses are also this machine's own."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if not address.is_unspecified:
        return host
    return "127.0.0.1" if address.version == 4 else "::1"


if __name__ == "__main__":
    sys.exit(not is_ready(Settings.read()))
