"""What the service bears: kills, a locked database, half-open requests, changes at once, books.

python -m tests.bench.hardship           30 kills, 60 s of lock, 1,100 half-open requests
python -m tests.bench.hardship 3 12 200  less of each
python -m tests.bench.hardship books     a 500-page PDF and an EPUB of 600 kB alone
"""

from __future__ import annotations

import io
import random
import resource
import socket
import sqlite3
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.books import epub, nav, page
from tests.integration import Service
from tests.pdfs.prose import HARBOUR, MOOR
from tests.shared import postgres

TEXT = "Nummer {0}\n\n" + "\n\n".join(f"Absatz {n} von {{0}}. Er ist kurz." for n in range(6))
PARAGRAPHS = 7
DESCRIPTORS = 1024  # of the service, under half-open requests
MOST_S = 240.0


@dataclass
class Acknowledged:
    """What the service has said yes to: titles by article, and the one that was under way."""

    titles: dict[str, str] = field(default_factory=dict)
    under_way: dict[str, str] = field(default_factory=dict)
    edits: int = 0


def killed(folder: Path, *, rounds: int) -> dict[str, object]:
    """Kills it in mid-work with edits running; what it said yes to must be there afterwards."""
    chance, known, lost = random.Random(1), Acknowledged(), []
    with Service(folder) as service:
        for number in range(rounds):
            stop = threading.Event()
            writer = threading.Thread(target=_write, args=(service.base, number, known, stop))
            writer.start()
            _wait_for(known, edits=known.edits + chance.randint(1, 12))
            service.kill()
            stop.set()
            writer.join()
            service.start()
            lost += _lost(service, known)
        states = _settled(service, list(known.titles))
        lost += _lost(service, known)
    return {
        "kills": rounds,
        "articles": len(known.titles),
        "edits": known.edits,
        "lost": sorted(set(lost)),
        "states": states,
    }


def _wait_for(known: Acknowledged, *, edits: int) -> None:
    deadline = time.monotonic() + MOST_S
    while known.edits < edits:
        assert time.monotonic() < deadline
        time.sleep(0.005)


def _write(base: str, number: int, known: Acknowledged, stop: threading.Event) -> None:
    """Posts and edits until the service is gone."""
    with suppress(httpx.TransportError), httpx.Client(base_url=base, timeout=60) as client:
        for part in range(2):
            body = {"text": TEXT.format(f"{number} {part}")}
            made = client.post("/api/articles", json=body).raise_for_status().json()
            known.titles[made["id"]] = made["title"]
        while not stop.is_set():
            article_id = random.choice(list(known.titles))
            title = f"Titel {known.edits} in Runde {number}"
            known.under_way[article_id] = title
            url = f"/api/articles/{article_id}"
            client.patch(url, json={"title": title}).raise_for_status()
            known.titles[article_id] = title
            known.edits += 1


def _lost(service: Service, known: Acknowledged) -> list[str]:
    """Ids of articles that are gone, or whose title is not the last one that was said yes to."""
    lost = []
    for article_id, title in known.titles.items():
        found = service.client.get(f"/api/articles/{article_id}")
        kept = found.json().get("title")
        if kept not in {title, known.under_way.get(article_id)}:
            lost.append(f"{article_id}: {kept} instead of {title}")
        elif kept:
            known.titles[article_id] = kept
    return lost


def _settled(service: Service, ids: list[str]) -> dict[str, int]:
    """Waits until every article is ready or failed; how many are what."""
    deadline = time.monotonic() + MOST_S
    while True:
        states: dict[str, int] = {}
        for article_id in ids:
            state = service.manifest(article_id)["state"]
            states[state] = states.get(state, 0) + 1
        if set(states) <= {"ready", "failed"} or time.monotonic() > deadline:
            return states
        time.sleep(0.2)


