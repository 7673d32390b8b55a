"""A network in which only public addresses can be dialled, and nothing outlasts a deadline.

Over httpcore's public network back-end: a name is resolved here, every address checked, and
exactly a checked address is dialled.
"""

from __future__ import annotations

import contextlib
import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import httpcore

from service.errors import UnreadableSource

_STEP_S = 5.0  # for one connection or one read
_IN_USE = ipaddress.ip_network("2000::/3")  # all of IPv6 that is given out
_HIDDEN = [
    ipaddress.ip_network(block)
    for block in (
        "192.0.0.0/24",  # protocol assignments, and Oracle's metadata
        "192.88.99.0/24",  # 6to4 relays
        "168.63.129.16/32",  # Azure's own
        "2001::/32",  # Teredo: an IPv4 address inside
        "2002::/16",  # 6to4: an IPv4 address inside
        "3fff::/20",  # documentation
    )
]

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Iterable[str]]


def is_public(address: Address) -> bool:
    """Whether anybody on the net may be meant by it, in whatever form it is written."""
    if address.version == 6 and address not in _IN_USE:  # mapped and NAT64 forms included
        return False
    if any(address in network for network in _HIDDEN if network.version == address.version):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


class PublicNetwork(httpcore.NetworkBackend):
    """Dials public addresses only, and lets nothing take longer than the deadline.

    `until` is a time of `time.monotonic`; `allow_private` opens the intranet.
    """

    def __init__(
        self, until: float, resolve: Resolve | None = None, *, allow_private: bool = False
    ) -> None:
        self._until = until
        self._resolve = resolve or look_up
        self._allow_private = allow_private
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 (the deadline is ours)
        local_address: str | None = None,
        socket_options: Any = None,  # noqa: ANN401 (httpcore's own signature)
    ) -> httpcore.NetworkStream:
        """A connection to an address that was checked just now, the first that answers."""
        *others, last = self._checked(host, port)
        for address in others:
            with contextlib.suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return self._dial(address, port, local_address, socket_options)
        return self._dial(last, port, local_address, socket_options)

    def _checked(self, host: str, port: int) -> list[str]:
        names = _in_time(lambda: list(self._resolve(host, port)), self._until)
        addresses = [ipaddress.ip_address(address) for address in names]
        if not addresses:
            raise UnreadableSource("host-not-found", host=host)
        if not self._allow_private and not all(map(is_public, addresses)):
            raise UnreadableSource("address-not-public", host=host)
        return list(map(str, addresses))

    def _dial(
        self,
        address: str,
        port: int,
        local_address: str | None,
        socket_options: Any,  # noqa: ANN401
    ) -> httpcore.NetworkStream:
        left = left_s(self._until)
        stream = self._plain.connect_tcp(address, port, left, local_address, socket_options)
        return _Hurried(stream, self._until)


class _Hurried(httpcore.NetworkStream):
    """A stream whose every step ends at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream = stream
        self._until = until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        """Some bytes, or an error at the deadline."""
        return self._stream.read(max_bytes, left_s(self._until))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Sends all of it, or an error at the deadline."""
        self._stream.write(buffer, left_s(self._until))

    def close(self) -> None:
        """Ends the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """The same, encrypted; the certificate is checked against the name that was asked for."""
        secured = self._stream.start_tls(ssl_context, server_hostname, left_s(self._until))
        return _Hurried(secured, self._until)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 (httpcore's own signature)
        """What the stream below tells."""
        return self._stream.get_extra_info(info)


def left_s(until: float) -> float:
    """Seconds that the next step may take. Raises UnreadableSource at the deadline."""
    left = until - time.monotonic()
    if left <= 0:
        raise UnreadableSource("page-timeout")
    return min(left, _STEP_S)


@cache
def trust() -> ssl.SSLContext:
    """The authorities that this machine trusts; kept, since reading them takes its time."""
    return ssl.create_default_context()


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system knows them. Raises UnreadableSource."""
    try:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as error:
        raise UnreadableSource("host-not-found", host=host) from error
    return [str(entry[4][0]).partition("%")[0] for entry in entries]


def _in_time(ask: Callable[[], list[str]], until: float) -> list[str]:
    """What `ask` returns or raises; the system's resolver has no time limit of its own."""
    answers: queue.SimpleQueue[list[str] | UnreadableSource] = queue.SimpleQueue()

    def answer() -> None:
        try:
            answers.put(ask())
        except UnreadableSource as error:
            answers.put(error)

    threading.Thread(target=answer, daemon=True).start()
    try:
        answered = answers.get(timeout=left_s(until))
    except queue.Empty as error:
        raise UnreadableSource("name-servers-silent") from error
    if isinstance(answered, UnreadableSource):
        raise answered
    return answered
