"""The track: ranges against FileResponse and nginx, joining, editing, slow listeners."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
from pydub import AudioSegment

from service.domain import FRAME_BYTES
from service.engines.decode import decoded
from service.sound.track import SILENT_FRAME
from tests.articles import article
from tests.bench.press_play import long_text, until_frames
from tests.integration import Service

ROUNDS = 3
PAIRS, ROUND_S = 7, 1.0
CONNECTIONS = 4
PARAGRAPHS = 500
LISTENERS, LISTEN_S = 200, 20
NGINX = """
daemon off; pid nginx.pid; error_log stderr crit;
events {{}}
http {{
  access_log off; default_type audio/mpeg; sendfile on; keepalive_requests 1000000;
  client_body_temp_path .; proxy_temp_path .; fastcgi_temp_path .; uwsgi_temp_path .;
  scgi_temp_path .;
  server {{ listen 127.0.0.1:{port}; root .; }}
}}
"""


def main() -> None:
    """Prints the figures (a) to (d)."""
    with _service() as service:
        _ranges(service)
    with _service() as service:
        _join_and_edit(service)
    with _service(max_article_chars="210000") as service:
        _slow_listeners(service)


def _service(**settings: str) -> Service:
    return Service(Path(tempfile.mkdtemp(prefix="vorleser-bench-")), **settings)


def _ranges(service: Service) -> None:
    manifest = service.ready(article("bericht"))
    _until_idle(service)  # words are looked for when all is spoken
    content = service.client.get(manifest["audio"]).content
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "track.mp3").write_bytes(content)
        with _file_response(folder) as plain, _nginx(folder) as nginx:
            servers = {
                "ours": (service.client.base_url.port or 80, str(manifest["audio"])),
                "FileResponse": (plain, "/"),
            }
            if nginx:
                servers["nginx"] = (nginx, "/track.mp3")
            for size in (64 << 10, 1 << 20):
                _compare(servers, size, len(content))


def _compare(servers: dict[str, tuple[int, str]], size: int, whole: int) -> None:
    """One after the other in each round: what else the machine does meets them all."""
    rates: dict[str, list[float]] = {name: [] for name in servers}
    for _ in range(PAIRS):
        for name, (port, path) in servers.items():
            rates[name].append(_bytes_per_s(port, path, size, whole))
    ours, *others = rates.items()
    for name, theirs in others:
        ratios = [one / other for one, other in zip(ours[1], theirs, strict=True)]
        print(
            f"  (a) {size >> 10} kB ranges, best of {PAIRS}: ours {max(ours[1]) / 2**20:.0f} MB/s, "
            f"{name} {max(theirs) / 2**20:.0f} MB/s: {max(ours[1]) / max(theirs):.2f} of it; "
            f"in pairs at best {max(ratios):.2f}, median {statistics.median(ratios):.2f}"
        )


def _bytes_per_s(port: int, path: str, size: int, whole: int) -> float:
    """Over four connections that ask for one range after the other."""
    counts = [0] * CONNECTIONS
    stop = time.perf_counter() + ROUND_S

    def ask(slot: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            position = slot * size
            while time.perf_counter() < stop:
                position = (position + 7 * size) % (whole - size)
                _one_range(connection, path, position, size)
                counts[slot] += size

    threads = [threading.Thread(target=ask, args=(slot,)) for slot in range(CONNECTIONS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - started)


def _one_range(connection: socket.socket, path: str, position: int, size: int) -> None:
    connection.sendall(
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Range: bytes={position}-{position + size - 1}\r\n\r\n".encode()
    )
    content = b""
    while b"\r\n\r\n" not in content:
        content += _received(connection)
    head, _, body = content.partition(b"\r\n\r\n")
    assert b" 206 " in head, head
    missing = size - len(body)
    while missing > 0:
        missing -= len(_received(connection))


def _received(connection: socket.socket) -> bytes:
    part = connection.recv(1 << 17)
    assert part, "the server has hung up"
    return part


@contextlib.contextmanager
def _file_response(folder: str) -> Iterator[int]:
    port = _free_port()
    file = str(Path(folder, "track.mp3"))
    command = [sys.executable, "-m", "tests.bench._files", file, str(port)]
    with _running(command, port):
        yield port


@contextlib.contextmanager
def _nginx(folder: str) -> Iterator[int | None]:
    if not shutil.which("nginx"):
        print("  nginx is not installed, so not compared with: apt install nginx-light")
        yield None
        return
    port = _free_port()
    Path(folder).chmod(0o755)
    Path(folder, "nginx.conf").write_text(NGINX.format(port=port))
    with _running(["nginx", "-p", folder, "-c", "nginx.conf"], port):
        yield port


@contextlib.contextmanager
def _running(command: Sequence[str], port: int) -> Iterator[None]:
    server = subprocess.Popen(command)
    try:
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.wait()


def _until_idle(service: Service) -> None:
    busy = 1.0
    while busy > 0.05:
        before = _cpu_s(service.pid)
        time.sleep(1)
        busy = _cpu_s(service.pid) - before


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _join_and_edit(service: Service) -> None:
    paragraphs = _many_paragraphs()
    started = time.perf_counter()
    manifest = service.ready("\n\n".join(paragraphs))
    full_s = time.perf_counter() - started
    _join(service, manifest)
    edits = []
    for number in range(ROUNDS):
        paragraphs[250 + number] = f"Dieser Absatz ist der {number + 1}. geänderte."
        started = time.perf_counter()
        url = f"/api/articles/{manifest['id']}"
        found = service.client.patch(url, json={"text": "\n\n".join(paragraphs)}).json()
        while found["state"] != "ready":
            found = service.manifest(manifest["id"])
        edits.append(time.perf_counter() - started)
    edit_s = min(edits)
    print(
        f"  (c) {PARAGRAPHS} paragraphs in {full_s:.1f} s, one of them edited in {edit_s:.2f} s: "
        f"{full_s / edit_s:.0f} times cheaper"
    )


def _many_paragraphs() -> list[str]:
    """500 different ones of about 400 letters."""
    source = [one for one in article("bericht").split("\n\n") if len(one) > 150]
    return ["Ein Bericht in fünfhundert Absätzen"] + [
        f"Zum Punkt {number}: {source[number % len(source)]}" for number in range(1, PARAGRAPHS)
    ]


def _join(service: Service, manifest: dict[str, Any]) -> None:
    clips = [service.client.get(one["clip"]).content for one in manifest["paragraphs"]]
    segments = [_segment(clip) for clip in clips]
    started = time.perf_counter()
    joined = (SILENT_FRAME * 29).join(clips)
    ours_s = time.perf_counter() - started
    started = time.perf_counter()
    served = service.client.get(manifest["audio"]).content
    served_s = time.perf_counter() - started
    started = time.perf_counter()
    whole = AudioSegment.empty()
    for segment in segments:
        whole += segment
    with tempfile.NamedTemporaryFile(suffix=".mp3") as file:
        whole.export(file.name, format="mp3", bitrate="64k")
        theirs_s = time.perf_counter() - started
    print(
        f"  (b) {len(clips)} clips, {len(joined) / FRAME_BYTES * 0.024 / 60:.0f} min: pydub's + "
        f"and export {theirs_s:.1f} s, joined {ours_s * 1000:.1f} ms, {theirs_s / ours_s:.0f} "
        f"times; served over HTTP ({len(served) >> 20} MB) {served_s:.2f} s, "
        f"{theirs_s / served_s:.0f} times"
    )


def _segment(clip: bytes) -> AudioSegment:
    sound = decoded(clip)
    return AudioSegment(data=sound.pcm, sample_width=2, frame_rate=sound.sample_rate_hz, channels=1)


def _slow_listeners(service: Service) -> None:
    started = time.perf_counter()
    new = service.post(long_text())
    until_frames(service, new["audio"], FRAME_BYTES)
    first_s = time.perf_counter() - started
    while service.manifest(new["id"])["state"] != "ready":
        time.sleep(1)
    hours = service.manifest(new["id"])["duration"] / 3600
    before = _memory_mb(service.pid)
    during, after = asyncio.run(_listen(service, new["audio"]))
    cpu = _cpu_s(service.pid)
    time.sleep(3)
    print(
        f"  (d) {hours:.1f} h, first frame {first_s:.2f} s after the POST; memory of the service "
        f"with {LISTENERS} slow listeners: {before:.0f} MB before, at most {during:.0f} MB "
        f"meanwhile, {after:.0f} MB after they went; CPU in 3 s then: "
        f"{(_cpu_s(service.pid) - cpu) * 1000:.0f} ms"
    )


async def _listen(service: Service, path: str) -> tuple[float, float]:
    """The most memory of the service while they listen, and that when all have gone."""
    listeners = [asyncio.create_task(_slow(service.base, path)) for _ in range(LISTENERS)]
    most = 0.0
    for _ in range(LISTEN_S * 5):
        most = max(most, _memory_mb(service.pid))
        await asyncio.sleep(0.2)
    for listener in listeners:
        assert not listener.done(), listener
        listener.cancel()
    await asyncio.gather(*listeners, return_exceptions=True)
    await asyncio.sleep(2)
    return most, _memory_mb(service.pid)


async def _slow(base: str, path: str) -> None:
    """Takes 8 kB a second, as a player at its own pace does."""
    address = httpx.URL(base)
    reader, writer = await asyncio.open_connection(address.host, address.port, limit=1 << 13)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {address.host}\r\n\r\n".encode())
    try:
        for _ in range(10 * LISTEN_S):
            assert await reader.read(1 << 13)
            await asyncio.sleep(1)
    finally:
        writer.transport.abort()


def _memory_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


if __name__ == "__main__":
    main()
