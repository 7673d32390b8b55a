"""The service in a process of its own, as a user starts it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any, Self

import httpx

from tests.forking import ROOT, Forked, forked
from tests.ports import free_port

START_S = 120  # a busy machine takes its time, and a started one is seen at once


def let_take(data_dir: Path, seconds: float | None) -> None:
    """From now on the slow voice of a process takes so long; None: as long as it does."""
    file, new = data_dir / "takes", data_dir / "takes.new"
    if seconds is None:
        file.unlink(missing_ok=True)
    else:
        new.write_text(str(seconds))
        new.replace(file)


class ServiceProcess:
    """`python -m MODULE serve` on a free port; can be killed and started again.

    `before` is what the command line begins with, such as a program that limits it. Without, it is
    forked from a process that has loaded the program.
    """

    before: tuple[str, ...] = ()

    def __init__(self, module: str, data_dir: Path, **settings: str) -> None:
        self._module = module
        self._data_dir = data_dir
        self._settings = {f"VORLESER_{name.upper()}": value for name, value in settings.items()}
        self._port = free_port()
        self.base = f"http://127.0.0.1:{self._port}"
        self.client = httpx.Client(base_url=self.base, timeout=60)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.client.close()

    def start(self) -> None:
        environment = os.environ | self._settings | {"VORLESER_DATA_DIR": str(self._data_dir)}
        with (self._data_dir / "log.txt").open("ab") as log:
            self._process = self._started(environment, log)
        deadline = time.monotonic() + START_S
        while not self._answers():
            is_alive = self._process.poll() is None and time.monotonic() < deadline
            assert is_alive, (self._data_dir / "log.txt").read_text()
            time.sleep(0.05)

    def _started(
        self, environment: dict[str, str], log: IO[bytes]
    ) -> Forked | subprocess.Popen[bytes]:
        serve = (self._module, "serve", "--port", str(self._port))
        if self.before:
            command = [*self.before, sys.executable, "-m", *serve]
            return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        return forked(*serve, env=environment, log=log)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(15)

    def clear(self) -> None:
        """Empties the library; what waits to be spoken is dropped with it."""
        while found := self.client.get("/api/articles").raise_for_status().json()["articles"]:
            for one in found:
                self.client.delete(f"/api/articles/{one['id']}").raise_for_status()
        for one in self.client.get("/api/collections").raise_for_status().json()["collections"]:
            self.client.delete(f"/api/collections/{one['name']}").raise_for_status()

    def mend(self, *, mended: bool = True) -> None:
        """From now on the slow voice speaks what it refused before."""
        file = self._data_dir / "mended"
        file.touch() if mended else file.unlink(missing_ok=True)

    def take(self, seconds: float | None) -> None:
        """From now on the slow voice takes so long for a sentence; None: as long as it does."""
        let_take(self._data_dir, seconds)

    def post(self, text: str, **more: Any) -> dict[str, Any]:
        answer = self.client.post("/api/articles", json={"text": text, **more})
        answer.raise_for_status()
        return answer.json()

    def manifest(self, article_id: str) -> dict[str, Any]:
        return self.client.get(f"/api/articles/{article_id}").raise_for_status().json()

    def ready(self, text: str, **more: Any) -> dict[str, Any]:
        """The manifest of an article that is spoken to its end."""
        return self.settled(self.post(text, **more)["id"])

    def settled(self, article_id: str) -> dict[str, Any]:
        """The manifest of an article once nothing of it is left to be spoken."""
        while (found := self.manifest(article_id))["state"] not in {"ready", "failed"}:
            time.sleep(0.03)
        return found

    def _answers(self) -> bool:
        try:
            return self.client.get("/healthz").is_success
        except httpx.TransportError:
            return False