def locked(folder: Path, *, seconds: float) -> dict[str, object]:
    """Locks its database while it speaks; nothing may fail, and all be ready afterwards."""
    with Service(folder) as service:
        ids = [service.post(TEXT.format(number))["id"] for number in range(8)]
        lock = sqlite3.connect(folder / "library.db", timeout=30, isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        before = _settled_count(service, ids)
        slowest, end = 0.0, time.monotonic() + seconds
        while time.monotonic() < end:
            began = time.monotonic()
            service.manifest(ids[0])
            slowest = max(slowest, time.monotonic() - began)
            time.sleep(0.5)
        lock.execute("ROLLBACK")
        lock.close()
        began = time.monotonic()
        states = _settled(service, ids)
    return {
        "locked_s": seconds,
        "settled_at_lock": before,
        "slowest_read_s": round(slowest, 2),
        "states": states,
        "done_after_s": round(time.monotonic() - began, 1),
    }


def _settled_count(service: Service, ids: list[str]) -> int:
    return sum(service.manifest(one)["state"] in {"ready", "failed"} for one in ids)


class Starved(Service):
    """With few descriptors, as where nobody has raised the limit."""

    before = ("prlimit", f"--nofile={DESCRIPTORS}:{DESCRIPTORS}", "--")


def half_open(
    folder: Path, *, count: int, articles: int = 20, until_closed: bool = True
) -> dict[str, object]:
    """Opens requests that never end; articles are posted and spoken meanwhile all the same.

    Readiness is asked for at the end: once all are closed, or while they are still open.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    with Starved(folder) as service, ExitStack() as stack:
        host, port = service.base.removeprefix("http://").split(":")
        opened = [_half(host, int(port), stack, number) for number in range(count)]
        began = time.monotonic()
        ids, refused = [], 0
        for number in range(articles):
            answer = service.client.post("/api/articles", json={"text": TEXT.format(number)})
            refused += answer.status_code == 503
            ids += [answer.json()["id"]] if answer.is_success else []
        posted_s = time.monotonic() - began
        states = _settled(service, ids)
        ready_s = time.monotonic() - began
        closed_s = _until_closed(opened) if until_closed else float("nan")
        ready = service.client.get("/readyz").status_code
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return {
        "half_open": count,
        "descriptors": DESCRIPTORS,
        "refused": refused,
        "posted_s": round(posted_s, 1),
        "states": states,
        "ready_s": round(ready_s, 1),
        "all_closed_after_s": round(closed_s, 1),
        "readyz": ready,
    }


def _half(host: str, port: int, stack: ExitStack, number: int) -> socket.socket:
    connection = stack.enter_context(socket.create_connection((host, port), timeout=30))
    head = f"POST /api/articles HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: 99\r\n"
    with suppress(OSError):
        connection.sendall((head + ("\r\n{" if number % 2 else "")).encode())
    return connection


def _until_closed(opened: list[socket.socket]) -> float:
    began = time.monotonic()
    for connection in opened:
        connection.settimeout(60)
        with suppress(ConnectionError):
            while connection.recv(4096):
                continue
    return time.monotonic() - began


def paired(folder: Path, *, rounds: int) -> dict[str, object]:
    """Changes one article from two processes on PostgreSQL at once: no change may be lost."""
    lost = []
    with ExitStack() as stack:
        url = stack.enter_context(postgres()).database()
        (folder / "audio").mkdir()
        shared = {"database_url": url, "audio_store": str(folder / "audio")}
        services = []
        for name in ("one", "other"):
            (folder / name).mkdir()
            services.append(stack.enter_context(Service(folder / name, **shared)))
        path = f"/api/articles/{services[0].post(TEXT.format(0))['id']}"
        for number in range(rounds):
            wanted: list[dict[str, Any]] = [
                {"title": f"Titel {number}"},
                {"rate": 1 + number % 5 / 10},
                {"collections": [f"runde-{number}"]},
            ]
            clients = [services[(number + part) % 2].client for part in range(3)]
            with ThreadPoolExecutor(3) as pool:
                changes = zip(clients, wanted, strict=True)
                sent = [pool.submit(one.patch, path, json=change) for one, change in changes]
            refused = [one.result().text for one in sent if not one.result().is_success]
            found = services[number % 2].client.get(path).json()
            lost += refused + [
                f"{change} in round {number}"
                for change in wanted
                if not change.items() <= found.items()
            ]
    return {"pairs": rounds, "version": found["version"], "lost": lost}


def read_books(folder: Path, *, pages: int = 500, chapters: int = 60) -> dict[str, object]:
    """Posts large honest documents; health is asked for meanwhile, as a container's is."""
    with Service(folder, max_article_chars="2000000") as service:
        service.ready("Aufwärmen.\n\nEin Satz.")
        idle = _slowest_health(service, until=lambda: False, seconds=3)
        return {
            "idle": idle,
            f"PDF of {pages} pages": _read(service, "bericht.pdf", long_pdf(pages)),
            f"EPUB of {chapters} chapters": _read(service, "moor.epub", long_epub(chapters)),
        }


def _read(service: Service, name: str, content: bytes) -> dict[str, object]:
    """How long its POST took, and how slow the health's answers were meanwhile."""
    with (
        httpx.Client(base_url=service.base, timeout=MOST_S) as client,
        ThreadPoolExecutor(1) as pool,
    ):
        began = time.monotonic()
        posting = pool.submit(client.post, "/api/articles", files={"file": (name, content)})
        health = _slowest_health(service, until=posting.done, seconds=MOST_S)
        posted_s = time.monotonic() - began
        posting.result().raise_for_status()
    return {"kB": len(content) >> 10, "posted_s": round(posted_s, 1)} | health


def _slowest_health(
    service: Service, *, until: Callable[[], bool], seconds: float
) -> dict[str, object]:
    """The slowest answer in seconds, and the one that 99 of 100 are quicker than."""
    took, end = [], time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        began = time.monotonic()
        service.client.get("/healthz").raise_for_status()
        took.append(time.monotonic() - began)
        time.sleep(0.02)
    took.sort()
    return {"slowest_s": round(took[-1], 3), "of_100_s": round(took[len(took) * 99 // 100], 3)}


def long_pdf(pages: int) -> bytes:
    """A report with a line to break and a number on each page."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for number in range(pages):
        lines = [f"Abschnitt {number + 1} vom 3. Mai 2024 kostet 12,5 Mio. Euro."]
        lines += [line for one in HARBOUR for line in textwrap.wrap(one, 80)]
        for row, line in enumerate(lines[:45]):
            canvas.drawString(72, 770 - 15 * row, line)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def long_epub(chapters: int) -> bytes:
    """A book with pictures of noise that nothing can pack, as covers are."""
    names = [f"k{number}.xhtml" for number in range(chapters)]
    text = "".join(f"<p>{one}</p>" for one in [*HARBOUR, *MOOR] * 3)
    pages = {name: page(f"<h1>Kapitel {name}</h1><p>Am {name}.</p>{text}") for name in names}
    entries = [f'<a href="{name}">Kapitel {name}</a>' for name in names]
    picture: dict[str, str | bytes] = {"OEBPS/bild.jpg": random.Random(1).randbytes(500_000)}
    return epub(pages, contents=nav(*entries), files=picture, title="Das lange Moorbuch")


def main(arguments: list[str]) -> None:
    if arguments == ["books"]:
        with tempfile.TemporaryDirectory() as folder:
            print(read_books(Path(folder)))
        return
    kills, lock_s, count = map(int, arguments or ["30", "60", "1100"])
    runs: list[Callable[[Path], dict[str, Any]]] = [
        lambda folder: killed(folder, rounds=kills),
        lambda folder: locked(folder, seconds=lock_s),
        lambda folder: half_open(folder, count=count),
        lambda folder: paired(folder, rounds=2 * kills),
        read_books,
    ]
    for run in runs:
        with tempfile.TemporaryDirectory() as folder:
            print(run(Path(folder)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
