"""A page from the net, within limits on address, time, size and type.

Every redirect is a new request, checked anew; the network below dials public addresses only.
"""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

import httpcore
import idna

from service.errors import UnreadableSource
from service.net.network import PublicNetwork, Resolve, left_s, trust

MOST_BYTES = 5 << 20  # of a page, after decompression
MOST_SECONDS = 30.0  # in all, however slowly it drips
MOST_REDIRECTS = 5
_PORTS = {80, 443}
_GZIP = 31  # window bits that stand for a gzip header
_TYPES = ("text/html", "application/xhtml+xml")
_HEADERS = [
    (b"User-Agent", b"Vorleser (self-hosted article reader)"),
    (b"Accept", b"text/html, application/xhtml+xml, application/pdf, */*;q=0.5"),
    (b"Accept-Language", b"de, *;q=0.5"),
    (b"Accept-Encoding", b"gzip"),
]
_REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched: the address it came from in the end, its bytes, the charset told.

    `kind` is the media type ("" when it is not told), `name` that of the file ("" for none).
    """

    url: str
    content: bytes
    charset: str | None = None
    kind: str = ""
    name: str = ""


Limit = Callable[[str, str], int]


def of_a_page(kind: str, _name: str) -> int:
    """How many bytes are taken of an answer of this media type: pages alone are.

    Raises UnreadableSource for what is not wanted.
    """
    if kind not in _TYPES:
        raise UnreadableSource("page-not-web", kind=kind or "?")
    return MOST_BYTES


def fetch(
    url: str,
    *,
    limit: Limit = of_a_page,
    allow_private: bool = False,
    resolve: Resolve | None = None,
) -> Fetched:
    """The page behind an address. Raises UnreadableSource, which says what is wrong.

    `limit` tells by media type and file name how many bytes are wanted, or raises;
    `allow_private` opens the intranet (and every port); `resolve` is for tests.
    """
    until = time.monotonic() + MOST_SECONDS
    backend = PublicNetwork(until, resolve, allow_private=allow_private)
    with httpcore.ConnectionPool(network_backend=backend, ssl_context=trust()) as pool:
        for _ in range(MOST_REDIRECTS + 1):
            _demand_plain(url, allow_private=allow_private)
            answer = _request(pool, url, until, limit)
            if isinstance(answer, Fetched):
                return answer
            url = answer
    raise UnreadableSource("page-redirects", most=MOST_REDIRECTS)


def _demand_plain(url: str, *, allow_private: bool) -> None:
    """Raises UnreadableSource for what is no plain web address."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise UnreadableSource("address-not-web", address=url[:200]) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UnreadableSource("address-scheme")
    if parts.username is not None or (port not in _PORTS and not allow_private):
        raise UnreadableSource("address-odd")


def _request(pool: httpcore.ConnectionPool, url: str, until: float, limit: Limit) -> Fetched | str:
    """The page, or the address that it redirects to."""
    host = urlsplit(url).hostname or url
    try:
        with pool.stream("GET", _encoded(url), headers=_HEADERS) as answer:
            headers = {_text(name).lower(): _text(value) for name, value in answer.headers}
            if answer.status in _REDIRECTS and "location" in headers:
                return _joined(url, headers["location"])
            if answer.status != 200:
                raise UnreadableSource("page-status", status=answer.status)
            kind, _, more = headers.get("content-type", "").partition(";")
            kind, name = kind.strip().lower(), _named(url, headers)
            most = limit(kind, name)
            packing = headers.get("content-encoding", "").strip().lower()
            sent = _bounded(answer.iter_stream(), until, most)
            content = b"".join(_bounded(_unpacked(sent, packing, most), until, most))
    except httpcore.TimeoutException as error:
        raise UnreadableSource("host-timeout", host=host) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        why = str(error).rstrip(".")
        raise UnreadableSource("host-unreachable", host=host, error=why) from error
    return Fetched(url, content, _parameter(more, "charset"), kind, name)


def _named(url: str, headers: dict[str, str]) -> str:
    """The name of the file: as it is told, else the end of the path."""
    given = _parameter(headers.get("content-disposition", ""), "filename")
    return PurePosixPath(unquote(given or urlsplit(url).path)).name


def _unpacked(parts: Iterable[bytes], packing: str, most: int) -> Iterator[bytes]:
    """The bytes of the page, at most `most` + 1 from each part that came."""
    if packing in {"", "identity"}:
        yield from parts
        return
    if packing not in {"gzip", "x-gzip"}:
        raise UnreadableSource("page-packing-unknown", packing=packing)
    unpack = zlib.decompressobj(wbits=_GZIP)
    for part in parts:
        rest = part
        while rest:
            if unpack.eof:  # a gzip file may be several, one after the other
                unpack = zlib.decompressobj(wbits=_GZIP)
            try:
                yield unpack.decompress(rest, most + 1)
            except zlib.error as error:
                raise UnreadableSource("page-packed-wrongly") from error
            rest = unpack.unused_data or unpack.unconsumed_tail
    if not unpack.eof:
        raise UnreadableSource("page-cut-off")


def _bounded(parts: Iterable[bytes], until: float, most: int) -> Iterator[bytes]:
    """The parts, until they are too many or it is too late."""
    size = 0
    for part in parts:
        left_s(until)
        size += len(part)
        if size > most:
            raise UnreadableSource("page-too-large", limit_mb=most >> 20)
        yield part


def _text(raw: bytes) -> str:
    """A header in UTF-8, as browsers read it, else in Latin-1."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _parameter(header: str, name: str) -> str | None:
    match = re.search(rf"\b{name}\s*=\s*[\"']?([^\s\"';]+)", header, re.IGNORECASE)
    return match[1] if match else None


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise UnreadableSource("page-redirects-nowhere", address=location[:200]) from error


def _encoded(url: str) -> str:
    """The address in ASCII: the name in IDNA (2008, UTS 46), the rest in percent signs."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        name = host if host.isascii() else idna.encode(host, uts46=True).decode()
    except UnicodeError as error:
        raise UnreadableSource("host-name-impossible", host=host) from error
    if ":" in name:
        name = f"[{name}]"
    port = f":{parts.port}" if parts.port else ""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    return f"{parts.scheme}://{name}{port}{path}{query}"
