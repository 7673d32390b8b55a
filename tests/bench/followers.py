"""What followers of one long article cost: the service's memory, and how late they are told.

    python -m tests.bench.followers [FOLLOWERS] [PARAGRAPHS]

They follow from the posting until the article is ready, over real sockets; then they leave. An
event's delay is counted from the first follower who has it to the last.
"""

from __future__ import annotations

import asyncio
import os
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

import httpx

from tests.integration import Service

_SENTENCE = "Das ist der Absatz Nummer {}, und er sagt nichts, was man nicht schon wüsste. "
_ID = re.compile(rb"^id: (\S+)$", re.MULTILINE)
_END = re.compile(rb'"state": ?"(ready|failed)", ?"ready"')


class _Told:
    """Who was told what when."""

    def __init__(self) -> None:
        self.times: dict[bytes, list[float]] = {}
        self.refused = self.ended = self.received = 0

    async def follow(self, port: int, path: str) -> None:
        """Follows until the article is settled, and waits then until it is told to go."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        rest = b""
        try:
            while content := await reader.read(1 << 16):
                now = time.perf_counter()
                self.received += len(content)
                lines, _, rest = (rest + content).rpartition(b"\n")
                for found in _ID.findall(lines + b"\n"):
                    self.times.setdefault(found, []).append(now)
                if content.startswith(b"HTTP/1.1 503"):
                    self.refused += 1
                    return
                if _END.search(lines):
                    self.ended += 1
                    await asyncio.Event().wait()
        finally:
            writer.close()


def main() -> None:
    """Prints memory before, during and after, and the delays."""
    followers, paragraphs = (int(given) for given in [*sys.argv[1:], "500", "400"][:2])
    text = "Der Titel\n\n" + "\n\n".join(_SENTENCE.format(n) * 3 for n in range(1, paragraphs))
    with tempfile.TemporaryDirectory() as folder, Service(Path(folder), workers="1") as service:
        asyncio.run(_measured(service, text, followers))


async def _measured(service: Service, text: str, followers: int) -> None:
    async with httpx.AsyncClient(base_url=service.base, timeout=60) as client:
        print(f"before          {_megabytes(service.pid):6.0f} MB")
        posted = (await client.post("/api/articles", json={"text": text})).json()
        told, began, spent = _Told(), time.perf_counter(), _cpu_s(service.pid)
        path, port = f"/api/articles/{posted['id']}/events", int(service.base.rpartition(":")[2])
        everyone = [asyncio.create_task(told.follow(port, path)) for _ in range(followers)]
        most = 0.0
        while told.ended + told.refused < followers and time.perf_counter() - began < 600:
            await asyncio.sleep(0.2)
            most = max(most, _megabytes(service.pid))
        print(f"most            {most:6.0f} MB")
        print(f"told of the end {told.ended:6} of {followers}, {told.refused} refused")
        print(f"took            {time.perf_counter() - began:6.1f} s")
        print(f"service's CPU   {_cpu_s(service.pid) - spent:6.1f} s")
        print(f"received        {told.received / 1e6:6.1f} MB")
        _print_delays(told)
        for one in everyone:
            one.cancel()
        await asyncio.gather(*everyone, return_exceptions=True)
        await asyncio.sleep(3)
        print(f"after           {_megabytes(service.pid):6.0f} MB")


def _print_delays(told: _Told) -> None:
    late = [max(times) - min(times) for times in told.times.values() if len(times) > 1]
    if late:
        print(f"delay           {statistics.median(late):6.2f} s in the middle")
        print(f"delay           {max(late):6.2f} s at most")


def _megabytes(pid: int) -> float:
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text("utf-8"))
    return int(found[1]) / 1024 if found else 0.0


def _cpu_s(pid: int) -> float:
    ticks = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
