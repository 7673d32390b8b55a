"""Ports for servers that must be told theirs."""

from __future__ import annotations

import random
import socket
from contextlib import suppress
from pathlib import Path

FIRST = 10_000
CHANCE = random.SystemRandom()  # hypothesis makes the module's own numbers the same everywhere


def free_ports(count: int) -> list[int]:
    """Different ports that nobody uses now, and that the system hands to nobody who asks for any.

    So what else the machine does until a server listens there takes none of them away.
    """
    found: set[int] = set()
    while len(found) < count:
        port = CHANCE.randrange(FIRST, _first_to_hand_out())
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            found.add(port)
    return list(found)


def free_port() -> int:
    """One such port."""
    return free_ports(1)[0]


def _first_to_hand_out() -> int:
    try:
        told = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text("ascii")
    except OSError:  # no Linux
        return 32_768
    return max(int(told.split()[0]), FIRST + 1_000)
