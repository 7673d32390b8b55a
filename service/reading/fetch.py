"""A page from the net, fetched so that nobody can reach what is not public.

Every name is resolved here, every address checked, and exactly that address is dialled; a
redirect is a new request. Over httpcore's public network back-end.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import httpcore

from service.errors import UnreadableSource

MOST_BYTES = 5 << 20  # after decompression
MOST_SECONDS = 15.0  # in all, however slowly it drips
MOST_REDIRECTS = 5
_STEP_S = 5.0  # for one connection or one read
_PORTS = {80, 443}
_TYPES = ("text/html", "application/xhtml+xml")
_HEADERS = [
    (b"User-Agent", b"Vorleser (self-hosted article reader)"),
    (b"Accept", b"text/html, application/xhtml+xml"),
    (b"Accept-Language", b"de, *;q=0.5"),
    (b"Accept-Encoding", b"gzip"),
]
_REDIRECTS = {301, 302, 303, 307, 308}
_HIDDEN = [
    ipaddress.ip_network(block)
    for block in ("192.0.0.0/24", "168.63.129.16/32", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16",
                  "2001::/32", "fec0::/10")
]  # fmt: skip

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched: the address it came from in the end, its bytes, the charset told."""

    url: str
    content: bytes
    charset: str | None


def fetch(url: str, *, allow_private: bool = False, resolve: Resolve | None = None) -> Page:
    """The page behind an address. Raises UnreadableSource, which says what is wrong.

    `allow_private` opens the intranet (and every port); `resolve` is for tests.
    """
    until = time.monotonic() + MOST_SECONDS
    backend = _PublicNetwork(until, resolve or _resolve, allow_private=allow_private)
    with httpcore.ConnectionPool(
        network_backend=backend, ssl_context=ssl.create_default_context()
    ) as pool:
        for _ in range(MOST_REDIRECTS + 1):
            _demand_plain(url, allow_private=allow_private)
            found = _request(pool, url, until)
            if isinstance(found, Page):
                return found
            url = found
    raise UnreadableSource(f"The page redirects more than {MOST_REDIRECTS} times.")


def is_public(address: Address) -> bool:
    """Whether anybody on the net may be meant by it, in whatever form it is written."""
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped:
        return is_public(mapped)
    if any(address in network for network in _HIDDEN if network.version == address.version):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


class _PublicNetwork(httpcore.NetworkBackend):
    """Dials public addresses only, and lets nothing take longer than the deadline."""

    def __init__(self, until: float, resolve: Resolve, *, allow_private: bool) -> None:
        self._until = until
        self._resolve = resolve
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
        """A connection to an address that was checked just now."""
        addresses = [ipaddress.ip_address(found) for found in self._resolve(host, port)]
        if not self._allow_private and not all(map(is_public, addresses)):
            raise UnreadableSource(f"“{host}” is not on the public net, so it is not fetched.")
        if not addresses:
            raise UnreadableSource(f"“{host}” was not found. Check the address.")
        stream = self._plain.connect_tcp(
            str(addresses[0]), port, _left_s(self._until), local_address, socket_options
        )
        return _Hurried(stream, self._until)


class _Hurried(httpcore.NetworkStream):
    """A stream whose every step ends at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream = stream
        self._until = until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        """Some bytes, or an error at the deadline."""
        return self._stream.read(max_bytes, _left_s(self._until))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Sends all of it, or an error at the deadline."""
        self._stream.write(buffer, _left_s(self._until))

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
        secured = self._stream.start_tls(ssl_context, server_hostname, _left_s(self._until))
        return _Hurried(secured, self._until)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 (httpcore's own signature)
        """What the stream below tells."""
        return self._stream.get_extra_info(info)


def _left_s(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise UnreadableSource(f"The page took longer than {MOST_SECONDS:.0f} s.")
    return min(left, _STEP_S)


def _resolve(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreadableSource(f"“{host}” was not found. Check the address.") from error
    return [str(entry[4][0]).partition("%")[0] for entry in found]


def _demand_plain(url: str, *, allow_private: bool) -> None:
    """Raises UnreadableSource for what is no plain web address."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise UnreadableSource(f"“{url[:200]}” is not a web address.") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UnreadableSource("Give an address that begins with http:// or https://.")
    if parts.username is not None or (port not in _PORTS and not allow_private):
        raise UnreadableSource("Addresses with a password or an unusual port are not fetched.")


def _request(pool: httpcore.ConnectionPool, url: str, until: float) -> Page | str:
    """The page, or the address that it redirects to."""
    try:
        with pool.stream("GET", _encoded(url), headers=_HEADERS) as answer:
            headers = {
                name.decode().lower(): value.decode("latin-1") for name, value in answer.headers
            }
            if answer.status in _REDIRECTS and "location" in headers:
                return urljoin(url, headers["location"])
            kind, _, rest = headers.get("content-type", "").partition(";")
            _demand_page(answer.status, kind.strip().lower())
            is_packed = headers.get("content-encoding", "").lower() in {"gzip", "x-gzip"}
            content = _read(answer.iter_stream(), until, is_packed=is_packed)
    except httpcore.TimeoutException as error:
        raise UnreadableSource(
            f"{urlsplit(url).hostname} did not answer in time: the page took longer than it may."
        ) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise UnreadableSource(f"{urlsplit(url).hostname} cannot be reached: {error}.") from error
    charset = rest.partition("charset=")[2].strip(" \"';") or None
    return Page(url, content, charset)


def _demand_page(status: int, kind: str) -> None:
    if status != 200:
        raise UnreadableSource(f"The page answers with status {status}.")
    if kind not in _TYPES:
        raise UnreadableSource(f"There is no web page but “{kind or 'an unknown type'}”.")


def _read(parts: Iterable[bytes], until: float, *, is_packed: bool) -> bytes:
    unpack = zlib.decompressobj(wbits=31)
    content = bytearray()
    for part in parts:
        _left_s(until)
        try:
            content += unpack.decompress(part, MOST_BYTES + 1) if is_packed else part
        except zlib.error as error:
            raise UnreadableSource("The page is packed wrongly.") from error
        if len(content) > MOST_BYTES or unpack.unconsumed_tail:
            raise UnreadableSource(f"The page is larger than {MOST_BYTES >> 20} MB.")
    return bytes(content)


def _encoded(url: str) -> str:
    """The address in ASCII: the name in IDNA, the rest as UTF-8 in percent signs."""
    parts = urlsplit(url)
    try:
        host = (parts.hostname or "").encode("ascii" if ":" in (parts.hostname or "") else "idna")
    except UnicodeError as error:
        raise UnreadableSource(
            f"“{parts.hostname}” is not a name that can be asked for."
        ) from error
    name = f"[{host.decode()}]" if ":" in host.decode() else host.decode()
    port = f":{parts.port}" if parts.port else ""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    return f"{parts.scheme}://{name}{port}{path}{query}"
